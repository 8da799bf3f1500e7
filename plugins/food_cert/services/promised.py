"""What the services of the plugin promise alike: appeal, conditions, how long files are kept."""

from core.api import Text
from kit.casework import Appeal, Fee
from kit.law import Limits

# How long offices keep the file of a place is unverified.
KEEP_YEARS = 10

BY_BANDS = Fee(
    note=Text(
        "รายปี ตามขนาดพื้นที่ในข้อกำหนดของท้องถิ่น", "Yearly, by the area, as the local ordinance says"
    )
)
FREE = Fee()
_SHOWN = Text(
    "แสดงเอกสารนี้ไว้โดยเปิดเผย ณ สถานที่ประกอบกิจการตลอดเวลา",
    "Show this paper openly at the place at all times.",
)
_RULES = Text(
    "ปฏิบัติตามข้อกำหนดของท้องถิ่นและกฎกระทรวงสุขลักษณะของสถานที่จำหน่ายอาหาร พ.ศ. 2561",
    "Keep to the local ordinance and the Ministerial Regulation on Hygiene of B.E. 2561.",
)
_TRAINED = Text(
    "ผู้ประกอบกิจการและผู้สัมผัสอาหารต้องผ่านการอบรม",
    "Who runs it and who handles food must have passed the training.",
)
_YEARLY = Text(
    "ชำระค่าธรรมเนียมรายปีภายในกำหนด ถ้าเลิกหรือโอนกิจการให้แจ้งหน่วยงาน",
    "Pay the yearly fee in time, and tell the office when it is closed or goes to somebody else.",
)
CONDITIONS = (_SHOWN, _RULES, _TRAINED, _YEARLY)


def appeal(limits: Limits) -> Appeal:
    """Return what an order tells of the way to challenge it."""
    entry = limits["appeal.days"]
    return Appeal(
        to=Text(
            "คณะกรรมการพิจารณาอุทธรณ์ตามกฎหมายว่าด้วยการสาธารณสุข",
            "the appeal committee under the public health law",
        ),
        days=entry.whole,
        since=Text("วันที่ทราบคำสั่ง", "the day on which you know of the order"),
        law=entry.law,
    )
