"""What a code asks to be paid: to whom, how much, under which references.

The values check themselves, so that there is none that cannot be written as a code.
"""

import enum

import msgspec

from core.api import Text
from kit.treasury.codes.checks import CAPITALS, DIGITS, PRINTABLE, check
from kit.treasury.refusals import Malformed

# Tag 54 has 13 characters, two of them satang and one the point.
LARGEST_ASKED = 9_999_999_999_99

_AMOUNT_TOO_SMALL = Text(
    "จำนวนเงินใน QR ต้องมากกว่า 0 ถ้าให้ผู้ชำระกรอกเองให้เว้นจำนวนเงินไว้",
    "The amount of a QR is more than 0. Leave it out where the payer is to fill it in.",
)
_AMOUNT_TOO_LARGE = Text(
    "จำนวนเงินใน QR ต้องไม่เกิน 9,999,999,999.99 บาท ตรวจตัวเลขอีกครั้ง",
    "The amount of a QR is at most 9,999,999,999.99 baht. Check the figure.",
)
_MERCHANT = Text("ชื่อผู้รับเงิน", "The name of the payee")
_CITY = Text("ชื่อเมืองของผู้รับเงิน", "The city of the payee")
_CATEGORY = Text("รหัสประเภทผู้รับเงิน (MCC)", "The merchant category code")
_BILLER = Text("รหัสผู้รับชำระ (Biller ID)", "The biller ID")
_REFERENCES = {
    "ref1": Text("เลขอ้างอิง 1", "Reference 1"),
    "ref2": Text("เลขอ้างอิง 2", "Reference 2"),
    "ref3": Text("เลขอ้างอิง 3", "Reference 3"),
}
_OTA = Text("รหัส OTA", "The OTA code")
_MOBILE = Text("เบอร์มือถือหลัง +66", "The mobile number behind +66")
_MOBILE_START = Text(
    "เบอร์มือถือของพร้อมเพย์ต้องขึ้นต้นด้วย +66 ตรวจเบอร์อีกครั้ง",
    "A mobile number of PromptPay begins with +66. Check the number.",
)

BILLER_LENGTH = 15
LONGEST_REFERENCE = 20


class Proxy(enum.StrEnum):
    """By what PromptPay knows an account; the value is the field of tag 29."""

    MOBILE = "01"
    TAX_ID = "02"
    WALLET = "03"
    ACCOUNT = "04"


_PROXIES = {
    Proxy.TAX_ID: (Text("เลขประจำตัวผู้เสียภาษี", "The tax ID"), 13, 13),
    Proxy.WALLET: (Text("หมายเลข e-Wallet", "The e-wallet number"), 15, 15),
    Proxy.ACCOUNT: (
        Text("รหัสธนาคารและเลขที่บัญชี", "The bank code with the account number"),
        4,
        43,
    ),
}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What every code may say beside the payee.

    :param amount: satang; None leaves it to the payer.
    :param dynamic: the code is for this one payment; a static one is used again and again.
    :param merchant: who is paid, up to 25 characters of ASCII.
    :param city: where, up to 15 characters of ASCII.
    :param category: four digits of ISO 18245; 9399 is for services of a government and 9311 for
        taxes (both unverified).
    """

    amount: int | None = None
    dynamic: bool = False
    merchant: str = ""
    city: str = ""
    category: str = ""

    def __post_init__(self) -> None:
        if self.amount is not None and self.amount <= 0:
            raise Malformed("amount", _AMOUNT_TOO_SMALL)
        if self.amount is not None and self.amount > LARGEST_ASKED:
            raise Malformed("amount", _AMOUNT_TOO_LARGE)
        check("merchant", _MERCHANT, self.merchant, signs=PRINTABLE, shortest=0, longest=25)
        check("city", _CITY, self.city, signs=PRINTABLE, shortest=0, longest=15)
        if self.category:
            check("category", _CATEGORY, self.category, signs=DIGITS, shortest=4, longest=4)


class BillPayment(Asked, frozen=True, kw_only=True):
    """A bill of an office that has a biller ID (tag 30): the payment comes with its references.

    :param biller: the tax ID and two digits that the bank gave.
    :param ref1: 1 to 20 capital letters and digits.
    :param ref2: the same, or empty where the biller has one reference.
    :param ref3: the same, with the prefix by which the bank sends its confirmation.
    :param cross_border: payable from abroad.
    """

    biller: str
    ref1: str
    ref2: str = ""
    ref3: str = ""
    cross_border: bool = False

    def __post_init__(self) -> None:
        check(
            "biller",
            _BILLER,
            self.biller,
            signs=DIGITS,
            shortest=BILLER_LENGTH,
            longest=BILLER_LENGTH,
        )
        for field, name in _REFERENCES.items():
            check(
                field,
                name,
                getattr(self, field),
                signs=CAPITALS,
                shortest=int(field == "ref1"),
                longest=LONGEST_REFERENCE,
            )
        super().__post_init__()


class Transfer(Asked, frozen=True, kw_only=True):
    """A transfer by PromptPay (tag 29), for an office without a biller ID.

    It carries no reference, so that no machine can say what was paid.

    :param number: a mobile as ``+66`` and nine digits, 13 digits of a tax or national ID, 15 of a
        wallet, or three of a bank with up to 40 of an account. The check digit of an ID is not
        judged: whether an ID is registered is for the bank to say.
    :param ota: ten digits of a one-time code, or empty.
    """

    proxy: Proxy
    number: str
    ota: str = ""

    def __post_init__(self) -> None:
        if self.proxy is Proxy.MOBILE:
            if not self.number.startswith("+66"):
                raise Malformed("number", _MOBILE_START)
            check("number", _MOBILE, self.number[3:], signs=DIGITS, shortest=9, longest=9)
        else:
            name, shortest, longest = _PROXIES[self.proxy]
            check("number", name, self.number, signs=DIGITS, shortest=shortest, longest=longest)
        if self.ota:
            check("ota", _OTA, self.ota, signs=DIGITS, shortest=10, longest=10)
        super().__post_init__()
