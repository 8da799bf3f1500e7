"""What was done about a disaster, as the audit trail says it."""

from core.api import Text

ACTIONS = {
    "disaster.event.opened": Text("เปิดเหตุการณ์สาธารณภัย", "Opened a disaster"),
    "disaster.event.closed": Text("ปิดเหตุการณ์สาธารณภัย", "Closed a disaster"),
    "disaster.event.declared": Text(
        "ออกประกาศเขตพื้นที่ประสบสาธารณภัย", "Declared the area of a disaster"
    ),
    "disaster.zone.drawn": Text("กำหนดพื้นที่ของเหตุการณ์", "Set a zone of a disaster"),
    "disaster.zone.measured": Text("แก้ระดับน้ำของพื้นที่", "Told the depth in a zone"),
    "disaster.household.entered": Text("เพิ่มครัวเรือน", "Entered a household"),
    "disaster.household.changed": Text("แก้ข้อมูลครัวเรือน", "Changed a household"),
    "disaster.household.read": Text("เปิดดูครัวเรือน", "Looked at a household"),
    "disaster.households.imported": Text("นำเข้าครัวเรือนจากไฟล์", "Took over households from a file"),
}
