"""The queue at the counters, and by which words a clerk names a service."""

from collections.abc import Sequence
from enum import StrEnum
from math import ceil
from typing import Annotated

import msgspec

from core.api import Text
from kit.thai import ascii_digits
from plugins.oss.rules.slots import Minutes


class Turn(StrEnum):
    """Where a ticket of the queue stands."""

    WAITING = "waiting"
    CALLED = "called"
    DONE = "done"
    ABSENT = "absent"


class Counters(msgspec.Struct, frozen=True, kw_only=True):
    """The counters of the office.

    :param count: they are numbered from 1.
    :param minutes: how long one visit takes before enough were seen on the day.
    :param services: codes of services in the order of the numbers by which clerks know them;
        all others follow in the order of their titles.
    """

    count: Annotated[int, msgspec.Meta(ge=1, le=99)] = 4
    minutes: Minutes = 6
    services: tuple[str, ...] = (
        "oss.general",
        "oss.street-light",
        "oss.cctv",
        "oss.road",
        "oss.tree",
        "oss.residence-certificate",
    )


def ticket_name(series: str, number: int) -> str:
    """Return what is called out: ``A014``; the thousandth of a day has four digits."""
    return f"{series}{number:03}"


def minutes_of_waiting(waiting: int, *, counters: int, minutes: float) -> int:
    """Return how long the next who comes will wait, in whole minutes rounded up.

    :param waiting: how many wait already.
    :param counters: how many are staffed; none counts as one that will open.
    :param minutes: one visit.
    """
    return ceil(waiting * minutes / max(1, counters))


def find_services(typed: str, titles: Sequence[Text]) -> list[int]:
    """Return which services a clerk means, by their places in the list.

    One number is the place from 1, with or without what follows it on the list; otherwise the
    first letters of a title count, and where none begins so, letters from its midst.
    """
    words = " ".join(ascii_digits(typed).split()).casefold()
    number = words.partition(" ")[0]
    if number.isascii() and number.isdigit():
        place = int(number[:6]) - 1
        return [place] if 0 <= place < len(titles) else []
    names = [(title.th.casefold(), title.en.casefold()) for title in titles]
    for fits in (str.startswith, str.__contains__):
        found = [
            n for n, both in enumerate(names) if words and any(fits(one, words) for one in both)
        ]
        if found:
            exact = [n for n in found if words in names[n]]
            return exact or found
    return []
