"""The room as a plugin: its templates and its script are there in every municipality."""

from core.api import Manifest, Text

MANIFEST = Manifest(
    name="forms",
    title=Text("แบบฟอร์ม", "Forms"),
    summary=Text(
        "ช่องกรอก การตรวจคำตอบ และข้อความบอกจุดที่ต้องแก้",
        "Fields, the checking of answers, and the sentences on what to correct.",
    ),
    fixed=True,
)
