"""What a person means by a reply: only what can be meant in one way counts."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from kit.thai import Unreadable, ascii_digits, parse_day
from plugins.eoffice.rules.mail_wordings import (
    ATTRIBUTES,
    DATED_ON,
    LETTER_NUMBER,
    MENTIONED,
    NUMBERED,
    POLITE,
    QUOTES,
    RECEIVED,
    RECEIVED_ON,
    UNSURE,
)

_LONGEST_SAID = 2_000
# Longer, and it says more than that something was received.
_LONGEST_SURE = 800
_FIRST_LINES = 2_000


class Reply(Struct, frozen=True):
    """What a person answered.

    :param said: the words without what they quote, up to 2,000 characters.
    :param number: in the register of who received it; empty unless accepted.
    """

    kind: Literal["received", "accepted", "said"]
    said: str
    number: str = ""
    received_on: date | None = None


def read_reply(text: str, sent: Iterable[str]) -> Reply:
    """Read what somebody wrote above, below or between the lines of what we sent.

    :param sent: the lines of ours, which are nobody's answer.
    """
    said = own_words(text, sent)[:_LONGEST_SAID]
    told = POLITE.sub("", ascii_digits(said))
    if len(said) > _LONGEST_SURE or UNSURE.search(told):
        return Reply("said", said)
    numbers = list(NUMBERED.finditer(told))
    found = {re.sub(r"\s", "", one["number"]) for one in numbers}
    if len(found) == 1:
        return Reply(
            "accepted", said, found.pop(), _day(RECEIVED_ON.match(told[numbers[0].end() :]))
        )
    if not found and RECEIVED.search(told) and not MENTIONED.search(told):
        return Reply("received", said)
    return Reply("said", said)


def own_words(text: str, sent: Iterable[str]) -> str:
    """Return what was written by the sender of a mail: without quotations."""
    known = {_bare(line) for line in sent} - {""}
    kept = (line for line in _until_quoted(text.split("\n")) if _bare(line) not in known)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def named_letter(subject: str, text: str) -> tuple[str, date | None]:
    """Return number and day of the letter that a mail speaks of first; empty and None if unsaid."""
    told = ascii_digits(f"{subject}\n{text[:_FIRST_LINES]}")
    number, day = LETTER_NUMBER.search(told), DATED_ON.search(told)
    return " ".join(number["number"].split()) if number else "", _day(day)


def _until_quoted(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        bare = line.strip()
        if QUOTES.match(bare):
            return
        if not bare.startswith(">") and not ATTRIBUTES.match(bare[:300]):
            yield bare


def _bare(line: str) -> str:
    return "".join(line.split())


def _day(found: re.Match[str] | None) -> date | None:
    try:
        return parse_day(found["day"], found["month"], found["year"]) if found else None
    except Unreadable:
        return None
