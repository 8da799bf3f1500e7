"""What is asked of an operator or food handler, of a new card, and of who left."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.api import InvalidInput, Text
from kit.forms import AnyField, Choice, Day, Line, Option
from kit.law import Limits
from kit.thai import Unreadable, parse_national_id
from plugins.food_cert.rules.training import ROLES

_NO_ID = Text(
    "ระบบไม่เก็บเลขประจำตัวประชาชน ใส่เลขที่บัตรผ่านการอบรม หรือเว้นไว้",
    "A national ID is not kept. Give the number of the training card, or leave it empty.",
)
_BACKWARDS = Text(
    "วันหมดอายุอยู่ก่อนวันอบรม ตรวจวันที่บนบัตร",
    "It expires before the training. Check the days on the card.",
)
_EARLIEST = date(2010, 1, 1)


def new_handler(limits: Limits) -> tuple[AnyField, ...]:
    """Return the questions of somebody who works at a place."""
    return (
        Line("name", Text("ชื่อและนามสกุล", "Name"), longest=200, personal=True),
        Choice(
            "role",
            Text("หน้าที่", "Role"),
            options=tuple(Option(code, name) for code, name in ROLES.items()),
        ),
        *card(limits),
    )


def card(limits: Limits) -> tuple[AnyField, ...]:
    """Return the questions of a card of training."""
    years = limits["training.years"]
    said = Text(
        "เว้นไว้ได้ ถ้าบัตรไม่ระบุ ระบบนับ {years} ปีจากวันอบรม",
        "Leave it empty where the card does not say: {years} years from the training.",
    ).format(years=years.value)
    return (
        Line(
            "organiser",
            Text("หน่วยงานที่จัดอบรม", "Organiser of the course"),
            longest=200,
            help=Text("ดูจากบัตร เช่น เทศบาลเมืองแม่เหียะ", "As on the card."),
        ),
        Line(
            "card",
            Text("เลขที่บัตร", "Number of the card"),
            longest=40,
            required=False,
            help=Text("ไม่ใช่เลขประจำตัวประชาชน", "Not the national ID."),
        ),
        Day(
            "trained_on",
            Text("วันที่อบรม", "Day of the training"),
            earliest=_EARLIEST,
            latest_days=0,
        ),
        Day(
            "expires_on",
            Text("บัตรหมดอายุวันที่", "Last day of the card"),
            required=False,
            help=said if years.verified else _unread(said),
        ),
    )


def _unread(said: Text) -> Text:
    return Text(f"{said.th} (ยังไม่ได้ตรวจกับประกาศ)", f"{said.en} (Not yet read in the notice.)")


def left(trained_on: date) -> tuple[AnyField, ...]:
    """Return the question when somebody left, who was trained on a day."""
    label = Text("ออกจากที่นี่วันที่", "Left on")
    return (Day("left_on", label, earliest=trained_on, latest_days=0),)


def card_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a card that was typed; without ``expires_on`` where none was.

    :raises InvalidInput: its days are the wrong way round, or it is a national ID.
    """
    trained = date.fromisoformat(values["trained_on"])
    columns: dict[str, Any] = {
        "organiser": values["organiser"],
        "card": values.get("card", ""),
        "trained_on": trained,
    }
    if _is_national_id(columns["card"]):
        raise InvalidInput({"card": _NO_ID})
    if values.get("expires_on"):
        columns["expires_on"] = date.fromisoformat(values["expires_on"])
        if columns["expires_on"] < trained:
            raise InvalidInput({"expires_on.day": _BACKWARDS})
    return columns


def _is_national_id(text: str) -> bool:
    try:
        parse_national_id(text)
    except Unreadable:
        return False
    return True
