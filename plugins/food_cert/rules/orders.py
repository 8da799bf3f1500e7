"""Orders about food premises: on what they are based, how long they may run, what follows.

Law: Public Health Act B.E. 2535, s. 45 (put right, stop), 52 (not notified again), 53 and 61 (how
it is served: known when it arrives or is posted), 59 (suspension), 60 (revocation), 65 (unpaid).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import msgspec

from core.api import InvalidInput, Text
from kit.law import Limits
from kit.thai import Calendar, Days, due, years_later
from plugins.food_cert.rules.places import State

Kind = Literal["improve", "suspend", "revoke", "stop", "ban"]
Needs = Literal["", "suspensions", "disobeyed", "unpaid", "unnotified", "stopped"]
MOST_DAYS = 365
UNPAID, UNNOTIFIED = "stop-unpaid", "stop-unnotified"

# After the word for an order.
KINDS: Mapping[str, Text] = {
    "improve": Text("ให้ปรับปรุงแก้ไข", "Put it right"),
    "suspend": Text("พักใช้ใบอนุญาต", "Suspend the licence"),
    "revoke": Text("เพิกถอนใบอนุญาต", "Revoke the licence"),
    "stop": Text("ให้หยุดดำเนินกิจการ", "Stop the business"),
    "ban": Text("ห้ามดำเนินกิจการ", "Ban the business"),
}
WAYS: Mapping[str, Text] = {
    "signed": Text("ผู้รับลงลายมือชื่อรับไว้", "Handed over against a signature"),
    "post": Text("ไปรษณีย์ลงทะเบียนตอบรับ", "Registered post with a receipt"),
    "posted": Text("ปิดประกาศไว้ที่สถานที่หรือภูมิลำเนา", "Posted at the place or the home"),
}
_TOO_SHORT = Text(
    "กำหนด {given} วันน้อยไป ต้องไม่น้อยกว่า {least} วัน ตาม {law}",
    "{given} days are too few: not less than {least} days by {law}.",
)
_TOO_LONG = Text("กำหนดได้ไม่เกิน {most} วัน ตาม {law}", "At most {most} days by {law}.")
_FAR = Text("กำหนดได้ไม่เกิน {most} วัน", "At most {most} days.")


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """On what an order may be based, as it holds from a day on.

    :param words: what the law says, in the letter.
    :param least: code of the figure that says how many days to obey are the least; empty where
        it counts at once.
    :param most: code of the figure that says how long it runs at the most; empty where it runs
        until its cause is gone.
    :param needs: what must have happened to the place before.
    :param anywhere: whether it can be ordered of a place that the register does not have.
    :param appeal: code of the figure that says within how many days it can be challenged.
    """

    code: str
    kind: Kind
    since: date
    title: Text
    law: Text
    words: str
    least: str
    most: str
    needs: Needs
    anywhere: bool
    served_law: Text
    appeal_to: Text
    appeal: str
    source: str
    verified: bool

    @property
    def timed(self) -> bool:
        """Whether so many days belong to it."""
        return bool(self.least or self.most)


class _File(msgspec.Struct):
    about: str
    grounds: tuple[Ground, ...]


_DATA = Path(__file__).parents[1] / "data" / "orders.json"
GROUNDS: tuple[Ground, ...] = msgspec.json.decode(_DATA.read_bytes(), type=_File).grounds


def grounds_on(day: date, entries: Sequence[Ground] = GROUNDS) -> dict[str, Ground]:
    """Return the grounds that hold on a day, by code: of each the last that has begun."""
    begun = sorted((one for one in entries if one.since <= day), key=lambda one: one.since)
    return {one.code: one for one in begun}


def most_days(ground: Ground, limits: Limits, today: date) -> int:
    """Return how many days an order of today may run, or may be given to obey it."""
    if not ground.most:
        return MOST_DAYS
    figure = limits[ground.most].whole
    if ground.most.endswith(".years"):
        return (years_later(today, figure) - today).days
    return figure


def check_days(ground: Ground, days: int, limits: Limits, today: date) -> None:
    """Return when the days of an order are those that the law allows.

    :raises InvalidInput: they are fewer than the least, or more than the most.
    """
    if not ground.timed:
        return
    if ground.least and days < limits[ground.least].whole:
        said = {"given": days, "least": limits[ground.least].whole, "law": ground.law}
        raise InvalidInput({"days": _TOO_SHORT.format(**said)})
    most = most_days(ground, limits, today)
    if not 1 <= days <= most:
        words = _TOO_LONG if ground.most else _FAR
        raise InvalidInput({"days": words.format(most=most, law=ground.law)})


def last_day(ground: Ground, days: int, issued_on: date) -> date | None:
    """Return the last day on which an order runs, the day of issue being the first.

    None where it runs until its cause is gone. Who is told later is bound for less than was
    ordered, never for more.
    """
    return issued_on + timedelta(days=days - 1) if ground.most else None


def obey_by(ground: Ground, days: int, known: date, calendar: Calendar) -> date | None:
    """Return the last day to obey, the day on which it became known not counted.

    None where the order counts at once.
    """
    return due(known, Days(days), calendar) if ground.least else None


def stand_under(
    orders: Sequence[Mapping[str, Any]], base: State, today: date
) -> tuple[State, date | None]:
    """Return how a place stands under the orders that are in force, and until when.

    The hardest counts: revoked, stopped, suspended.

    :param orders: open ones that change how the place stands, with ``kind`` and ``until``.
    :param base: how it stands without any.
    """
    running = [one for one in orders if one["until"] is None or today <= one["until"]]
    kinds = {one["kind"] for one in running}
    if "revoke" in kinds:
        return State.REVOKED, None
    if kinds & {"stop", "ban"}:
        return State.STOPPED, None
    if "suspend" in kinds:
        return State.SUSPENDED, max(one["until"] for one in running if one["kind"] == "suspend")
    return base, None


def last_barred(revoked_on: date, years: int) -> date:
    """Return the last day on which no new licence can be asked for after a revocation.

    The day of the order is not counted.

    Law: Public Health Act B.E. 2535, s. 62.
    """
    day = timedelta(days=1)
    return years_later(revoked_on + day, years) - day
