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
    "disaster.request.asked": Text("รับคำขอความช่วยเหลือ", "Took a request for help"),
    "disaster.request.assigned": Text("มอบคำขอให้ทีม", "Gave a request to a team"),
    "disaster.request.read": Text("เปิดดูคำขอความช่วยเหลือ", "Looked at a request for help"),
    "disaster.request.told": Text("บันทึกผลการช่วยเหลือ", "Noted what came of a request"),
    "disaster.request.weighed": Text("กำหนดคะแนนของคำขอ", "Set the points of a request"),
    "disaster.requests.forgotten": Text("ลบข้อมูลติดต่อของคำขอเก่า", "Removed contacts of old requests"),
    "disaster.shelter.opened": Text("เปิดศูนย์พักพิง", "Opened a shelter"),
    "disaster.shelter.closed": Text("ปิดศูนย์พักพิง", "Closed a shelter"),
    "disaster.stay.begun": Text("รับผู้พักพิง", "Took people into a shelter"),
    "disaster.stay.ended": Text("ผู้พักพิงออกจากศูนย์", "People left a shelter"),
    "disaster.stays.read": Text("เปิดดูรายชื่อผู้พักพิง", "Looked at who is in a shelter"),
    "disaster.stock.received": Text("รับสิ่งของเข้าศูนย์", "Took things into a shelter"),
    "disaster.stock.counted": Text("ปรับยอดตามการตรวจนับ", "Set a stock right by a count"),
    "disaster.stock.given": Text("แจกจ่ายสิ่งของ", "Handed things out"),
    "disaster.claim.filed": Text("รับคำขอเงินช่วยเหลือ", "Took a claim for aid"),
    "disaster.claim.read": Text("เปิดดูคำขอเงินช่วยเหลือ", "Looked at a claim for aid"),
    "disaster.claim.valued": Text("ประเมินความเสียหาย", "Valued the damage of a claim"),
    "disaster.claim.refused": Text("ไม่อนุมัติคำขอเงินช่วยเหลือ", "Refused a claim for aid"),
    "disaster.claim.withdrawn": Text("ถอนคำขอเงินช่วยเหลือ", "A claim for aid was withdrawn"),
    "disaster.claim.mended": Text("แก้บัญชีรับเงิน", "Mended the account of a claim"),
    "disaster.claim.certified": Text("ออกหนังสือรับรองผู้ประสบภัย", "Certified a victim"),
    "disaster.claims.resolved": Text("บันทึกมติคณะกรรมการ", "Entered a resolution"),
    "disaster.batch.made": Text("ทำชุดจ่ายเงินช่วยเหลือ", "Made a batch of payments"),
    "disaster.batch.read": Text("เปิดไฟล์ชุดจ่าย", "Took the file of a batch"),
    "disaster.batch.settled": Text("รับผลการโอนจากธนาคาร", "Took what the bank did"),
    "disaster.team.formed": Text("ตั้งทีมช่วยเหลือ", "Formed a team"),
    "disaster.households.imported": Text("นำเข้าครัวเรือนจากไฟล์", "Took over households from a file"),
}
