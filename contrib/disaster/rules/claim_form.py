"""The questions of a claim, the same where a citizen files it and where an officer takes it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from contrib.disaster.rules.claims import ACCOUNT_DIGITS, BANKS, HOUSES, SCHEMES
from contrib.disaster.rules.events import KINDS
from core.api import InvalidInput, Text
from kit.forms import AnyField, Choice, Day, Line, Lines, Number, Option, Pin
from kit.thai import Unreadable, ascii_digits, parse_house_code

_WHAT = Text("เหตุการณ์และบ้าน", "The disaster and the house")
_MONEY = Text("บัญชีรับเงิน", "The account")
_NO_ACCOUNT = Text(
    "เลขที่บัญชีมี 10 ถึง 15 หลัก ตรวจตามสมุดบัญชี", "An account has 10 to 15 digits. Check the passbook."
)


def _options(words: Mapping[str, Text]) -> tuple[Option, ...]:
    return tuple(Option(code, text) for code, text in words.items())


FORM: tuple[AnyField, ...] = (
    Choice("kind", Text("ประสบภัยใด", "Which disaster"), options=_options(KINDS), step=_WHAT),
    Day(
        "happened_on",
        Text("วันที่ประสบภัย", "On which day"),
        earliest_days=-366,
        latest_days=0,
        step=_WHAT,
    ),
    Choice(
        "scheme", Text("ขอเงินช่วยเหลือประเภทใด", "Which aid"), options=_options(SCHEMES), step=_WHAT
    ),
    Line(
        "house_code",
        Text("รหัสประจำบ้าน", "House code"),
        help=Text(
            "เลข 11 หลักในทะเบียนบ้าน ใช้ตรวจว่าบ้านหลังหนึ่งรับเงินแต่ละประเภทครั้งเดียว",
            "11 digits in the house registration; by it a house gets each aid once.",
        ),
        longest=20,
        step=_WHAT,
    ),
    Line("address", Text("บ้านเลขที่และถนน", "House number and road"), longest=300, step=_WHAT),
    Line("village", Text("ชุมชนหรือหมู่บ้าน", "Community or village"), longest=100, step=_WHAT),
    Pin("pin", Text("ตำแหน่งบ้านบนแผนที่", "The house on the map"), required=False, step=_WHAT),
    Number(
        "members",
        Text("จำนวนสมาชิกในบ้าน", "How many live there"),
        unit=Text("คน", "people"),
        least=1,
        most=99,
        step=_WHAT,
    ),
    Choice(
        "house",
        Text("ความเสียหายของบ้าน", "Damage of the house"),
        options=_options(HOUSES),
        step=_WHAT,
    ),
    Number(
        "days",
        Text("น้ำท่วมขังกี่วัน", "Flooded for how many days"),
        help=Text("ถ้าไม่ใช่น้ำท่วม กรอก 0", "0 where it was no flood"),
        unit=Text("วัน", "days"),
        most=365,
        step=_WHAT,
    ),
    Lines(
        "losses",
        Text("สิ่งที่เสียหาย", "What is damaged"),
        longest=2_000,
        required=False,
        step=_WHAT,
    ),
    Choice("bank", Text("ธนาคาร", "Bank"), options=_options(BANKS), step=_MONEY),
    Line(
        "account",
        Text("เลขที่บัญชี", "Account number"),
        help=Text("บัญชีของผู้ขอเอง", "The claimant's own"),
        longest=20,
        personal=True,
        step=_MONEY,
    ),
    Line("account_name", Text("ชื่อบัญชี", "Name of the account"), step=_MONEY),
)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as it was filled in.

    :param told: the damage in the claimant's words.
    """

    kind: str
    happened_on: date
    scheme: str
    house_code: str
    address: str
    village: str
    pin: dict[str, float] | None
    members: int
    bank: str
    account: str
    account_name: str
    told: dict[str, Any]


def asked_of(values: Mapping[str, Any]) -> Asked:
    """Return a claim of what was read.

    :raises InvalidInput: a house code or an account that cannot be one.
    """
    wrong: dict[str, Text] = {}
    house_code = ""
    try:
        house_code = parse_house_code(values["house_code"])
    except Unreadable as refusal:
        wrong["house_code"] = refusal.sentence
    account = ""
    try:
        account = read_account(values["account"])
    except InvalidInput as refusal:
        wrong |= refusal.problems
    if wrong:
        raise InvalidInput(wrong)
    return Asked(
        kind=values["kind"],
        happened_on=date.fromisoformat(values["happened_on"]),
        scheme=values["scheme"],
        house_code=house_code,
        address=values["address"],
        village=values["village"],
        pin=values.get("pin"),
        members=values["members"],
        bank=values["bank"],
        account=account,
        account_name=values["account_name"],
        told={name: values.get(name, "") for name in ("house", "days", "losses")},
    )


def read_account(typed: str) -> str:
    """Return the digits of an account; hyphens and blanks are taken.

    :raises InvalidInput: it is no number of an account.
    """
    account = "".join(ascii_digits(typed).replace("-", "").split())
    if not account.isdecimal() or len(account) not in ACCOUNT_DIGITS:
        raise InvalidInput({"account": _NO_ACCOUNT})
    return account
