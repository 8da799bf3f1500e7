"""What was done with letters, as the audit trail says it."""

from core.api import Text

ACTIONS = {
    "eoffice.correspondent.kept": Text("แก้สมุดที่อยู่หน่วยงาน", "Changed the address book"),
    "eoffice.dispatch.answered": Text("ปลายทางตอบเรื่องหนังสือ", "The other side answered"),
    "eoffice.dispatch.repeated": Text("สั่งส่งหนังสืออีกครั้ง", "Had a letter sent again"),
    "eoffice.dispatch.sent": Text("ส่งหนังสือออก", "Sent a letter or a note"),
    "eoffice.letter.arrived": Text("รับหนังสือเข้าระบบ", "Took a letter in"),
    "eoffice.letter.closed": Text("ปิดเรื่อง", "Closed a letter"),
    "eoffice.letter.endorsed": Text("เกษียนหนังสือ", "Wrote on a letter"),
    "eoffice.letter.refused": Text("ไม่รับหนังสือ", "Did not take a letter"),
    "eoffice.letter.registered": Text("ลงทะเบียนรับหนังสือ", "Registered a letter"),
    "eoffice.number.reserved": Text("จองเลขทะเบียน", "Reserved numbers"),
    "eoffice.number.voided": Text("ยกเลิกเลขที่จอง", "Made a number void"),
    "eoffice.reader.added": Text("ให้สิทธิอ่านเอกสารลับ", "Put people on the list of a secret letter"),
    "eoffice.secret.read": Text("เปิดอ่านเอกสารลับ", "Opened a secret letter"),
}
