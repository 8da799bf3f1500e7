"""A list whose every entry is said in Thai and in English, with as many rows as are wanted."""

from collections.abc import Sequence

import msgspec

from core.api import InvalidInput, Text
from kit.forms import Posted, first

MORE = 3  # rows that are added at once
_LANGUAGES = ("th", "en")
_BOTH = Text("กรอกทั้งภาษาไทยและภาษาอังกฤษ หรือเว้นว่างทั้งสองช่อง", "Fill in both languages, or neither.")
_TOO_LONG = Text(
    "ข้อความยาวเกิน {longest} ตัวอักษร ย่อให้สั้นลง",
    "This has more than {longest} characters. Shorten it.",
)
_TOO_MANY = Text(
    "มีได้ไม่เกิน {most} รายการ ตอนนี้มี {count} ลบออกบางรายการ",
    "At most {most} are taken and there are {count}. Remove some.",
)


class Pair(msgspec.Struct, frozen=True):
    """An entry; its id is empty while it is new."""

    id: str = ""
    th: str = ""
    en: str = ""


class Pairs(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked: the list as it stands, and its limits.

    :param name: of the list, and the beginning of the names of its controls.
    :param longest: characters of one text.
    """

    name: str
    title: Text
    help: Text
    given: tuple[Pair, ...]
    most: int
    longest: int

    def control(self, row: int, part: str) -> str:
        """Return the name and id of a control."""
        return f"{self.name}.{row}.{part}"

    def shown(self) -> list[Pair]:
        """Return the rows of a fresh page: what is there, and some to fill in."""
        return [*self.given, *[Pair()] * MORE][: max(self.most, len(self.given))]

    def typed(self, posted: Posted) -> list[Pair]:
        """Return the rows as they were posted, also empty ones; of too many, as many as fit."""
        count = first(posted, f"{self.name}.count")
        rows = int(count) if count.isascii() and count.isdigit() and len(count) < 5 else 0
        known = {one.id for one in self.given}
        found = []
        for row in range(min(rows, self.most + MORE)):
            id, th, en = (first(posted, self.control(row, part)) for part in ("id", "th", "en"))
            room = self.longest * 2
            found.append(Pair(id if id in known else "", _clean(th[:room]), _clean(en[:room])))
            known.discard(id)
        return found

    def read(self, typed: Sequence[Pair]) -> tuple[Pair, ...]:
        """Return the rows that are filled in.

        :raises InvalidInput: a sentence for each control that is wrong.
        """
        problems: dict[str, Text] = {}
        for row, pair in enumerate(typed):
            for part in _LANGUAGES:
                problem = self._problem(pair, getattr(pair, part))
                if problem:
                    problems[self.control(row, part)] = problem
        filled = tuple(one for one in typed if one.th)
        if len(filled) > self.most:
            too_many = _TOO_MANY.format(most=self.most, count=len(filled))
            problems.setdefault(self.control(0, "th"), too_many)
        if problems:
            raise InvalidInput(problems)
        return filled

    def _problem(self, pair: Pair, text: str) -> Text | None:
        if not text:
            return _BOTH if pair.th or pair.en else None
        if len(text) > self.longest:
            return _TOO_LONG.format(longest=self.longest)
        return None


def arrange(rows: Sequence[Pair], act: str) -> list[Pair]:
    """Return the rows after a button beside them: ``more``, ``up.2``, ``down.2``, ``drop.2``."""
    verb, _, place = act.partition(".")
    arranged = list(rows)
    if verb == "more":
        return [*arranged, *[Pair()] * MORE]
    at = int(place) if place.isascii() and place.isdigit() and len(place) < 5 else len(arranged)
    to = at + {"up": -1, "down": 1}.get(verb, 0)
    if not (0 <= at < len(arranged) and 0 <= to < len(arranged)):
        return arranged
    if verb == "drop":
        del arranged[at]
    else:
        arranged[at], arranged[to] = arranged[to], arranged[at]
    return arranged


def _clean(text: str) -> str:
    """Return one line without characters that nobody sees; control characters are not kept."""
    return " ".join("".join(one for one in text if one.isprintable() or one.isspace()).split())
