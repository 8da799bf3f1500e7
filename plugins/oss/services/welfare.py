"""Welfare: registration for the old-age allowance.

Who has the right, and when registration counts from, change with the regulation of the Ministry
of the Interior of B.E. 2566 and with the notices under it (unverified); what is asked here
is what every version needs. The times are what offices commonly promise (unverified).

Law: Older Persons Act B.E. 2546, s. 11.
"""

from core.api import Text
from kit.casework import Applying, Document, Outcome, Post, Service, Step
from kit.forms import AddressField, Choice, Line, Option, When, Yes
from kit.thai import WorkingDays
from plugins.oss.services.asked import HOUSE_REGISTRATION, ID_CARD, power_of_attorney

_PERSON = Text("ผู้สูงอายุ", "The older person")
_PAYMENT = Text("การรับเงิน", "How it is paid")
_BANK = When("paid", ("bank",))

OLD_AGE = Service(
    code="oss.old-age",
    title=Text("ลงทะเบียนรับเบี้ยยังชีพผู้สูงอายุ", "Register for the old-age allowance"),
    summary=Text(
        "สำหรับผู้มีสัญชาติไทย อายุ 60 ปีขึ้นไป และมีชื่อในทะเบียนบ้านในเขตนี้",
        "For Thai nationals from the age of 60 who are registered in this area.",
    ),
    topic="welfare",
    words=("เบี้ยผู้สูงอายุ", "เบี้ยคนชรา", "เงินคนแก่", "ผู้สูงวัย", "old age", "pension", "allowance"),
    law=(
        "พ.ร.บ.ผู้สูงอายุ พ.ศ. 2546 มาตรา 11",
        "ระเบียบ มท. ว่าด้วยหลักเกณฑ์การจ่ายเงินเบี้ยยังชีพผู้สูงอายุของ อปท. พ.ศ. 2566",
    ),
    unit="welfare",
    applying=Applying.IDENTIFIED,
    form=(
        Choice(
            "by",
            Text("ท่านลงทะเบียน", "You register"),
            help=Text(
                "ข้อมูลผู้ยื่นในหน้าก่อนต้องเป็นของผู้สูงอายุ",
                "The person on the page before is the older person.",
            ),
            options=(
                Option("self", Text("ด้วยตนเอง", "For yourself")),
                Option("proxy", Text("แทนผู้สูงอายุ", "For the older person")),
            ),
            step=_PERSON,
        ),
        Line(
            "proxy_name",
            Text("ชื่อและนามสกุลของผู้ยื่นแทน", "Name of who files"),
            longest=200,
            personal=True,
            when=When("by", ("proxy",)),
            step=_PERSON,
        ),
        AddressField("home", Text("ที่อยู่ที่ติดต่อได้", "Address to reach you"), step=_PERSON),
        Choice(
            "paid",
            Text("รับเงินทาง", "Paid"),
            options=(
                Option("bank", Text("โอนเข้าบัญชีธนาคาร", "To a bank account")),
                Option("cash", Text("เงินสดที่สำนักงาน", "In cash at the office")),
            ),
            step=_PAYMENT,
        ),
        Line("bank", Text("ธนาคาร", "Bank"), longest=80, when=_BANK, step=_PAYMENT),
        Line(
            "account",
            Text("เลขที่บัญชี", "Account number"),
            help=Text("ตัวเลขล้วน ไม่ต้องใส่ขีด", "Digits alone."),
            digits=True,
            shortest=10,
            longest=15,
            personal=True,
            when=_BANK,
            step=_PAYMENT,
        ),
        Yes(
            "no_other",
            Text(
                "ผู้สูงอายุไม่ได้รับเงินเดือนหรือสวัสดิการอื่นของรัฐที่ซ้ำกัน",
                "The older person has no salary or like benefit of the state.",
            ),
            step=_PAYMENT,
        ),
    ),
    documents=(
        ID_CARD,
        HOUSE_REGISTRATION,
        Document(
            "bank-book",
            Text("หน้าแรกของสมุดบัญชีธนาคาร", "First page of the bank book"),
            when=_BANK,
            originals=0,
        ),
        power_of_attorney(When("by", ("proxy",))),
    ),
    steps=(
        Step("check", Text("ตรวจสิทธิ", "Check of the right"), Post.OFFICER, WorkingDays(3)),
        Step("think", Text("เสนอความเห็น", "Opinion"), Post.DIRECTOR, WorkingDays(2)),
        Step(
            "sign",
            Text("อนุมัติและลงนาม", "Approval and signature"),
            Post.MAYOR,
            WorkingDays(2),
            ends=(Outcome.APPROVED, Outcome.REFUSED),
        ),
    ),
    within=WorkingDays(7),
    conditions=(
        Text(
            "แจ้งหน่วยงานเมื่อย้ายทะเบียนบ้านหรือเปลี่ยนบัญชี",
            "Tell the office when the registration or the account changes.",
        ),
    ),
    keep_years=10,
)
