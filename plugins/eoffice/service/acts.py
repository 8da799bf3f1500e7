"""What was done with letters, as the audit trail says it."""

from core.api import Text

ACTIONS = {
    "eoffice.channel.kept": Text("ตั้งค่าช่องทางส่งและรับหนังสือ", "Set up a channel for letters"),
    "eoffice.correspondent.kept": Text("แก้สมุดที่อยู่หน่วยงาน", "Changed the address book"),
    "eoffice.dispatch.answered": Text("ปลายทางตอบเรื่องหนังสือ", "The other side answered"),
    "eoffice.dispatch.repeated": Text("สั่งส่งหนังสืออีกครั้ง", "Had a letter sent again"),
    "eoffice.dispatch.sent": Text("ส่งหนังสือออก", "Sent a letter or a note"),
    "eoffice.dispatch.told": Text("แจ้งผู้รับเรื่องหนังสือที่ส่งไป", "Told a receiver of a letter sent"),
    "eoffice.certificate.kept": Text("เก็บใบรับรองสำหรับลงนาม", "Kept a certificate"),
    "eoffice.code.set": Text("ตั้งรหัสหนังสือ", "Set a letter code"),
    "eoffice.draft.enclosed": Text("แนบไฟล์กับร่าง", "Enclosed a file with a draft"),
    "eoffice.draft.uncovered": Text("เอาไฟล์ออกจากร่าง", "Took a file from a draft"),
    "eoffice.draft.begun": Text("ร่างหนังสือ", "Began a document"),
    "eoffice.draft.changed": Text("แก้ร่างหนังสือ", "Changed a draft"),
    "eoffice.draft.dropped": Text("ยกเลิกร่าง", "Dropped a draft"),
    "eoffice.garuda.set": Text("เปลี่ยนรูปตราครุฑ", "Changed the picture of the garuda"),
    "eoffice.letter.sent": Text("สั่งส่งหนังสือ", "Had a letter sent"),
    "eoffice.letter.signed": Text("ลงนามและออกเลขหนังสือ", "Signed a document"),
    "eoffice.letter.arrived": Text("รับหนังสือเข้าระบบ", "Took a letter in"),
    "eoffice.letter.doubted": Text("ผู้ส่งแจ้งว่าเลขรับไม่ถูกต้อง", "Its sender doubts a receive number"),
    "eoffice.letter.withdrawn": Text("ผู้ส่งขอถอนหนังสือ", "Its sender withdrew a letter"),
    "eoffice.number.told": Text("แจ้งเลขรับอีกครั้ง", "Told a receive number again"),
    "eoffice.letter.closed": Text("ปิดเรื่อง", "Closed a letter"),
    "eoffice.letter.endorsed": Text("เกษียนหนังสือ", "Wrote on a letter"),
    "eoffice.letter.refused": Text("ไม่รับหนังสือ", "Did not take a letter"),
    "eoffice.letter.registered": Text("ลงทะเบียนรับหนังสือ", "Registered a letter"),
    "eoffice.number.reserved": Text("จองเลขทะเบียน", "Reserved numbers"),
    "eoffice.number.voided": Text("ยกเลิกเลขที่จอง", "Made a number void"),
    "eoffice.reader.added": Text("ให้สิทธิอ่านเอกสารลับ", "Put people on the list of a secret letter"),
    "eoffice.reader.struck": Text(
        "ถอนสิทธิอ่านเอกสารลับเพราะดึงคืน", "Took people off the list of a secret letter called back"
    ),
    "eoffice.register.printed": Text("พิมพ์ทะเบียน", "Printed a register"),
    "eoffice.secret.read": Text("เปิดอ่านเอกสารลับ", "Opened a secret letter"),
    "eoffice.task.reminded": Text("เตือนหนังสือครบกำหนด", "Reminded of letters that are due"),
}
