"""What the three services tell and promise alike: fees, appeal, conditions, time.

Law: Building Control Act B.E. 2522, s. 13 bis (3) (the warning), 25, 27, 29, 35, 38 and 52.
"""

from core.api import Text
from kit.casework import Appeal, Correction, Fee
from kit.law import Limits
from kit.thai import Days, baht

# How long offices keep the file of a building is unverified.
KEEP_YEARS = 10

_FEE = Text(
    "ใบอนุญาตก่อสร้าง {build} ดัดแปลง {alter} รื้อถอน {demolish} บาท "
    "ค่าตรวจแบบ {rate} ถึง {highest} บาทต่อ ตร.ม. คำนวณให้ก่อนยื่น",
    "Permit to build {build}, alter {alter}, demolish {demolish} baht; checking drawings {rate} to "
    "{highest} baht a m². Reckoned before you file.",
)
_CHECK_ALONE = Text(
    "ค่าตรวจแบบ {rate} ถึง {highest} บาทต่อ ตร.ม. ไม่มีค่าใบอนุญาต คำนวณให้ก่อนยื่น",
    "Checking drawings {rate} to {highest} baht a m², nothing for a permit. Reckoned before you "
    "file.",
)
_OTHER_LAWS = Text(
    "ใบอนุญาตนี้ไม่ใช่การอนุญาตตามกฎหมายอื่น ผู้ได้รับใบอนุญาตต้องขออนุญาตตามกฎหมายอื่นที่เกี่ยวข้องด้วย",
    "This is no permit under other laws: those that apply to the building are needed beside it.",
)
_SUPERVISOR = Text(
    "ก่อนเริ่มงาน แจ้งชื่อผู้ควบคุมงาน วันเริ่มและวันสิ้นสุดเป็นหนังสือ พร้อมหนังสือยินยอมของผู้ควบคุมงาน",
    "Before work begins: tell in writing who supervises, the first and the last day, with consent.",
)
_ON_SITE = Text(
    "เก็บใบอนุญาต แผนผังบริเวณ และแบบแปลนไว้ที่สถานที่ก่อสร้าง 1 ชุด",
    "Keep the permit, the site plan and the drawings on the site, one set.",
)
_RENEW = Text(
    "ถ้างานไม่เสร็จ ยื่นขอต่ออายุก่อนใบอนุญาตหมดอายุ",
    "If the work is not done, ask for renewal before the permit expires.",
)
CONDITIONS = (_OTHER_LAWS, _SUPERVISOR, _ON_SITE, _RENEW)


def conditions_of_notice(limits: Limits) -> tuple[Text, ...]:
    """Return what the receipt of a notification tells."""
    start, objection = limits["notify.start_days"], limits["notify.objection_days"]
    return (
        _OTHER_LAWS,
        Text(
            f"เริ่มงานภายใน {start.whole} วันนับแต่ได้รับใบรับแจ้ง มิฉะนั้นใบรับแจ้งสิ้นผล",
            f"Begin within {start.whole} days of the receipt, or it lapses.",
        ),
        Text(
            f"ภายใน {objection.whole} วัน เจ้าพนักงานท้องถิ่นอาจทักท้วงและสั่งให้แก้ไข",
            f"Within {objection.whole} days the local official may object and order corrections.",
        ),
        _ON_SITE,
    )


def fee(limits: Limits, *, notified: bool = False) -> Fee:
    """Return what the guide says of the fees; each request has its own."""
    codes = {"rate": "check.low", "highest": "check.high"}
    flat = {one: one for one in ("build", "alter", "demolish")}
    amounts = {name: baht(limits[f"fee.{code}"].whole) for name, code in (flat | codes).items()}
    return Fee(note=(_CHECK_ALONE if notified else _FEE).format(**amounts))


def appeal(limits: Limits) -> Appeal:
    """Return what an order tells of the way to challenge it."""
    entry = limits["appeal.days"]
    return Appeal(
        to=Text(
            "คณะกรรมการพิจารณาอุทธรณ์ โดยยื่นเป็นหนังสือต่อเจ้าพนักงานท้องถิ่น",
            "the appeal committee, in writing through the local official",
        ),
        days=entry.whole,
        since=Text("วันที่ทราบคำสั่ง", "the day on which you know of the order"),
        law=entry.law,
    )


def within(limits: Limits) -> Days:
    """Return within what the Act has a permit decided."""
    return Days(limits["permit.days"].whole)


def extensions(limits: Limits) -> tuple[Days, ...]:
    """Return by what the Act lets that time be extended, each by a letter before its end."""
    return (Days(limits["permit.extension_days"].whole),) * limits["permit.extensions"].whole


def correction(limits: Limits) -> Correction:
    """Return that changes can be ordered, after which another time runs."""
    entry = limits["correction.days"]
    return Correction(entry.law, Days(entry.whole))
