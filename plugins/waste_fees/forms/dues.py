"""What is asked about reminders and letters."""

from collections.abc import Sequence

from core.api import Text
from kit.forms import Choice, Number, Option, Sheet, ungrouped
from plugins.waste_fees.rules.dues import Dues

HOME = "/desk/waste/demands"
_BACK = (HOME, Text("เตือนและทวงถาม", "Reminders and letters"))
_DAYS = Text("วัน", "days")


_REMIND = (
    ("remind_before", Text("เตือนก่อนวันครบกำหนด", "Remind before the due day")),
    ("remind_after", Text("เตือนหลังวันครบกำหนด", "Remind after the due day")),
)
_LETTER = (
    ("letter_after", Text("ออกหนังสือทวงถามเมื่อค้างเกิน", "A letter when overdue for")),
    ("letter_again", Text("ไม่ออกหนังสือถึงผู้เดิมซ้ำภายใน", "No other letter to the same within")),
    ("pay_within", Text("ให้ชำระภายใน นับจากวันออกหนังสือ", "To be paid within, from the letter")),
)
_NONE = Text("ใส่ 0 ถ้าไม่เตือน", "0 for no reminder.")


def dues_sheet() -> Sheet:
    """Return the form for the office's days."""
    return Sheet(
        title=Text("ตั้งวันเตือนและทวงถาม", "Days of reminders and letters"),
        back=_BACK,
        groups=ungrouped(
            *(Number(name, label, unit=_DAYS, most=60, help=_NONE) for name, label in _REMIND),
            *(Number(name, label, unit=_DAYS, least=1, most=999) for name, label in _LETTER),
        ),
        button=Text("บันทึก", "Save"),
        intro=Text(
            "กฎหมายไม่ได้กำหนดจำนวนวันเหล่านี้สำหรับค่าขยะ ค่าเริ่มต้นยังไม่ได้ตรวจกับระเบียบของหน่วยงาน",
            "No act sets these days for waste fees. The figures to begin with are unverified.",
        ),
    )


def dues_of(values: dict[str, int]) -> Dues:
    """Return the days that were typed."""
    return Dues(**values)


def count_sheet(zones: Sequence[str]) -> Sheet:
    """Return the form that counts whom letters would go to."""
    numbered = [Option(f"z{at}", Text(zone, zone)) for at, zone in enumerate(zones)]
    everywhere = Option("all", Text("ทุกโซน", "All zones"))
    only = (Choice("zone", Text("โซน", "Zone"), options=(everywhere, *numbered)),)
    return Sheet(
        title=Text("ออกหนังสือทวงถามชุดใหม่", "A new set of letters"),
        back=_BACK,
        groups=ungrouped(*only) if zones else (),
        button=Text("นับและตรวจก่อน", "Count and look first"),
        intro=Text(
            "ขั้นนี้ยังไม่ออกหนังสือ ระบบนับผู้ค้างชำระเกินกำหนดที่ตั้งไว้ให้ดูก่อน",
            "No letter is made yet: you first see who is in arrears for the set time.",
        ),
    )
