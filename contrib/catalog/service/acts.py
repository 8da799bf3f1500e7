"""What of the Curator's desk stands in the audit trail, in words."""

from core.api import Text

ACTIONS = {
    "catalog.plugin.handed_over": Text(
        "โอนปลั๊กอินให้ผู้เผยแพร่รายอื่น", "A plugin went to another publisher"
    ),
    "catalog.publisher.registered": Text("ลงทะเบียนผู้เผยแพร่ปลั๊กอิน", "A publisher was registered"),
    "catalog.submission.submitted": Text("ส่งปลั๊กอินเข้าตรวจ", "A plugin was handed in"),
    "catalog.submission.checked": Text("ทดสอบปลั๊กอินตามเกณฑ์", "A submission was tried"),
    "catalog.document.signed": Text("รับเอกสารของคลังที่ลงลายมือชื่อแล้ว", "A signed document came back"),
    "catalog.document.renewed": Text(
        "เสนอต่ออายุเอกสารของคลัง", "A document was proposed for another term"
    ),
    "catalog.submission.answered": Text("ตอบรายการตรวจปลั๊กอิน", "A checklist was answered"),
    "catalog.submission.moved": Text("ดำเนินการปลั๊กอินที่ส่ง", "A submission was carried on"),
}
