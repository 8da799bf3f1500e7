"""A place that goes to somebody else, who tells the office and gets the paper in their name.

Law: Public Health Act B.E. 2535, s. 51 (of a certificate; that a licence may be transferred is the
ordinance's to say, unverified).
"""

from core.api import Text
from kit.casework import Applying, Document, Service
from kit.forms import AddressField, AnyField, Choice, Day, JuristicID, Line, Option, Phone, When
from kit.law import Limits
from plugins.food_cert.rules.after import TRANSFER
from plugins.food_cert.rules.book import LATEST
from plugins.food_cert.services import after
from plugins.food_cert.services.promised import CONDITIONS, FREE, KEEP_YEARS, appeal

_NEW = Text("ผู้รับโอน", "Who takes it over")
_COMPANY = When("new_is", ("company",))
_FORM: tuple[AnyField, ...] = (
    Choice(
        "ground",
        Text("โอนเพราะเหตุใด", "Why"),
        options=(
            Option("consent", Text("ผู้ประกอบกิจการเดิมโอนให้", "Who ran it gives it away")),
            Option("heir", Text("ผู้ประกอบกิจการเดิมเสียชีวิต", "Who ran it has died")),
        ),
        step=after.PAPER,
    ),
    Day("taken_on", Text("รับโอนเมื่อวันที่", "Taken over on"), latest_days=0, step=_NEW),
    Choice(
        "new_is",
        Text("ผู้รับโอนเป็น", "It is taken over by"),
        options=(
            Option("person", Text("บุคคล", "A person")),
            Option("company", Text("นิติบุคคล", "A company")),
        ),
        step=_NEW,
    ),
    Line(
        "new_holder",
        Text("ชื่อผู้รับโอน", "Name"),
        help=Text("พร้อมคำนำหน้า หรือชื่อนิติบุคคลเต็ม", "With the title; of a company the whole name."),
        longest=160,
        personal=True,
        step=_NEW,
    ),
    JuristicID(
        "new_company_id",
        Text("เลขทะเบียนนิติบุคคล", "Number of registration"),
        when=_COMPANY,
        step=_NEW,
    ),
    Phone("new_phone", Text("เบอร์โทรของผู้รับโอน", "Telephone"), step=_NEW),
    AddressField("new_address", Text("ที่อยู่", "Address"), step=_NEW),
)
_DOCUMENTS = (
    Document(
        "transfer",
        Text("หนังสือโอนกิจการ ลงชื่อทั้งสองฝ่าย", "Paper of the transfer, signed by both"),
        when=When("ground", ("consent",)),
    ),
    Document(
        "heir",
        Text("หลักฐานการเป็นทายาทหรือผู้จัดการมรดก", "Proof of being heir or administrator"),
        when=When("ground", ("heir",)),
    ),
    Document(
        "signing-authority",
        Text("หลักฐานผู้มีอำนาจลงนามแทนนิติบุคคล", "Proof of who signs for the company"),
        when=_COMPANY,
    ),
)


def transfer(limits: Limits = LATEST) -> Service:
    """Return the declaration for an office."""
    return Service(
        code=TRANSFER,
        title=Text("แจ้งโอนกิจการสถานที่อาหาร", "Transfer of a food place"),
        summary=Text(
            "ขาย ยกให้ หรือรับมรดก ผู้รับโอนได้เอกสารในชื่อของตน",
            "Sold, given away or inherited: the paper is issued in the new name.",
        ),
        topic="shops",
        words=("โอนร้าน", "เซ้งร้าน", "เปลี่ยนเจ้าของ", "transfer"),
        law=(limits["closing.notice"].law,),
        unit="health",
        applying=Applying.IDENTIFIED,
        form=(*after.WHICH, *_FORM),
        subject="paper",
        documents=_DOCUMENTS,
        steps=after.decided(limits),
        within=after.within(limits),
        fee=FREE,
        paper="food_cert/certificate.typ",
        paper_title=Text("เอกสารสถานที่อาหาร (เปลี่ยนผู้ประกอบกิจการ)", "Paper of a food place, new name"),
        appeal=appeal(limits),
        conditions=CONDITIONS,
        keep_years=KEEP_YEARS,
    )
