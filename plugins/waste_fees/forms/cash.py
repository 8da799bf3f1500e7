"""The form of cash at a house, typed at the door and perhaps sent hours later."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from core.api import InvalidInput, Text
from kit.thai import Unreadable, parse_baht
from plugins.waste_fees.rules.cash import Told

NAMES = ("point", "amount", "tendered", "slip", "exact", "bill", "seen", "taken_at")

_NO_POINT = Text(
    "กรอกเลขที่จุดบนสติกเกอร์หรือใบแจ้ง เช่น 00012",
    "Give the number of the point from the sticker or the bill, e.g. 00012.",
)


def read_cash(typed: Mapping[str, str]) -> Told:
    """Return what was told.

    What the device adds and is none counts as not said: no money is refused for it.

    :param typed: texts of ``NAMES``.
    :raises InvalidInput: with a sentence for each field that a person has to correct.
    """
    problems: dict[str, Text] = {}
    if not typed["point"].strip():
        problems["point"] = _NO_POINT
    amounts: dict[str, int] = {}
    for name in ("amount", "tendered"):
        text = typed["amount"] if name == "tendered" and typed["exact"] else typed[name]
        try:
            amounts[name] = parse_baht(text)
        except Unreadable as refusal:
            problems.setdefault("amount" if text is typed["amount"] else name, refusal.sentence)
    if problems:
        raise InvalidInput(problems)
    return Told(
        point=typed["point"][:100],
        slip=" ".join(typed["slip"].split()),
        bill=_id(typed["bill"]),
        seen=int(typed["seen"]) if _is_count(typed["seen"]) else None,
        said_at=_moment(typed["taken_at"]),
        **amounts,
    )


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return None
    return said if said.tzinfo is not None else None
