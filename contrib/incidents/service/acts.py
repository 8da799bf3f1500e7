"""What of incidents stands in the audit trail, in words."""

from core.api import Text

ACTIONS = {
    "incidents.asset.entered": Text("เพิ่มทรัพย์สิน", "An asset was entered"),
    "incidents.asset.changed": Text("แก้ทรัพย์สิน", "An asset was changed"),
    "incidents.register.imported": Text("นำเข้าทะเบียนทรัพย์สิน", "A register of assets was taken over"),
    "incidents.report.sent": Text("แจ้งเหตุ", "An incident was reported"),
    "incidents.report.joined": Text("แจ้งเพิ่มในเรื่องเดิม", "Somebody joined a report"),
    "incidents.report.moved": Text("ดำเนินการเรื่องแจ้งเหตุ", "A report was carried on"),
    "incidents.report.merged": Text("รวมเรื่องแจ้งเหตุ", "Reports were merged"),
    "incidents.report.rated": Text("ประชาชนให้คะแนน", "A citizen rated the work"),
    "incidents.reporters.read": Text("เปิดดูผู้แจ้งเหตุ", "Who reported an incident was read"),
    "incidents.reporters.forgotten": Text("ลบชื่อผู้แจ้งเหตุ", "Names of reporters were removed"),
    "incidents.key.given": Text("ออกคีย์ Open311", "An Open311 key was given out"),
    "incidents.key.withdrawn": Text("ถอนคีย์ Open311", "An Open311 key was withdrawn"),
}
