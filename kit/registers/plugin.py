"""The room as a plugin: its templates are there for all whose registers are taken over."""

from core.api import Manifest, Text

MANIFEST = Manifest(
    name="registers",
    title=Text("นำเข้าทะเบียนจากไฟล์", "Registers from files"),
    summary=Text(
        "ตรวจไฟล์ทะเบียนเดิมทีละแถว บอกจุดที่ต้องแก้ แล้วนำเข้าครั้งเดียว",
        "Checks an earlier register row by row, says what to correct, takes it over once.",
    ),
    fixed=True,
)
