"""What is asked about a business and who runs it, for a notice and for a licence alike.

The fields are those of the form สอ.1 and of one local government's notice (dossier 3.6).
"""

from core.api import Text
from kit.forms import (
    AddressField,
    AnyField,
    Choice,
    Day,
    JuristicID,
    Line,
    Number,
    Option,
    Phone,
    Pin,
    When,
)
from plugins.food_cert.rules.places import KINDS

_WHO = Text("ผู้ประกอบกิจการ", "Who runs it")
_BUSINESS = Text("กิจการ", "The business")
_WHERE = Text("ที่ตั้ง", "Where it is")
BY_AGENT = When("filed_as", ("agent", "company_agent"))
FOR_COMPANY = When("filed_as", ("company", "company_agent"))
_FOR_PERSON = When("filed_as", ("owner", "agent"))
SQUARE = Text("ตารางเมตร", "square metres")

HOLDER: tuple[AnyField, ...] = (
    Choice(
        "filed_as",
        Text("ท่านยื่นในฐานะ", "You file as"),
        options=(
            Option("owner", Text("เจ้าของกิจการ ยื่นเอง", "The owner of the business")),
            Option(
                "agent",
                Text("ผู้รับมอบอำนาจจากเจ้าของกิจการ", "Agent of the owner"),
                Text("แนบหนังสือมอบอำนาจ", "A power of attorney is attached"),
            ),
            Option(
                "company",
                Text("ผู้มีอำนาจลงนามของนิติบุคคล", "Who signs for a company that owns it"),
                Text("แนบหลักฐานผู้มีอำนาจลงนาม", "Proof of the authority to sign is attached"),
            ),
            Option(
                "company_agent",
                Text("ผู้รับมอบอำนาจจากนิติบุคคล", "Agent of a company that owns it"),
                Text(
                    "แนบหนังสือมอบอำนาจและหลักฐานผู้มีอำนาจลงนาม",
                    "A power of attorney and proof of the authority to sign are attached",
                ),
            ),
        ),
        step=_WHO,
    ),
    Line(
        "holder_name",
        Text("ชื่อเจ้าของกิจการ", "Name of the owner"),
        help=Text("พร้อมคำนำหน้า ตามบัตรประชาชน", "With its title, as on the card."),
        longest=160,
        personal=True,
        when=When("filed_as", ("agent",)),
        step=_WHO,
    ),
    Number(
        "age",
        Text("อายุของเจ้าของกิจการ", "Age of the owner"),
        unit=Text("ปี", "years"),
        least=15,
        most=120,
        when=_FOR_PERSON,
        step=_WHO,
    ),
    Choice(
        "nationality",
        Text("สัญชาติ", "Nationality"),
        options=(
            Option("thai", Text("ไทย", "Thai")),
            Option("other", Text("สัญชาติอื่น", "Another")),
        ),
        when=_FOR_PERSON,
        step=_WHO,
    ),
    Line(
        "nationality_words",
        Text("ระบุสัญชาติ", "Which"),
        longest=60,
        when=When("nationality", ("other",)),
        step=_WHO,
    ),
    Line(
        "company_name",
        Text("ชื่อนิติบุคคล", "Name of the company"),
        help=Text("พร้อมประเภท เช่น บริษัท ครัวดี จำกัด", "With its kind, e.g. Khrua Di Company Limited"),
        longest=160,
        when=FOR_COMPANY,
        step=_WHO,
    ),
    JuristicID(
        "company_id",
        Text("เลขทะเบียนนิติบุคคล", "Number of registration"),
        when=FOR_COMPANY,
        step=_WHO,
    ),
    Line(
        "signatory",
        Text("ผู้มีอำนาจลงนามแทนนิติบุคคล", "Who signs for the company"),
        help=Text("ชื่อตามหนังสือรับรองนิติบุคคล", "As on the certificate of the company."),
        longest=160,
        personal=True,
        when=FOR_COMPANY,
        step=_WHO,
    ),
    AddressField(
        "holder_address",
        Text("ที่อยู่ของเจ้าของกิจการ", "Address of the owner"),
        help=Text("ถ้าเป็นนิติบุคคล ใช้ที่ตั้งสำนักงาน", "Of a company the office."),
        step=_WHO,
    ),
)

