"""A document of the office from what an officer typed: its fields as text, its contents as printed.

What is typed is kept as typed, by part of the form, so that it can be changed until it is signed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core.api import Text
from kit.documents import Office, Scan, Signer
from kit.thai import long_day, paper_day
from plugins.eoffice.rules import body
from plugins.eoffice.rules.contents import (
    FORMS,
    Agenda,
    Attendant,
    Document,
    Enclosure,
)
from plugins.eoffice.rules.kinds import KINDS, mark_of
from plugins.eoffice.rules.parcels import Secrecy, Speed

Fields = Mapping[str, str]

# Parts that are printed but not typed.
GIVEN = frozenset({"number", "signer", "speed", "secrecy", "checker"})
_POINT = "ระเบียบวาระที่"
_NUMBERING = Text("ข้อความ: {sentence}", "Text: {sentence}")
_NO_POINT = Text(
    "เริ่มแต่ละวาระด้วยบรรทัด “ระเบียบวาระที่ 1 เรื่อง…”",
    "Begin every point with the Thai words for agenda item and its number.",
)


def problems(kind: str, fields: Fields) -> dict[str, Text]:
    """Return what is wrong with the text of a document, by part: clauses that skip a number."""
    found = {}
    for part in ("body", "agenda"):
        if part in parts_of(kind) and fields.get(part):
            wrong = body.problems(body.read(fields[part]))
            if wrong:
                found[part] = _NUMBERING.format(sentence=wrong[0].sentence)
    if fields.get("agenda") and not _agenda(fields["agenda"]):
        found["agenda"] = _NO_POINT
    return found


def parts_of(kind: str) -> Sequence[str]:
    """Return the parts of a kind that an officer types, in the order of its form."""
    return [part.code for part in KINDS[kind].parts if part.code not in GIVEN]


def document(
    kind: str,
    fields: Fields,
    *,
    number: str,
    at: datetime,
    office: Office,
    signer: Signer,
    speed: Speed,
    secrecy: Secrecy,
    verify: Scan | None,
) -> Document:
    """Return what is printed.

    :param at: when it is signed, in the zone of the office; its day stands on the document.
    :param number: empty on a draft.
    """
    known = KINDS[kind]
    day = paper_day(at.date()) if known.era else long_day(at.date(), "th")
    given: dict[str, Any] = {
        "title": known.title.th,
        "number": number,
        "date": day if number or not known.book else "",
        "issued_at": at,
        "office": office,
        "verify": verify,
        "speed": mark_of(speed),
        "secrecy": mark_of(secrecy),
    }
    form = FORMS[kind]
    typed = {part: _value(part, fields.get(part, "")) for part in parts_of(kind)}
    if "signer" in form.__struct_fields__:
        given["signer"] = signer
    return form(**{**given, **typed})


def _value(part: str, typed: str) -> Any:
    match part:
        case "body":
            return body.read(typed)
        case "agenda":
            return _agenda(typed)
        case "references" | "unit" | "copies":
            return lines(typed)
        case "enclosures":
            return [Enclosure(*_split(line, 2)) for line in lines(typed)]
        case "present" | "absent" | "attending":
            return [Attendant(*_split(line, 3)) for line in lines(typed)]
        case _:
            return typed


def lines(typed: str) -> list[str]:
    """Return the lines that hold something."""
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _split(line: str, most: int) -> list[str]:
    """Return the parts of a line between strokes, up to so many."""
    return [part.strip() for part in line.split("|", most - 1)]


def _agenda(typed: str) -> list[Agenda]:
    points: list[tuple[str, list[str]]] = []
    for line in typed.splitlines():
        if line.strip().startswith(_POINT):
            rest = line.strip().removeprefix(_POINT).strip().lstrip("0123456789๐๑๒๓๔๕๖๗๘๙ ")
            points.append((rest, []))
        elif points:
            points[-1][1].append(line)
    return [Agenda(subject, body.read("\n".join(some))) for subject, some in points]
