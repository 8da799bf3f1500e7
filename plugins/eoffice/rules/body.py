"""What an officer types as the text of a letter: paragraphs and numbered clauses, nothing else.

A blank line ends a paragraph. A line that begins with ``ข้อ 1``, ``1.``, ``1.1`` or ``(1)``, in
Arabic or Thai digits, begins a clause. Numbers stay as they were typed, for a letter may quote
them; where they skip or repeat, :func:`problems` says so.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from core.api import Text
from kit.thai import ascii_digits

DEEPEST = 3

_NUMBER = "(?:[1-9๑-๙][0-9๐-๙]{0,2})"
_TIME = r"[0-9๐-๙]{1,2}\.[0-9๐-๙]{2}\s*น\.(?!ส)"
# Not what goes on as a figure: 1.5/2569, 1.234,00.
_LABEL = re.compile(
    rf"(?!{_TIME})(?:{_NUMBER}(?:\.{_NUMBER})+\.?|{_NUMBER}\.)(?![0-9๐-๙/,.])"
    rf"|ข้อ[ \t\u00a0]*{_NUMBER}(?=\s|$)"
    rf"|\({_NUMBER}\)(?![0-9๐-๙/,.])"
)
_DIGITS = re.compile("[0-9]+")
# The kinds of clauses: ข้อ 1, 1. on its own or under a ข้อ, 1.1, (1).
_ITEM, _LIST, _POINT, _BRACKET = "ข้อ", "1.", "1.1", "("

_SKIPPED = Text(
    "“{label}” ข้ามลำดับ ตรงนี้ควรเป็น “{expected}” แก้เลขข้อ หรือเติมข้อที่ขาด",
    "“{label}” skips a number; “{expected}” is next. Correct it, or add what is missing.",
)
_REPEATED = Text(
    "“{label}” ซ้ำหรือย้อนลำดับ ตรงนี้ควรเป็น “{expected}” แก้เลขข้อ",
    "“{label}” was used before; “{expected}” is next. Correct it.",
)
_ELSEWHERE = Text(
    "“{label}” ไม่ได้อยู่ใต้ข้อ {parent} แก้เลขข้อ หรือย้ายไปไว้ใต้ข้อ {parent}",
    "“{label}” does not stand under {parent}. Correct it, or move it there.",
)
_TOO_DEEP = Text(
    "“{label}” ย่อยเกินสามชั้น รวมไว้ในข้อที่อยู่เหนือขึ้นไป",
    "“{label}” is more than three levels deep. Put it into the clause above.",
)


class Block(Struct, frozen=True, kw_only=True):
    """A paragraph or a clause.

    :param label: of a clause as typed, ``1.1`` or ``ข้อ ๒``; empty of a paragraph.
    :param text: lines as typed, without spaces at their ends; a clause may have none.
    :param level: 0 of a paragraph, 1 to 3 of a clause.
    """

    text: str
    label: str = ""
    level: int = 0


class Problem(Struct, frozen=True):
    """A number that does not follow.

    :param at: which block, counted from 0.
    """

    at: int
    sentence: Text


class _Step(Struct, frozen=True):
    """One number of a clause with the sign that says of which kind it is."""

    kind: str
    number: int


def read(typed: str) -> tuple[Block, ...]:
    """Return what was typed as blocks; of what is no space nothing is left out."""
    blocks = []
    path: tuple[_Step, ...] = ()
    for label, lines in _parts(typed):
        path = _path(label, path) if label else path
        level = min(len(path), DEEPEST) if label else 0
        blocks.append(Block(text="\n".join(lines), label=label, level=level))
    return tuple(blocks)


def _parts(typed: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the label of every paragraph or clause, and its lines."""
    label, lines = "", list[str]()
    for line in (one.strip() for one in typed.splitlines()):
        found = _LABEL.match(line)
        if found or not line:
            if label or lines:
                yield label, lines
            label, lines = found[0] if found else "", []
        if rest := line[found.end() if found else 0 :].strip():
            lines.append(rest)
    if label or lines:
        yield label, lines


def write(blocks: Sequence[Block]) -> str:
    """Return blocks as an officer would type them; read again they are the same."""
    return "\n\n".join(_written(one) for one in blocks)


def _written(block: Block) -> str:
    line = f"{block.label} {block.text}".strip()
    found = _LABEL.match(line)
    # A number beside its text may be read as a time.
    return line if (found[0] if found else "") == block.label else f"{block.label}\n{block.text}"


def problems(blocks: Sequence[Block]) -> tuple[Problem, ...]:
    """Return where numbers of clauses skip, repeat or stand under another clause, in order."""
    found = []
    before: tuple[_Step, ...] = ()
    for at, one in enumerate(blocks):
        if one.label:
            path = _path(one.label, before)
            # Another list may begin after a paragraph.
            fresh = at == 0 or not blocks[at - 1].label
            if sentence := _wrong(one.label, path, before, fresh=fresh):
                found.append(Problem(at, sentence))
            before = path
    return tuple(found)


def _path(label: str, before: tuple[_Step, ...]) -> tuple[_Step, ...]:
    """Return the numbers from the outermost clause down to this one."""
    numbers = _numbers(label)
    if label.startswith(_ITEM):
        return (_Step(_ITEM, numbers[0]),)
    if label.startswith(_BRACKET):
        above = tuple(one for one in before if one.kind != _BRACKET)
        return (*above, _Step(_BRACKET, numbers[0]))
    list_, *points = (_Step(_LIST, numbers[0]), *(_Step(_POINT, one) for one in numbers[1:]))
    if not before or before[0].kind != _ITEM:
        return (list_, *points)
    item = before[0]
    # 1.1 is the first of 1. where that stands under the ข้อ, and otherwise of ข้อ 1 itself.
    if points and item.number == list_.number and before[1:2] != (list_,):
        return (item, *points)
    return (item, list_, *points)


def _numbers(label: str) -> list[int]:
    return [int(found) for found in _DIGITS.findall(ascii_digits(label))]


def _wrong(
    label: str, path: tuple[_Step, ...], before: tuple[_Step, ...], *, fresh: bool
) -> Text | None:
    *above, last = path
    if len(path) > DEEPEST:
        return _TOO_DEEP.format(label=label)
    if tuple(above) != before[: len(above)]:
        parent = ".".join(str(number) for number in _numbers(label)[:-1])
        return _ELSEWHERE.format(label=label, parent=parent)
    sibling = before[len(above)] if len(before) > len(above) else None
    expected = sibling.number + 1 if sibling and sibling.kind == last.kind else 1
    begins = last.number == 1 and fresh and last.kind != _ITEM and len(_numbers(label)) == 1
    if last.number == expected or begins:
        return None
    sentence = _SKIPPED if last.number > expected else _REPEATED
    return sentence.format(label=label, expected=_renumbered(label, expected))


def _renumbered(label: str, number: int) -> str:
    """Return the label with another last number, in Arabic digits."""
    plain = ascii_digits(label)
    *_, last = _DIGITS.finditer(plain)
    return f"{plain[: last.start()]}{number}{plain[last.end() :]}"
