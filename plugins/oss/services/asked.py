"""What several services ask for in the same words: the spot, a photo, papers of the state.

Papers that an agency of the state has issued are not asked for: the office looks them up
(Digital Government Act B.E. 2562, s. 11). Acts are cited as offices commonly cite them; a
section that was not read in its text is called unverified where it is used.
"""

from core.api import Text
from kit.casework import Document
from kit.forms import AnyField, Line, Pin, When

# Lists what local governments do for their people; the section is unverified.
DUTIES = "พ.ร.บ.กำหนดแผนและขั้นตอนการกระจายอำนาจให้แก่ อปท. พ.ศ. 2542 มาตรา 16"
FACILITATION = "พ.ร.บ.การอำนวยความสะดวกในการพิจารณาอนุญาตของทางราชการ พ.ศ. 2558"
DIGITAL = "พ.ร.บ.การบริหารงานและการให้บริการภาครัฐผ่านระบบดิจิทัล พ.ศ. 2562 มาตรา 11"
INFORMATION = "พ.ร.บ.ข้อมูลข่าวสารของราชการ พ.ศ. 2540"
PUBLIC_HEALTH = "พ.ร.บ.การสาธารณสุข พ.ศ. 2535"

BY_ORDINANCE = Text(
    "ตามอัตราในข้อบัญญัติของท้องถิ่น ชำระเมื่อรับบริการ", "By the local ordinance, paid on the spot"
)

_PROVINCIAL = Text("กรมการปกครอง", "Department of Provincial Administration")

ID_CARD = Document(
    "id-card",
    Text("บัตรประจำตัวประชาชน", "National ID card"),
    issuer=_PROVINCIAL,
    originals=0,
    way="looked_up",
)
HOUSE_REGISTRATION = Document(
    "house-registration",
    Text("ทะเบียนบ้าน", "House registration"),
    issuer=_PROVINCIAL,
    originals=0,
    way="looked_up",
)
DEED = Document(
    "deed",
    Text("โฉนดหรือเอกสารสิทธิในที่ดิน", "Title deed of the land"),
    issuer=Text("กรมที่ดิน", "Department of Lands"),
    originals=0,
    way="looked_up",
)
PHOTO = Document(
    "photo",
    Text("รูปถ่าย", "Photos"),
    required=False,
    originals=0,
    note=Text("ให้เห็นจุดที่แจ้งและบริเวณรอบ", "Of the spot and what is around it"),
)


def spot(step: Text, *, help: Text | None = None, required: bool = True) -> tuple[AnyField, ...]:
    """Return the two questions about a place out of doors; words alone are enough.

    :param step: heading of the page.
    :param help: an example of the words.
    """
    return (
        Line(
            "spot",
            Text("จุดที่อยู่ หรือจุดสังเกต", "Where it is, or a landmark"),
            help=help or Text("เช่น ปากซอย 4 หน้าบ้านเลขที่ 12", "e.g. mouth of Soi 4, before no. 12"),
            longest=200,
            required=required,
            step=step,
        ),
        Pin("pin", Text("ตำแหน่งบนแผนที่", "Place on the map"), required=False, step=step),
    )


def power_of_attorney(when: When) -> Document:
    """Return the paper of who files for another.

    :param when: the answer that says so.
    """
    return Document(
        "power-of-attorney",
        Text("หนังสือมอบอำนาจ", "Power of attorney"),
        when=when,
        note=Text("ติดอากรแสตมป์ 10 บาท", "With a duty stamp of 10 baht"),
    )
