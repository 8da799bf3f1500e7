"""What is asked about claims: by who takes them, inspects them, resolves them, mends an account."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contrib.disaster.rules.claim_form import FORM, read_account
from contrib.disaster.rules.claims import COMMITTEES, HOUSES
from contrib.disaster.rules.valuing import MOST_COST, Damage
from core.api import LONGEST_REASON, Text
from kit.forms import (
    AnyField,
    Choice,
    Day,
    Groups,
    Line,
    Lines,
    Money,
    Number,
    Option,
    Phone,
    Yes,
    ungrouped,
)

_PEOPLE = Text("คน", "people")
_WHO = (
    Line("claimant", Text("ชื่อผู้ขอ", "Who claims")),
    Phone("phone", Text("โทรศัพท์", "Telephone")),
)
_ABOUT = Text("เหตุการณ์และบ้าน", "The disaster and the house")
CLAIM: Groups = (
    (Text("ผู้ขอ", "Who claims"), _WHO),
    (_ABOUT, tuple(one for one in FORM if one.step == _ABOUT)),
    (Text("บัญชีรับเงิน", "The account"), tuple(one for one in FORM if one.step != _ABOUT)),
)
INSPECTED: tuple[AnyField, ...] = (
    Choice(
        "house",
        Text("ความเสียหายของบ้าน", "Damage of the house"),
        options=tuple(Option(code, words) for code, words in HOUSES.items()),
    ),
    Number(
        "days",
        Text("น้ำท่วมขัง", "Flooded for"),
        unit=Text("วัน", "days"),
        most=365,
    ),
    Money(
        "repair",
        Text("ค่าวัสดุซ่อมแซมที่ประเมิน", "Materials to repair it, as assessed"),
        most=MOST_COST,
        required=False,
    ),
    Number(
        "clothing",
        Text("เครื่องนุ่งห่มเสียหาย", "Lost their clothing"),
        unit=_PEOPLE,
        most=99,
        required=False,
    ),
    Number(
        "bedding",
        Text("เครื่องนอนเสียหาย", "Lost their bedding"),
        unit=_PEOPLE,
        most=99,
        required=False,
    ),
    Yes("kitchen", Text("เครื่องครัวเสียหาย", "Kitchenware is lost"), required=False),
    Money(
        "tools",
        Text("เครื่องมือประกอบอาชีพที่ประเมิน", "Tools of the trade, as assessed"),
        most=MOST_COST,
        required=False,
    ),
)
REFUSED: Groups = ungrouped(
    Lines("why", Text("เหตุผลที่ไม่อนุมัติ", "Why it is refused"), longest=LONGEST_REASON)
)
MENDED: Groups = ungrouped(*(one for one in FORM if one.step != _ABOUT))
RESOLVED: tuple[AnyField, ...] = (
    Choice(
        "committee",
        Text("คณะกรรมการ", "Committee"),
        options=tuple(Option(code, words) for code, words in COMMITTEES.items()),
    ),
    Line(
        "number",
        Text("มติครั้งที่", "Number of the resolution"),
        help=Text("เช่น 3/2569", "e.g. 3/2569"),
        longest=40,
    ),
    Day("resolved_on", Text("วันที่มีมติ", "Resolved on"), earliest_days=-366, latest_days=0),
)


def damage_of(values: Mapping[str, Any]) -> Damage:
    """Return what an inspector found."""
    return Damage(
        house=values["house"],
        days=values["days"],
        repair=values.get("repair", 0),
        tools=values.get("tools", 0),
        clothing=values.get("clothing", 0),
        bedding=values.get("bedding", 0),
        kitchen=values.get("kitchen", False),
    )


def account_of(values: Mapping[str, Any]) -> dict[str, str]:
    """Return bank, account and name of what was read.

    :raises InvalidInput: it is no number of an account.
    """
    account = read_account(values["account"])
    return {"bank": values["bank"], "account": account, "name": values["account_name"]}


def resolved_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return committee, number and day of a resolution."""
    return {**values, "resolved_on": date.fromisoformat(values["resolved_on"])}
