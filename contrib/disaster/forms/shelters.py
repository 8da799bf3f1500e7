"""What is asked about shelters, who comes to them, and what they hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from contrib.disaster.rules.households import FLAGS, MOST_PEOPLE
from contrib.disaster.rules.stock import MOST_AT_ONCE, UNITS
from core.api import Text
from kit.forms import (
    AnyField,
    Choice,
    Choices,
    Groups,
    Line,
    Lines,
    Number,
    Option,
    Phone,
    Pin,
    Yes,
    ungrouped,
)

_PEOPLE = Text("คน", "people")
_QUANTITY = Text("จำนวน", "Quantity")
SHELTER: Groups = ungrouped(
    Line("name", Text("ชื่อศูนย์", "What it is called")),
    Line("address", Text("ที่ตั้ง", "Where it is"), longest=300),
    Phone("phone", Text("โทรศัพท์", "Telephone"), required=False),
    Number("capacity", Text("รับได้", "Room for"), unit=_PEOPLE, least=1, most=100_000),
    Pin("pin", Text("ตำแหน่งบนแผนที่", "Place on the map"), required=False),
)
STAY: Groups = ungrouped(
    Line("name", Text("ชื่อผู้แทนของกลุ่ม", "Name of one of them")),
    Number("people", Text("จำนวนคน", "How many came"), unit=_PEOPLE, least=1, most=MOST_PEOPLE),
    Line("village", Text("มาจากชุมชน", "From which community"), longest=100, required=False),
    Phone("phone", Text("โทรศัพท์", "Telephone"), required=False),
    Choices(
        "flags",
        Text("ในกลุ่มมีผู้ที่ต้องดูแล", "Who among them needs care"),
        options=tuple(Option(code, words) for code, words in FLAGS.items()),
        required=False,
    ),
)
RECEIPT: Groups = ungrouped(
    Line("name", Text("สิ่งของ", "What"), help=Text("เช่น น้ำดื่ม", "e.g. drinking water"), longest=100),
    Choice(
        "unit",
        Text("หน่วยนับ", "Counted in"),
        options=tuple(Option(code, words) for code, words in UNITS.items()),
    ),
    Number("quantity", _QUANTITY, least=1, most=MOST_AT_ONCE),
    Line("note", Text("ได้มาจาก", "From whom"), longest=300, required=False),
)
COUNT: Groups = ungrouped(
    Number("counted", Text("นับได้", "Counted"), most=MOST_AT_ONCE),
    Lines("why", Text("เหตุผล", "Reason"), longest=300),
)


def shelter_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a shelter of what was read."""
    return {"phone": "", "pin": None, **values}


def stay_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a stay of what was read."""
    return {"phone": "", "village": "", "flags": [], **values}


def giving(holdings: Sequence[Any]) -> tuple[AnyField, ...]:
    """Return what is asked where things are handed out: how much of each that is there."""
    return (
        Line("to", Text("ผู้รับ", "Who gets it")),
        *(
            Number(
                f"item_{one.id.hex}",
                Text(one.name, one.name),
                unit=UNITS[one.unit],
                most=one.balance,
                required=False,
            )
            for one in holdings
            if one.balance
        ),
        Yes("signed", Text("ผู้รับลงชื่อในบัญชีแล้ว", "Who got it signed the list"), required=False),
    )
