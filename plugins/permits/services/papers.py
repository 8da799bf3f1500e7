"""The documents of a request, each only where the answers need it, with the reason.

Papers that an agency of the state has issued are looked up by the office (Digital Government
Act B.E. 2562, s. 11). The list is that of form ข.1, and of what offices ask for beside it.
"""

from core.api import Text
from kit.casework import Document
from kit.forms import When
from kit.law import Limits, bare
from plugins.permits.services.owner import BY_AGENT, FOR_COMPANY
from plugins.permits.services.professionals import (
    BY_ENGINEER,
    BY_LICENSED,
    UNDER_LICENSED,
    UNDER_OTHERS,
)

# A set of drawings; what is larger comes in several files.
_DRAWINGS_MB, _DRAWINGS_MOST = 100, 20


_PROVINCIAL = Text("กรมการปกครอง", "Department of Provincial Administration")
_LOOKED_UP: tuple[Document, ...] = (
    Document(
        "id-card",
        Text("บัตรประจำตัวประชาชน", "National ID card"),
        issuer=_PROVINCIAL,
        originals=0,
        way="looked_up",
    ),
    Document(
        "house-registration",
        Text("ทะเบียนบ้าน", "House registration"),
        issuer=_PROVINCIAL,
        originals=0,
        way="looked_up",
    ),
    Document(
        "deed",
        Text("โฉนดหรือเอกสารสิทธิในที่ดิน", "Title deed of the land"),
        issuer=Text("กรมที่ดิน", "Department of Lands"),
        originals=0,
        way="looked_up",
    ),
)
_CONSENTS: tuple[Document, ...] = (
    Document(
        "power-of-attorney",
        Text("หนังสือมอบอำนาจ", "Power of attorney"),
        when=BY_AGENT,
        note=Text("เพราะท่านยื่นแทนเจ้าของอาคาร", "Because you file for the owner."),
    ),
    Document(
        "company-signatory",
        Text("หลักฐานผู้มีอำนาจลงนามของนิติบุคคล", "Proof of who signs for the company"),
        when=FOR_COMPANY,
        note=Text("เพราะเจ้าของเป็นนิติบุคคล", "Because the owner is a company."),
    ),
    Document(
        "land-consent",
        Text("หนังสือยินยอมของเจ้าของที่ดิน", "Consent of who owns the land"),
        when=When("land_owner", ("shared", "consents")),
        note=Text("เพราะที่ดินเป็นของผู้อื่นหรือมีเจ้าของร่วม", "Because the land has another owner too."),
    ),
    Document(
        "neighbour-consent",
        Text("หนังสือยินยอมของเจ้าของที่ดินข้างเคียง", "Consent of the neighbour"),
        when=When("neighbour", ("consent",)),
        note=Text("เพราะมีผนังชิดเขตที่ดินหรือใช้ร่วมกัน", "Because a wall stands on the boundary."),
    ),
)


def about_owner(limits: Limits) -> tuple[Document, ...]:
    """Return the documents about who asks, and whose land it is."""
    months = bare(limits["company.certificate_months"].number)
    return (
        *_LOOKED_UP,
        Document(
            "company-certificate",
            Text("หนังสือรับรองนิติบุคคล", "Certificate of the company"),
            issuer=Text("กรมพัฒนาธุรกิจการค้า", "Department of Business Development"),
            when=FOR_COMPANY,
            note=Text(
                f"เพราะเจ้าของเป็นนิติบุคคล ออกไว้ไม่เกิน {months} เดือน",
                f"Because the owner is a company. Not older than {months} months.",
            ),
        ),
        *_CONSENTS,
    )


# Where the building stands is for each site; a standard plan says all the rest.
SITE_PLAN = Document(
    "site-plan",
    Text("แผนผังบริเวณ", "Site plan"),
    originals=0,
    note=Text(
        "แสดงเขตที่ดิน ถนน ตัวอาคาร และระยะทั้งสี่ด้าน วาดด้วยมือแล้วถ่ายรูปได้",
        "Boundaries, road, building and all four distances; a photo of a sketch will do.",
    ),
)


def drawings(own: When | None) -> Document:
    """Return the set of drawings.

    :param own: where own drawings are used; None: always.
    """
    return Document(
        "drawings",
        Text("แบบแปลนและรายการประกอบแบบ", "Drawings and specification"),
        when=own,
        originals=0,
        most=_DRAWINGS_MOST,
        megabytes=_DRAWINGS_MB,
        note=Text("ไฟล์ PDF หรือภาพ แบ่งเป็นหลายไฟล์ได้", "PDF or pictures, also in several files."),
    )


BY_DESIGNER: tuple[Document, ...] = (
    Document(
        "calculations",
        Text("รายการคำนวณ", "Calculations"),
        when=BY_ENGINEER,
        megabytes=_DRAWINGS_MB,
        note=Text("เพราะมีวิศวกรเป็นผู้คำนวณ", "Because an engineer has calculated it."),
    ),
    Document(
        "designer-consent",
        Text("หนังสือรับรองของผู้ออกแบบและสำเนาใบอนุญาต", "Letter and licence of the designer"),
        when=BY_LICENSED,
        note=Text("เพราะผู้ออกแบบเป็นผู้มีใบอนุญาต", "Because the designer holds a licence."),
    ),
    Document(
        "supervisor-consent",
        Text("หนังสือยินยอมของผู้ควบคุมงาน", "Consent of the supervisor"),
        when=UNDER_OTHERS,
        note=Text("เพราะผู้ควบคุมงานไม่ใช่เจ้าของอาคาร", "Because it is not the owner."),
    ),
    Document(
        "supervisor-licence",
        Text("สำเนาใบอนุญาตของผู้ควบคุมงาน", "Licence of the supervisor"),
        when=UNDER_LICENSED,
        note=Text("เพราะผู้ควบคุมงานเป็นผู้มีใบอนุญาต", "Because the supervisor holds a licence."),
    ),
)

# A notification has all of these in any case.
OF_PROFESSIONALS: tuple[Document, ...] = (
    Document(
        "calculations",
        Text("รายการคำนวณ", "Calculations"),
        megabytes=_DRAWINGS_MB,
        note=Text("วิศวกรลงนาม", "Signed by the engineer."),
    ),
    Document(
        "designer-consent",
        Text("หนังสือรับรองของผู้ออกแบบและสำเนาใบอนุญาต", "Letters and licences of the designers"),
        note=Text("ทั้งสถาปนิกและวิศวกร", "Of both architect and engineer."),
    ),
    Document(
        "supervisor-consent",
        Text("หนังสือยินยอมของผู้ควบคุมงานและสำเนาใบอนุญาต", "Consents and licences of supervisors"),
        note=Text("ทั้งสถาปนิกและวิศวกร", "Of both architect and engineer."),
    ),
)
