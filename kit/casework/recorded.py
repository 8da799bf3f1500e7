"""What casework writes into the audit trail, in words."""

from collections.abc import Mapping

from core.api import Text

ACTIONS: Mapping[str, Text] = {
    "casework.applicant.read": Text("เปิดดูข้อมูลผู้ยื่น", "Opened the applicant's data"),
    "casework.attachment.read": Text("เปิดดูเอกสารแนบ", "Opened an attachment"),
    "casework.case.accepted": Text("รับคำขอที่ครบถ้วน", "Accepted a complete request"),
    "casework.case.approved": Text("อนุมัติ", "Approved a case"),
    "casework.case.assigned": Text("มอบหมายเรื่อง", "Assigned a case"),
    "casework.case.cancelled": Text("ยกเลิกเรื่อง", "Cancelled a case"),
    "casework.case.correction_ordered": Text(
        "สั่งให้แก้ไขก่อนอนุญาต", "Ordered changes before a decision"
    ),
    "casework.case.extended": Text("ขยายเวลาพิจารณา", "Extended the time of a case"),
    "casework.case.filed": Text("ยื่นเรื่อง", "Filed a case"),
    "casework.case.forwarded": Text("เสนอเรื่องต่อ", "Forwarded a case"),
    "casework.case.issued": Text("ออกเอกสารเมื่อชำระแล้ว", "Issued what was paid for"),
    "casework.case.judged": Text("วินิจฉัยข้อที่ระบบให้ตรวจ", "Judged what the rules doubt"),
    "casework.case.lapsed": Text("จำหน่ายเรื่องที่ไม่แก้ไขในกำหนด", "Let an uncorrected case lapse"),
    "casework.case.paused": Text("หยุดนับเวลา", "Paused the clock of a case"),
    "casework.case.rated": Text("ให้คะแนนบริการ", "Rated the service"),
    "casework.case.read": Text("เปิดดูเรื่อง", "Opened a case"),
    "casework.case.refused": Text("ไม่อนุมัติ", "Refused a case"),
    "casework.case.resubmitted": Text("ส่งคำขอที่แก้ไขแล้ว", "Sent a corrected request"),
    "casework.case.resumed": Text("นับเวลาต่อ", "Resumed the clock of a case"),
    "casework.case.returned": Text("ส่งคืนให้แก้ไข", "Returned a request for correction"),
    "casework.case.sent_back": Text("ส่งเรื่องกลับขั้นก่อน", "Sent a case back a step"),
    "casework.case.taken_up": Text("เริ่มตรวจคำขอ", "Began to check a request"),
    "casework.grant.done": Text("แก้ทะเบียนตามคำขอ", "Carried out a request in the register"),
    "casework.grant.dropped": Text("ปิดคำขอโดยไม่แก้ทะเบียน", "Left the register as it was"),
    "casework.late_letter.sent": Text("แจ้งเหตุล่าช้า", "Sent a letter about lateness"),
    "casework.national_id.read": Text(
        "เปิดดูเลขประจำตัวประชาชนของผู้ยื่น", "Opened the applicant's citizen's number"
    ),
    "casework.paper.revoked": Text("เพิกถอนเอกสาร", "Revoked a paper"),
    "casework.remark.answered": Text("ตอบคำถาม", "Answered a question"),
    "casework.remark.asked": Text("ถามผู้ยื่น", "Asked the applicant"),
    "casework.remark.noted": Text("บันทึกภายใน", "Wrote an internal note"),
    "casework.remark.received": Text("ผู้ยื่นถาม", "The applicant asked"),
}
