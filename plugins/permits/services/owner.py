"""Who asks for a permit: the owner of the building, somebody whom he sends, or a company.

Law: form of Ministerial Regulation no. 10 (B.E. 2528) under the Building Control Act.
"""

from core.api import Text
from kit.forms import AddressField, AnyField, Choice, Day, JuristicID, Line, Option, ThaiID, When

_AS = Text("ผู้ขออนุญาต", "Who asks")
_OWNER = Text("เจ้าของอาคาร", "The owner")
BY_AGENT = When("filed_as", ("agent", "company_agent"))
FOR_COMPANY = When("filed_as", ("company", "company_agent"))
_FOR_PERSON = When("filed_as", ("agent",))

OWNER: tuple[AnyField, ...] = (
    Choice(
        "filed_as",
        Text("ท่านยื่นในฐานะ", "You file as"),
        options=(
            Option("owner", Text("เจ้าของอาคาร ยื่นเอง", "The owner of the building")),
            Option(
                "agent",
                Text("ตัวแทนของเจ้าของอาคารที่เป็นบุคคล", "Agent of an owner who is a person"),
                Text("แนบหนังสือมอบอำนาจ", "A power of attorney is attached"),
            ),
            Option(
                "company",
                Text("ผู้มีอำนาจลงนามของนิติบุคคล", "Who signs for a company that owns it"),
                Text("แนบหนังสือรับรองนิติบุคคล", "A certificate of the company is attached"),
            ),
            Option(
                "company_agent",
                Text("ตัวแทนที่นิติบุคคลมอบอำนาจ", "Agent of a company that owns it"),
                Text(
                    "แนบหนังสือมอบอำนาจและหนังสือรับรองนิติบุคคล",
                    "A power of attorney and a certificate of the company are attached",
                ),
            ),
        ),
        help=Text("เจ้าของอาคารคือผู้ที่จะมีชื่อในใบอนุญาต", "The owner is whose name the permit will bear."),
        step=_AS,
    ),
    Line(
        "owner_name",
        Text("ชื่อเจ้าของอาคาร", "Name of the owner"),
        help=Text("พร้อมคำนำหน้า ตามบัตรประชาชน", "With its title, as on the card."),
        longest=160,
        personal=True,
        when=_FOR_PERSON,
        step=_OWNER,
    ),
    ThaiID(
        "owner_id",
        Text("เลขประจำตัวประชาชนของเจ้าของอาคาร", "National ID of the owner"),
        when=_FOR_PERSON,
        step=_OWNER,
    ),
    Line(
        "company_name",
        Text("ชื่อนิติบุคคล", "Name of the company"),
        help=Text("พร้อมประเภท เช่น บริษัท บ้านดี จำกัด", "With its kind, e.g. Ban Di Company Limited"),
        longest=160,
        when=FOR_COMPANY,
        step=_OWNER,
    ),
    JuristicID(
        "company_id",
        Text("เลขทะเบียนนิติบุคคล", "Number of registration"),
        when=FOR_COMPANY,
        step=_OWNER,
    ),
    Day(
        "company_since",
        Text("วันที่จดทะเบียน", "Registered on"),
        latest_days=0,
        when=FOR_COMPANY,
        step=_OWNER,
    ),
    Line(
        "signatory",
        Text("ชื่อผู้มีอำนาจลงนามที่มอบอำนาจ", "Name of who signs for the company"),
        help=Text("ตามหนังสือรับรองนิติบุคคล", "As on the certificate of the company."),
        longest=160,
        personal=True,
        when=When("filed_as", ("company_agent",)),
        step=_OWNER,
    ),
    AddressField(
        "owner_address",
        Text("ที่อยู่ของเจ้าของอาคาร", "Address of the owner"),
        help=Text(
            "ถ้าเป็นนิติบุคคล ใช้ที่ตั้งสำนักงาน จะพิมพ์ในใบอนุญาต",
            "Of a company the office. It is printed in the permit.",
        ),
        step=_OWNER,
    ),
)
