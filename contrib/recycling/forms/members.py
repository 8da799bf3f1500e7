"""What a household says of itself, and what officers fill in about its money."""

from collections.abc import Mapping
from typing import Any

from contrib.recycling.rules.books import SHOWN, WAYS
from core.api import InvalidInput, Text
from kit.forms import AnyField, Choice, Groups, Line, Money, Option, Phone, When, Yes
from kit.thai import Unreadable, parse_national_id, parse_phone

_WAYS = tuple(Option(code, words) for code, words in WAYS.items())
_NOBODY = Text(
    "กรอกเบอร์โทรศัพท์ 10 หลัก หรือเลขประจำตัวประชาชน 13 หลักที่ผูกพร้อมเพย์",
    "Give the telephone or citizen's number to which PromptPay is tied.",
)
_NAME = Line("name", Text("ชื่อเจ้าของครัวเรือน", "Head of the household"), longest=200)
_WHERE: tuple[AnyField, ...] = (
    Phone("phone", Text("เบอร์โทรศัพท์", "Telephone"), required=False),
    Line("address", Text("บ้านเลขที่และถนนหรือซอย", "House number, street or lane"), longest=300),
    Line(
        "village",
        Text("หมู่ที่หรือชุมชน", "Village or community"),
        longest=60,
        required=False,
        help=Text("เช่น หมู่ 3 บ้านครึ่งใต้", "e.g. Moo 3, Ban Khrueng Tai"),
    ),
)
_HOW: tuple[AnyField, ...] = (
    Choice("pay", Text("รับเงินทางใด", "How to be paid"), options=_WAYS),
    Line(
        "promptpay",
        Text("เบอร์โทรหรือเลขประจำตัวที่ผูกพร้อมเพย์", "Telephone or citizen's number of PromptPay"),
        longest=20,
        when=When("pay", ("promptpay",)),
        personal=True,
    ),
    Line("bank", Text("ธนาคาร", "Bank"), longest=60, when=When("pay", ("bank",))),
    Line(
        "bank_account",
        Text("เลขที่บัญชี", "Account number"),
        shortest=8,
        longest=20,
        digits=True,
        when=When("pay", ("bank",)),
        personal=True,
    ),
)
_HOUSE, _MONEY = Text("ครัวเรือน", "The household"), Text("การรับเงิน", "How it is paid")
JOINING: Groups = ((_HOUSE, _WHERE), (_MONEY, _HOW))
REGISTERING: Groups = ((_HOUSE, (_NAME, *_WHERE)), (_MONEY, _HOW))
WITHDRAWING: tuple[AnyField, ...] = (
    Money("amount", Text("จำนวนเงินที่ถอน (บาท)", "Amount to withdraw (baht)"), least=1),
    Choice("way", Text("จ่ายทาง", "Paid by"), options=_WAYS),
    Choice(
        "shown",
        Text("เอกสารที่สมาชิกแสดง", "The document that the member shows"),
        options=tuple(Option(code, words) for code, words in SHOWN.items()),
    ),
    Yes(
        "checked",
        Text(
            "ตรวจแล้ว ชื่อและรูปตรงกับสมาชิกที่มาถอน",
            "Looked at: name and picture are those of who withdraws.",
        ),
    ),
    Line(
        "note",
        Text("หมายเหตุ", "Note"),
        longest=200,
        required=False,
        help=Text("เช่น เลขที่รายการโอน", "e.g. the number of the transfer"),
    ),
)
ADVANCE: tuple[AnyField, ...] = (
    Money("amount", Text("วงเงินทดรอง (บาท)", "How far below zero (baht)")),
    Line("why", Text("เหตุผล", "Reason"), longest=300),
)
CAPITAL: tuple[AnyField, ...] = (
    Money("amount", Text("จำนวนเงิน (บาท)", "Amount (baht)"), least=1),
    Choice(
        "into",
        Text("เข้าที่", "Into"),
        options=(
            Option("cash", Text("เงินสด", "Cash")),
            Option("bank", Text("บัญชีธนาคาร", "Bank")),
        ),
    ),
)


def facts_of(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the facts of a household, PromptPay as it is stored.

    :raises InvalidInput: PromptPay is tied to no such number.
    """
    names = ("name", "phone", "address", "village", "pay", "promptpay", "bank", "bank_account")
    facts = {name: values.get(name, "") for name in names}
    if facts["promptpay"]:
        facts["promptpay"] = _promptpay(facts["promptpay"])
    return facts


def _promptpay(text: str) -> str:
    for read in (parse_national_id, parse_phone):
        try:
            return read(text)
        except Unreadable:
            continue
    raise InvalidInput({"promptpay": _NOBODY})
