"""What of the Curator's desk stands in the audit trail, in words."""

from core.api import Text

ACTIONS = {
    "catalog.publisher.registered": Text("ลงทะเบียนผู้เผยแพร่ปลั๊กอิน", "A publisher was registered"),
    "catalog.submission.submitted": Text("ส่งปลั๊กอินเข้าตรวจ", "A plugin was handed in"),
    "catalog.submission.checked": Text("ทดสอบปลั๊กอินตามเกณฑ์", "A submission was tried"),
    "catalog.submission.moved": Text("ดำเนินการปลั๊กอินที่ส่ง", "A submission was carried on"),
}
