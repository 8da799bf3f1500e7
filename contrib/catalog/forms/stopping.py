"""Why a version is stopped, as everybody reads it."""

from core.api import Text
from kit.forms import Groups, Line, ungrouped

REASON: Groups = ungrouped(
    Line(
        "reason_th",
        Text("เหตุผล (ไทย)", "Reason (Thai)"),
        longest=450,
        help=Text(
            "บอกว่าเกิดอะไรได้ และหน่วยงานต้องทำอะไร เช่น ข้อมูลผู้ยืมรั่ว ให้เปลี่ยนไปใช้รุ่น 0.2.0",
            "Say what can happen and what offices do, such as: it leaks names, update to 0.2.0.",
        ),
    ),
    Line("reason_en", Text("เหตุผล (อังกฤษ)", "Reason (English)"), longest=450),
)
