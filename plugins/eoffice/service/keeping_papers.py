"""Papers of what is kept: lists that are handed over, the register of storage, what is destroyed.

Columns and forms: Regulation on Correspondence B.E. 2526, forms 19 to 22 and 25; numbers of forms
are figures that the office can set.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, InvalidInput, Text
from kit.documents import Acting, Signer, join_pdfs, print_at_once, stamp
from kit.thai import full_moment, long_day, short_day
from plugins.eoffice.rules.books import Column, Hand, Listing, LoanCard
from plugins.eoffice.rules.disposing import ARCHIVE, KEEP, OUTCOMES, OWN, Kind
from plugins.eoffice.service.disposals import get_disposal, items_of
from plugins.eoffice.service.kept import limits_today
from plugins.eoffice.service.lending import get_loan
from plugins.eoffice.service.storing import get_handover, stored_span

MOST_LINES = 3_000  # of one printing
_AT_ONCE = 250  # lines of one sheet
_BLANK = "." * 40
_SPAN = Text(
    f"กรอกเลขเริ่มและเลขสุดท้าย ครั้งละไม่เกิน {MOST_LINES:,} เลข",
    f"Give the first and last number, at most {MOST_LINES:,} at a time.",
)
_SERIAL = Column(head="ลำดับที่", width=1.6)
_NUMBER, _DATED = Column(head="ที่", width=4.1), Column(head="ลงวันที่", width=2.8)
_SUBJECT, _REMARK = Column(head="เรื่อง"), Column(head="หมายเหตุ", width=3.6)
_FILE = Column(head="รหัสแฟ้ม", width=2.4, middle=True)
_RECEIVED = Column(head="เลขทะเบียนรับ", width=2.6, middle=True)
_ON_PAPER_ONLY = "ทำลายเฉพาะต้นฉบับกระดาษ ไฟล์อิเล็กทรอนิกส์ ทะเบียน และการเกษียนหนังสือยังเก็บไว้ครบถ้วน"


async def _print(ctx: Context, listing: Listing) -> bytes:
    """Print a list in parts, of which the last one is signed."""
    lines = range(0, max(len(listing.rows), 1), _AT_ONCE)
    parts = [listing.rows[at : at + _AT_ONCE] for at in lines]
    last = len(parts) - 1
    made = [
        await print_at_once(
            ctx,
            "eoffice/listing.typ",
            msgspec.structs.replace(listing, rows=rows, **({} if at == last else _UNSIGNED)),
        )
        for at, rows in enumerate(parts)
    ]
    return join_pdfs(made) if last else made[0]


_UNSIGNED: Mapping[str, Any] = {"notes": (), "hands": ()}


async def _listing(
    ctx: Context, figure: str, title: str, span: str, columns: Sequence[Column], **more: Any
) -> Listing:
    return Listing(
        **stamp(ctx, number="", verify=None),
        title=title,
        form=(await limits_today(ctx))[figure].value,
        span=span,
        columns=columns,
        **{"keeper": "", **more},
    )


def _short(day: date | str | None) -> str:
    if isinstance(day, str):
        day = date.fromisoformat(day)
    return short_day(day, "th") if day else ""


def _hand(role: str, name: str, post: str) -> Hand:
    return Hand(role=role, signer=Signer(name=name or _BLANK, post=post))


async def print_handover(ctx: Context, handover: UUID) -> bytes:
    """Return the list by which documents go to storage."""
    row = await get_handover(ctx, handover)
    unit = ctx.tenant.units.get(row["unit"])
    kept = Column(head="อายุการเก็บหนังสือ", width=3.8, middle=True)
    lines = [
        (
            str(at),
            one["number"],
            _short(one["dated_on"]),
            one["subject"],
            one["stamp"]["th"],
            "" if one["paper"] else "ไม่มีต้นฉบับกระดาษ",
        )
        for at, one in enumerate(row["lines"], start=1)
    ]
    listing = await _listing(
        ctx,
        "form.handover",
        "บัญชีหนังสือส่งเก็บ",
        f"วันที่ {long_day(row['made_on'], 'th')}",
        (_SERIAL, _NUMBER, _DATED, _SUBJECT, kept, _REMARK),
        keeper=unit.name.th if unit else "",
        rows=lines,
        hands=[
            _hand("ผู้มอบ", row["made_by_name"], row["made_by_post"]),
            _hand("ผู้รับมอบ", row["taken_by_name"], row["taken_by_post"]),
        ],
    )
    return await _print(ctx, listing)


async def print_stored(ctx: Context, year: int, *, first: int, last: int) -> bytes:
    """Return the register of storage from one number to another.

    :raises InvalidInput: the span is none, or too long, or holds nothing.
    """
    if not 1 <= first <= last or last - first >= MOST_LINES:
        raise InvalidInput({"first": _SPAN})
    rows = await stored_span(ctx, year, first, last)
    if not rows:
        raise InvalidInput({"first": _SPAN})
    listing = await _listing(
        ctx,
        "form.stored",
        "ทะเบียนหนังสือเก็บ",
        f"พ.ศ. {year}",
        (
            _SERIAL,
            Column(head="วันเก็บ", width=2.8),
            _RECEIVED,
            _NUMBER,
            _SUBJECT,
            _FILE,
            Column(head="กำหนดเวลาเก็บ", width=3.4, middle=True),
            _REMARK,
        ),
        rows=[_stored(row) for row in rows],
    )
    return await _print(ctx, listing)


def _stored(row: Mapping[str, Any]) -> tuple[str, ...]:
    gone = {"destroyed": "ทำลายต้นฉบับแล้ว", "archived": "ส่งหอจดหมายเหตุแล้ว"}
    return (
        str(row["number"]),
        _short(row["stored_on"]),
        row["received"] or "",
        row["letter_number"],
        row["subject"],
        row["file_code"],
        row["stamp"].th,
        gone.get(row["stage"], row["place"]),
    )


async def print_disposal(
    ctx: Context, disposal: UUID, *, first: int = 1, own: bool = False
) -> bytes:
    """Return a list of documents that are destroyed, or handed to the archives.

    :param first: from which place on, at most ``MOST_LINES``.
    :param own: of a list for the archives those that the office keeps itself.
    """
    row = await get_disposal(ctx, disposal)
    items = await items_of(ctx, disposal, after=first - 1, most=MOST_LINES)
    if row["kind"] == Kind.ARCHIVES:
        return await _print(ctx, await _archives(ctx, row, items, own=own))
    columns = (
        _SERIAL,
        _FILE,
        _NUMBER,
        _DATED,
        _RECEIVED,
        _SUBJECT,
        Column(head="การพิจารณา", width=3.4, middle=True),
        _REMARK,
    )
    lines = [
        (*(line := _line(one))[:-1], _decided(one), line[-1] or _outcome(one)) for one in items
    ]
    dissents = [
        f"ความเห็นแย้งของ{one['name']}"
        + (f" ({one['about']})" if one["about"] else "")
        + f": {one['text']}"
        for one in row["dissents"]
    ]
    title = f"บัญชีหนังสือขอทำลาย ประจำปี {row['year']}"
    listing = await _listing(
        ctx,
        "form.destroy",
        title,
        f"วันที่ {long_day(row['drawn_on'], 'th')}",
        columns,
        rows=lines,
        notes=[*dissents, _ON_PAPER_ONLY],
        hands=[*_committee(row["committee"]), *_approval(row)],
    )
    return await _print(ctx, listing)


def _line(one: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        str(one["turn"]),
        one["file_code"],
        one["number"],
        _short(one["dated_on"]),
        one["received"] or "",
        one["subject"],
        one["why"],
    )


def _decided(one: Mapping[str, Any]) -> str:
    if one["decision"] == KEEP:
        return f"ขยายเวลาเก็บถึง พ.ศ. {one['until']}"
    # The regulation has a cross for what is destroyed.
    words = {"destroy": "X", "forever": "เก็บไว้ตลอดไป", "archives": "ส่งหอจดหมายเหตุแห่งชาติ"}
    return words.get(one["decision"], "")


def _outcome(one: Mapping[str, Any]) -> str:
    return OUTCOMES[one["outcome"]].th if one["outcome"] else ""


def _committee(members: Sequence[Mapping[str, Any]]) -> Iterable[Hand]:
    for at, one in enumerate(members):
        yield _hand("กรรมการ" if at else "ประธานกรรมการ", one["name"], one["post"])


def _approval(row: Mapping[str, Any]) -> Iterable[Hand]:
    seat = row["approval"]
    if seat is None:
        return
    acting = seat["acting"]
    signer = Signer(
        name=seat["name"],
        post=seat["post"],
        acting=Acting(how=acting["how"], post=acting["post"], order=acting["order"])
        if acting
        else None,
        signed=full_moment(row["approved_at"], "th"),
    )
    yield Hand(role="ผู้อนุมัติ", signer=signer)


async def _archives(
    ctx: Context, row: Mapping[str, Any], items: Sequence[Any], *, own: bool
) -> Listing:
    years = (await limits_today(ctx))["archives.years"].whole
    words = f"บัญชีหนังสือครบ {years} ปีที่ขอเก็บเอง" if own else f"บัญชีส่งมอบหนังสือครบ {years} ปี"
    return await _listing(
        ctx,
        "form.own" if own else "form.archives",
        f"{words} ประจำปี {row['year']}",
        f"วันที่ {long_day(row['drawn_on'], 'th')}",
        (_SERIAL, _FILE, _NUMBER, _DATED, _RECEIVED, _SUBJECT, _REMARK),
        rows=[_line(one) for one in items if one["decision"] == (OWN if own else ARCHIVE)],
        hands=[_hand("ผู้มอบ", "", ""), _hand("ผู้รับมอบ", "", "")],
    )


async def print_loan(ctx: Context, loan: UUID) -> bytes:
    """Return the card of a loan."""
    row = await get_loan(ctx, loan)
    card = LoanCard(
        **stamp(ctx, number="", verify=None),
        title="บัตรยืมหนังสือ",
        form=(await limits_today(ctx))["form.loan"].value,
        subject=row["subject"],
        letter_number=row["number"],
        file_code=row["file_code"] or "",
        borrower=" ".join(filter(None, (row["name"], row["post"], row["agency"]))),
        purpose=row["purpose"],
        lent=_long(row["lent_on"]),
        due=_long(row["due_on"]),
        returned=_long(row["returned_on"]),
        taker=Signer(name=row["name"], post=row["post"]),
        bringer=Signer(name=row["returned_by"] or _BLANK),
    )
    return await print_at_once(ctx, "eoffice/loan.typ", card)


def _long(day: date | None) -> str:
    return long_day(day, "th") if day else ""
