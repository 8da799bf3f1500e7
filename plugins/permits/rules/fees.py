"""What a permit costs, line by line with its reckoning, in whole satang.

Half a unit or more counts as a whole one and less is dropped (schedule of the Building Control
Act B.E. 2522). A fence is a building only where it stands next to a public place (s. 4), so a
fence elsewhere costs nothing.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from core.api import Text
from kit.casework import FeeLine, Finding, Verdict, found, judged, missing
from kit.law import Entry, Limits, bare
from kit.thai import baht
from plugins.permits.rules.asked import Asked

# Codes of the kinds of revenue: the sheet of paper, and what was measured to check it.
PERMIT, CHECK = "permits.permit", "permits.check"
_ONE = Decimal(1)

_TITLES = {
    "build": Text("ใบอนุญาตก่อสร้าง", "Permit to build"),
    "alter": Text("ใบอนุญาตดัดแปลง", "Permit to alter"),
    "demolish": Text("ใบอนุญาตรื้อถอน", "Permit to demolish"),
    "move": Text("ใบอนุญาตเคลื่อนย้าย", "Permit to move"),
    "change_use": Text("ใบอนุญาตเปลี่ยนการใช้", "Permit to change the use"),
    "certificate": Text("ใบรับรอง", "Certificate"),
    "replacement": Text("ใบแทนใบอนุญาต", "Replacement of a permit"),
    "renew.build": Text("ต่ออายุใบอนุญาตก่อสร้าง", "Renewal of a permit to build"),
    "renew.alter": Text("ต่ออายุใบอนุญาตดัดแปลง", "Renewal of a permit to alter"),
    "renew.demolish": Text("ต่ออายุใบอนุญาตรื้อถอน", "Renewal of a permit to demolish"),
    "renew.move": Text("ต่ออายุใบอนุญาตเคลื่อนย้าย", "Renewal of a permit to move"),
}
_FLAT = Text("ฉบับละ {rate} บาท", "{rate} baht each")
_CHECK = Text("ตรวจแบบแปลน", "Check of the drawings")
_PARKING = Text("ตรวจแบบที่จอดรถและทางวิ่ง", "Check of parking and driveways")
_FENCE = Text("ตรวจแบบรั้วติดที่สาธารณะ", "Check of the fence next to a public place")
_EACH = Text("{units} {unit} × {rate} บาท", "{units} {unit} × {rate} baht")
_ROUNDED = Text(
    "{units} {unit} × {rate} บาท ({given} {unit} คิดเป็น {units})",
    "{units} {unit} × {rate} baht ({given} {unit} counts as {units})",
)
_SQUARE = Text("ตร.ม.", "m²")
_METRE = Text("ม.", "m")
_TITLE = Text("ค่าธรรมเนียม", "Fees")
_RIGHT = Text("ค่าธรรมเนียมรวม {total} บาท", "The fees come to {total} baht.")
_NOTHING = Text("ไม่มีค่าธรรมเนียม", "There is no fee.")
_OVER = Text(
    "อัตราที่ตั้งไว้เกินเพดานตามบัญชีท้ายพระราชบัญญัติ: {list}",
    "Rates that were set are over the ceiling of the Act: {list}.",
)
_FACTS = Text(
    "งาน จำนวนชั้น ความสูง พื้นที่ หรือรั้ว",
    "the work, the storeys, the height, the area or the fence",
)


def whole_units(given: Decimal) -> int:
    """Return square metres or metres as the schedule counts them."""
    return int(given.quantize(_ONE, rounding=ROUND_HALF_UP))


def flat_fee(what: str, limits: Limits) -> FeeLine:
    """Return the fee of a paper; its amount is 0 where the office takes none.

    :param what: ``build``, ``alter``, ``demolish``, ``move``, ``change_use``, ``certificate``,
        ``replacement``, or ``renew.`` before one of the first four.
    """
    entry = limits[f"fee.{what}"]
    return FeeLine(
        code=what.replace(".", "-").replace("_", "-"),
        title=_TITLES[what],
        amount=entry.whole,
        revenue=PERMIT,
        basis=_FLAT.format(rate=baht(entry.whole)),
    )


def flat_finding(what: str, limits: Limits) -> Finding:
    """Return whether the fee of a paper is within its ceiling; ``what`` as in :func:`flat_fee`."""
    entry = limits[f"fee.{what}"]
    if _is_over(entry, limits):
        said = _OVER.format(list=f"{entry.code} {baht(entry.whole)}")
        return found("fees", _TITLE, Verdict.FAIL, said, limits[f"ceiling.{what}"])
    return judged("fees", _TITLE, True, _RIGHT.format(total=baht(entry.whole)), entry)


def check_rate(asked: Asked, limits: Limits) -> tuple[Entry, list[Entry]] | None:
    """Return the rate of checking drawings, and the entries that put it into its class.

    The higher of storeys and height decides. None where they are not known.
    """
    if asked.storeys is None or asked.height is None:
        return None
    if asked.load:
        return limits["fee.check.high"], [limits["fee.load"]]
    bounds: list[Entry] = []
    for level in ("low", "middle"):
        storeys, height = (limits[f"fee.check.{level}.{one}"] for one in ("storeys", "height"))
        bounds += [storeys, height]
        if asked.storeys <= storeys.number and asked.height <= height.number:
            return limits[f"fee.check.{level}"], bounds
    return limits["fee.check.high"], bounds


def fee_lines(asked: Asked, limits: Limits) -> list[FeeLine]:
    """Return what a request costs; nothing while a fact that decides it is not known."""
    return [] if _used(asked, limits) is None else list(_lines(asked, limits))


def _lines(asked: Asked, limits: Limits) -> Iterator[FeeLine]:
    if asked.work is None:
        return
    # For a notification the check of the drawings alone is paid (s. 39 bis).
    paper = flat_fee(asked.work, limits)
    if paper.amount and not asked.notified:
        yield paper
    rate = check_rate(asked, limits)
    if not asked.builds or rate is None or asked.area is None:
        return
    lines = (
        _measured("check", _CHECK, asked.area, _SQUARE, rate[0]),
        _measured("parking", _PARKING, asked.parking, _SQUARE, limits["fee.parking"]),
        _measured("fence", _FENCE, asked.fence, _METRE, limits["fee.length"]),
    )
    yield from (line for line in lines if line is not None)


def _measured(
    code: str, title: Text, given: Decimal | None, unit: Text, rate: Entry
) -> FeeLine | None:
    units = whole_units(given) if given is not None else 0
    if given is None or not units or not rate.whole:
        return None
    words = _EACH if given == units else _ROUNDED
    basis = words.format(units=f"{units:,}", unit=unit, rate=baht(rate.whole), given=bare(given))
    amount = units * rate.whole
    return FeeLine(code=code, title=title, amount=amount, revenue=CHECK, basis=basis)


def _used(asked: Asked, limits: Limits) -> list[Entry] | None:
    """Return the entries that decide what it costs; None while that cannot be said."""
    if asked.work not in ("build", "alter", "demolish"):
        return None
    used = [] if asked.notified else [limits[f"fee.{asked.work}"]]
    if not asked.builds:
        return used
    rate = check_rate(asked, limits)
    if rate is None or asked.area is None or asked.fence is None:
        return None
    used += [rate[0], *rate[1]]
    used += [limits["fee.parking"]] if asked.parking else []
    return used + ([limits["fee.length"], limits["fence.public"]] if asked.fence else [])


def fees(asked: Asked, limits: Limits) -> Finding:
    """Return whether the fees are reckoned by rates that were read, and within the ceilings."""
    used = _used(asked, limits)
    if used is None:
        return missing("fees", _TITLE, _FACTS, limits["fee.build"])
    if not used:
        return found("fees", _TITLE, Verdict.PASS, _NOTHING, limits["notify.people"])
    over = [one for one in used if _is_over(one, limits)]
    if over:
        listed = ", ".join(f"{one.code} {baht(one.whole)}" for one in over)
        by = limits[over[0].code.replace("fee.", "ceiling.", 1)]
        return found("fees", _TITLE, Verdict.FAIL, _OVER.format(list=listed), by)
    total = sum(line.amount for line in fee_lines(asked, limits))
    # The law of the line that is reckoned, not of the fee for the sheet of paper alone.
    by = next((one for one in used if not one.verified), used[0])
    return judged("fees", _TITLE, True, _RIGHT.format(total=baht(total)), by)


def _is_over(entry: Entry, limits: Limits) -> bool:
    ceiling = limits.get(entry.code.replace("fee.", "ceiling.", 1))
    return ceiling is not None and ceiling is not entry and entry.number > ceiling.number
