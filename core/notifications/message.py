"""What a message says, and on which ways it can travel."""

import re
from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

import msgspec

from core.personal import holds_citizen_number
from core.text import Language, Text

_PLACE = re.compile(r"\{([a-z]\w*)\}")
_CHANNEL = re.compile(r"[a-z]{1,20}")
SUBJECT_LENGTH = 300


class Message(msgspec.Struct, frozen=True):
    """The text of a kind of message, with ``{places}`` for facts.

    It says what happened and where to read on; the page behind it says the rest, since
    messages travel and rest where others may read them.

    :param name: ``<plugin>.<what happened>``.
    :param subject: one line.
    :param urgent: somebody waits for it at this moment, as for a code to sign in.
    """

    name: str
    subject: Text
    body: Text
    urgent: bool = False


class Channel(msgspec.Struct, frozen=True):
    """A way on which a plugin delivers messages.

    :param name: unique in the installation, up to 20 small letters, e.g. ``sms`` or ``line``.
    :param takes: what it sends to: an address of this kind, or the account itself.
    :raises ValueError: its name is another.
    """

    name: str
    title: Text
    takes: Literal["account", "email", "phone"]

    def __post_init__(self) -> None:
        if not _CHANNEL.fullmatch(self.name):
            raise ValueError(f"the channel {self.name!r} is not called by up to 20 small letters")


class Notice(msgspec.Struct, frozen=True):
    """A message as a channel gets it, in the language of who receives it.

    :param id: the same at every attempt.
    :param link: the whole address of the page to read on; "" when there is none.
    """

    id: UUID
    account: UUID | None
    address: str
    language: Language
    subject: str
    body: str
    link: str


class Recipient(msgspec.Struct, frozen=True):
    """Who receives a message; what is not known is None."""

    account: UUID | None = None
    email: str | None = None
    phone: str | None = None
    language: Language = "th"

    @property
    def name(self) -> str:
        """What tells this recipient from others, for ever."""
        return str(self.account or self.email or self.phone)


def render(message: Message, facts: Mapping[str, Any]) -> tuple[Text, Text]:
    """Return subject and body with the facts in their places.

    :param facts: texts, numbers, or a :class:`Text` for what differs by language.
    :raises KeyError: the message has a place for which there is no fact.
    :raises ValueError: a citizen's number would be sent.
    """
    subject, body = _fill(message.subject, facts), _fill(message.body, facts)
    for text in (subject.th, subject.en, body.th, body.en):
        if holds_citizen_number(text):
            raise ValueError(f"{message.name}: a message must not hold a citizen's number")
    one_line = Text(*(" ".join(text.split())[:SUBJECT_LENGTH] for text in (subject.th, subject.en)))
    return one_line, body


def _fill(text: Text, facts: Mapping[str, Any]) -> Text:
    return Text(_replace(text.th, facts, "th"), _replace(text.en, facts, "en"))


def _replace(pattern: str, facts: Mapping[str, Any], language: Language) -> str:
    # Not str.format: an office may change the pattern, and "{x.y}" would reach into objects.
    def of(place: re.Match[str]) -> str:
        fact = facts[place[1]]
        if isinstance(fact, Text):
            return fact.to(language)
        if not isinstance(fact, str | int):
            raise TypeError(f"{place[1]} is {type(fact).__name__}: give it as text")
        return str(fact)

    return _PLACE.sub(of, pattern)
