"""What was done with food premises, as the audit trail says it."""

from core.api import Text

ACTIONS = {
    "food_cert.bands.set": Text("ตั้งอัตราค่าธรรมเนียมรายปี", "Set yearly fees"),
    "food_cert.bands.withdrawn": Text("ถอนอัตราค่าธรรมเนียมรายปี", "Withdrew yearly fees"),
    "food_cert.complaint.linked": Text("ผูกเรื่องร้องเรียนกับร้าน", "Linked a complaint to its place"),
    "food_cert.fee_days.set": Text("ตั้งวันเตือนค่าธรรมเนียม", "Set the days of reminders"),
    "food_cert.fees.billed": Text("ออกใบแจ้งค่าธรรมเนียมรายปี", "Billed yearly fees"),
    "food_cert.fees.closed": Text("ปรับค่าธรรมเนียมตามการเลิกกิจการ", "Ended fees of a closing"),
    "food_cert.fees.reminded": Text("ส่งข้อความเตือนค่าธรรมเนียม", "Reminded of fees"),
    "food_cert.fees.surcharged": Text("คิดค่าปรับเพิ่ม", "Charged surcharges"),
    "food_cert.handler.added": Text("เพิ่มผู้สัมผัสอาหาร", "Added a food handler"),
    "food_cert.handler.left": Text("บันทึกว่าผู้สัมผัสอาหารออกแล้ว", "Noted that a food handler left"),
    "food_cert.handler.read": Text("เปิดดูรายชื่อผู้สัมผัสอาหาร", "Looked at the food handlers of a place"),
    "food_cert.handler.reminded": Text("เตือนบัตรผ่านการอบรม", "Reminded owners of training cards"),
    "food_cert.handler.renewed": Text("บันทึกบัตรผ่านการอบรมใหม่", "Entered a new training card"),
    "food_cert.inspection.read": Text("ดูบันทึกการตรวจสุขลักษณะ", "Opened an inspection"),
    "food_cert.order.complied": Text("ปิดคำสั่งที่ปฏิบัติตามแล้ว", "Closed an order that was obeyed"),
    "food_cert.order.issued": Text("ออกคำสั่ง", "Issued an order"),
    "food_cert.order.served": Text("บันทึกการส่งคำสั่ง", "Noted how an order was served"),
    "food_cert.order.withdrawn": Text("ยกเลิกคำสั่ง", "Withdrew an order"),
    "food_cert.place.entered": Text("ลงทะเบียนสถานที่อาหาร", "Entered a place"),
    "food_cert.place.inspected": Text("บันทึกการตรวจสุขลักษณะ", "Recorded an inspection"),
    "food_cert.place.ordered": Text("สั่งให้ปรับปรุงแก้ไข", "Ordered a place to be put right"),
    "food_cert.place.resumed": Text("สถานที่กลับมาเปิดได้", "A place may be run again"),
    "food_cert.place.revoked": Text("เพิกถอนใบอนุญาตสถานที่อาหาร", "Revoked the licence of a place"),
    "food_cert.place.settled": Text("ปิดคำสั่งเกี่ยวกับสถานที่", "Closed an order about a place"),
    "food_cert.place.stopped": Text("สั่งให้หยุดดำเนินกิจการ", "Ordered a place to stop"),
    "food_cert.place.suspended": Text("พักใช้ใบอนุญาตสถานที่อาหาร", "Suspended the licence of a place"),
    "food_cert.waiver.added": Text("ยกเว้นหรือลดค่าธรรมเนียม", "Waived fees"),
    "food_cert.waiver.withdrawn": Text("ถอนการยกเว้นค่าธรรมเนียม", "Withdrew a waiver"),
}
