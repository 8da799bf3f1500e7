"""The checklist of a curator, as a form that may be kept half-filled."""

from contrib.catalog.rules.checklist import ANSWERS, POINTS, Point, words_of
from core.api import Text
from kit.forms import AnyField, Choice, Groups, Lines, Option

_ANSWER = Text("ผลตรวจ", "Answer")
_WORDS = Text("ตรวจอย่างไร พบอะไร", "How it was looked at, and what was found")


def _fields(point: Point) -> tuple[AnyField, ...]:
    options = tuple(Option(code, words) for code, words in ANSWERS.items())
    return (
        Choice(point.code, _ANSWER, options=options, required=False),
        Lines(words_of(point.code), _WORDS, longest=500, required=False),
    )


CHECKLIST: Groups = tuple((one.title, _fields(one)) for one in POINTS)
