"""Message-IDs of ours: from them it is known which letter a mail is about, wherever they stand."""

import re
from uuid import NAMESPACE_URL, UUID, uuid5

from msgspec import Struct

from plugins.eoffice.rules.parcels import Note, Parcel

_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_MARK = re.compile(rf"\b(?:letter\.({_ID})|note\.{_ID}(?:\.({_ID}))?)(?![0-9a-f-])", re.IGNORECASE)


class Mark(Struct, frozen=True):
    """Which mail of ours is meant.

    :param letter: what it was or was about; None of a note about a letter without an id.
    :param is_note: it was a note about the letter.
    """

    letter: UUID | None
    is_note: bool


def reference_of(letter: Parcel) -> str:
    """Return the first part of a letter's Message-ID, which people see as well."""
    return f"letter.{letter.id}"


def letter_id(letter: Parcel) -> str:
    """Return the Message-ID of a letter, the same at every attempt, without angle brackets."""
    return letter.mark or f"{reference_of(letter)}@{_domain(letter.sender.mailbox)}"


def note_id(note: Note) -> str:
    """Return the Message-ID of a note, the same at every attempt, without angle brackets."""
    about = f".{note.letter}" if note.letter else ""
    return f"note.{note.id}{about}@{_domain(note.sender.mailbox)}"


def marks_in(text: str) -> list[Mark]:
    """Return the mails of ours that a text names, each once, in its order."""
    found = [
        Mark(UUID(found) if (found := one[1] or one[2]) else None, one[1] is None)
        for one in _MARK.finditer(text)
    ]
    return list(dict.fromkeys(found))


def id_of(message_id: str, sender: str) -> UUID:
    """Return the id by which we know a mail; nobody else can write one that has the same."""
    return uuid5(NAMESPACE_URL, f"mid:{message_id}\n{sender}")


def _domain(mailbox: str) -> str:
    return mailbox.rpartition("@")[2]