NAME = Line(
    "business_name",
    Text("ชื่อสถานประกอบกิจการ", "Name of the business"),
    help=Text("ตามป้ายร้าน", "As on its sign."),
    longest=200,
    step=_BUSINESS,
)
KIND = Choice(
    "kind",
    Text("ขายหรือเก็บอาหาร", "Selling or storing"),
    options=(
        Option(
            "sell",
            KINDS["sell"],
            Text(
                "ปรุงหรือขายอาหารที่กินได้ทันที เช่น ร้านอาหาร ร้านกาแฟ",
                "Food ready to eat, e.g. a restaurant",
            ),
        ),
        Option(
            "store",
            KINDS["store"],
            Text(
                "อาหารสด อาหารแห้ง หรืออาหารที่ซื้อไปปรุงต่อ เช่น ร้านชำ มินิมาร์ต ห้องเย็น",
                "Fresh, dry or other food still to be prepared, e.g. a grocery",
            ),
        ),
    ),
    step=_BUSINESS,
)
AREA = Number(
    "area",
    Text("พื้นที่ที่ใช้ประกอบกิจการ", "Area of the business"),
    help=Text(
        "รวมครัว ที่นั่ง และที่เก็บของ กว้าง × ยาว เช่น 6 × 12 เมตร คือ 72",
        "With kitchen, seats and storage: 6 by 12 metres are 72.",
    ),
    unit=SQUARE,
    least=1,
    most=999_999,
    decimals=2,
    step=_BUSINESS,
)
MARKET = Choice(
    "market",
    Text("อยู่ภายในตลาดที่มีใบอนุญาตหรือไม่", "Is it inside a licensed market"),
    options=(
        Option("no", Text("ไม่อยู่ในตลาด", "No")),
        Option("yes", Text("อยู่ในตลาด", "Yes")),
    ),
    step=_BUSINESS,
)
WORKERS = Number(
    "workers",
    Text("จำนวนคนทำงาน รวมเจ้าของ", "People who work there, the owner too"),
    unit=Text("คน", "people"),
    least=1,
    most=9_999,
    step=_BUSINESS,
)
BUSINESS: tuple[AnyField, ...] = (
    NAME,
    KIND,
    Line(
        "food",
        Text("อาหารที่ขายหรือเก็บ", "What food"),
        help=Text("เช่น อาหารตามสั่ง ก๋วยเตี๋ยว เครื่องดื่ม", "e.g. dishes to order, noodles, drinks"),
        longest=200,
        step=_BUSINESS,
    ),
    AREA,
    MARKET,
    WORKERS,
    Day(
        "begin_on",
        Text("วันที่จะเริ่มเปิด", "Opens on"),
        help=Text("ถ้าเปิดอยู่แล้ว ใส่วันที่เริ่มเปิดจริง", "If it is open already, since when."),
        earliest_days=-20_000,
        latest_days=366,
        step=_BUSINESS,
    ),
)
WHERE: tuple[AnyField, ...] = (
    AddressField(
        "site",
        Text("ที่ตั้งของสถานที่", "Address of the place"),
        own=True,
        personal=False,
        step=_WHERE,
    ),
    Pin("pin", Text("ตำแหน่งบนแผนที่", "On the map"), inside=True, step=_WHERE),
)
_HAD = When("had", ("yes",))
BEFORE: tuple[AnyField, ...] = (
    Choice(
        "had",
        Text("ร้านนี้มีหนังสือรับรองหรือใบอนุญาตอยู่แล้วหรือไม่", "Has this place a certificate or licence"),
        options=(
            Option("no", Text("ยังไม่มี เป็นร้านใหม่", "No, it is a new place")),
            Option(
                "yes",
                Text("มีแล้ว แต่เปลี่ยนขนาดร้าน", "Yes, but its size changes"),
                Text("จนต้องใช้เอกสารอีกแบบ", "so that it needs the other paper"),
            ),
        ),
        step=_BUSINESS,
    ),
    Line(
        "before",
        Text("เลขที่หนังสือรับรองหรือใบอนุญาตเดิม", "Number of the paper it has"),
        help=Text("เช่น 12/2569", "e.g. 12/2569"),
        longest=20,
        when=_HAD,
        step=_BUSINESS,
    ),
    Phone(
        "before_phone",
        Text("เบอร์โทรที่ให้ไว้ในทะเบียน", "Telephone that the register has"),
        when=_HAD,
        step=_BUSINESS,
    ),
)
