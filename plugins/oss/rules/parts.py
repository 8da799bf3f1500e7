"""What an officer does to the parts of a service: its questions, documents and steps.

Everything is a function from one declaration to the next, which may have faults; those
are found before it is published.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from core.api import Conflict, Text
from kit.casework import Document, Outcome, Service, Step
from kit.forms import AnyField, Choice, Choices, Line

Kind = Literal["questions", "documents", "steps"]
Part = AnyField | Document | Step
# A part as it stands in its list; the heading of a page stands before its first question.
Row = Part | Text

_TOO_MANY = Text(
    "มี{what}ครบ {most} รายการแล้ว รวมหรือลบของเดิมก่อนเพิ่ม",
    "There are {most} {what} already. Join or remove some before you add one.",
)
_DECIDING = (Outcome.APPROVED, Outcome.REFUSED)


class Kept(msgspec.Struct, frozen=True):
    """Where a kind of part is kept in a declaration.

    :param key: the attribute by which one is told from another.
    :param prefix: what the names of new ones begin with.
    """

    attribute: str
    key: str
    prefix: str
    most: int
    title: Text


KEPT: Mapping[Kind, Kept] = {
    "questions": Kept("form", "name", "f", 100, Text("คำถาม", "questions")),
    "documents": Kept("documents", "code", "d", 30, Text("เอกสาร", "documents")),
    "steps": Kept("steps", "code", "s", 20, Text("ขั้นตอน", "steps")),
}


class Names:
    """Gives names to new parts, none of them twice in the life of a service.

    :ivar given: how many were given so far.
    """

    def __init__(self, given: int) -> None:
        self.given = given

    def new(self, prefix: str) -> str:
        """Return the next name."""
        self.given += 1
        return f"{prefix}{self.given}"


Change = Callable[[Service, Names], Service]


def key_of(kind: Kind, part: Row) -> str:
    """Return by what a part is known: empty for a new one, and for the heading of a page."""
    return str(getattr(part, KEPT[kind].key, ""))


def parts_of(service: Service, kind: Kind) -> Sequence[Part]:
    """Return the parts of a kind in their order."""
    parts: Sequence[Part] = getattr(service, KEPT[kind].attribute)
    return parts


def find_part(service: Service, kind: Kind, key: str) -> Part | None:
    """Return a part; None where there is none of this name."""
    return next((one for one in parts_of(service, kind) if key_of(kind, one) == key), None)


def names_in(service: Service) -> int:
    """Return the greatest number in the names of a service, so that none is given again."""
    names = [key_of(kind, one) for kind in KEPT for one in parts_of(service, kind)]
    chosen = [one for one in service.form if isinstance(one, Choice | Choices)]
    names += [option.code for one in chosen for option in one.options]
    return max((_number(name) for name in names), default=0)


def _number(name: str) -> int:
    digits = name[1:]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else 0


def check_room(service: Service, kind: Kind) -> None:
    """Let through who may add one more part.

    :raises Conflict: there are as many as there may be.
    """
    kept = KEPT[kind]
    if len(parts_of(service, kind)) >= kept.most:
        raise Conflict(_TOO_MANY.format(what=kept.title, most=kept.most))


def put(
    service: Service, names: Names, kind: Kind, part: Part, heading: Text | None = None
) -> Service:
    """Change a part, or add it at the end when it has no name yet.

    :param heading: of the page that begins at a question; None: it is on the page before.
    :raises Conflict: there are as many as there may be.
    """
    kept, rows = KEPT[kind], rows_of(service, kind)
    if not key_of(kind, part):
        check_room(service, kind)
        part = replace(part, **{kept.key: names.new(kept.prefix)})
    place = _place(rows, kind, key_of(kind, part))
    headed = 0 < place < len(rows) and isinstance(rows[place - 1], Text)
    rows[place - headed : place + 1] = [heading, part] if heading else [part]
    return _with_rows(service, kind, rows)


def remove(service: Service, kind: Kind, key: str) -> Service:
    """Leave a part out; what names it elsewhere becomes a fault."""
    rows = [row for row in rows_of(service, kind) if not key or key_of(kind, row) != key]
    return _with_rows(service, kind, rows)


def move(service: Service, kind: Kind, key: str, by: Literal[-1, 1]) -> Service:
    """Move a part one place up (-1) or down (1); a question also over the heading of a page."""
    rows = rows_of(service, kind)
    at = _place(rows, kind, key)
    to = at + by
    # Nothing comes before the heading of the first page.
    if not key or max(at, to) >= len(rows) or to < 0 or (to == 0 and isinstance(rows[0], Text)):
        return service
    rows[at], rows[to] = rows[to], rows[at]
    return _with_rows(service, kind, rows)


def may_name(service: Service) -> list[Line]:
    """Return the questions that can name the matter in a list: short, and of nobody's own."""
    return [one for one in service.form if isinstance(one, Line) and not one.personal]


def name_subject(service: Service, key: str) -> Service:
    """Let a question name the matter; none does when it cannot."""
    able = any(one.name == key for one in may_name(service))
    return replace(service, subject=key if able else None)


def rows_of(service: Service, kind: Kind) -> list[Row]:
    """Return the parts in their order, with the headings of the pages among the questions."""
    if kind != "questions":
        return list(parts_of(service, kind))
    rows: list[Row] = []
    before: Text | None = None
    for field in service.form:
        if field.step is not None and field.step != before:
            rows.append(field.step)
        rows.append(field)
        before = field.step
    return rows


def _place(rows: Sequence[Row], kind: Kind, key: str) -> int:
    """Return where a part stands; behind all when it is not among them."""
    places = (place for place, row in enumerate(rows) if key_of(kind, row) == key)
    return next(places, len(rows))


def _with_rows(service: Service, kind: Kind, rows: Sequence[Row]) -> Service:
    return replace(service, **{KEPT[kind].attribute: tuple(_SETTLED[kind](rows))})


def _on_pages(rows: Sequence[Any]) -> Iterator[AnyField]:
    """Yield the questions, each on the page whose heading stands before it."""
    heading: Text | None = None
    for row in rows:
        if isinstance(row, Text):
            heading = row
        else:
            yield replace(row, step=heading)


def _with_ends(steps: Sequence[Any]) -> Iterator[Step]:
    """Yield the steps: the last one decides, an earlier one can at most refuse."""
    for place, step in enumerate(steps, 1):
        if place == len(steps):
            yield replace(step, ends=_DECIDING)
        else:
            yield replace(step, ends=() if Outcome.APPROVED in step.ends else step.ends)


_SETTLED: Mapping[Kind, Callable[[Sequence[Any]], Iterator[Any]]] = {
    "questions": _on_pages,
    "documents": iter,
    "steps": _with_ends,
}
