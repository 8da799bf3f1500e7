"""A register as a table, read row by row; every fault has row and column."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from core.api import Text
from kit.documents import Fault, clean_cell, find_columns
from kit.thai import Unreadable

_SAME = Text(
    "ซ้ำกับแถวที่ {rows} เหลือแถวที่ถูกต้องแถวเดียว",
    "Row {rows} has it too. Leave the row that is right.",
)


class Row(msgspec.Struct, frozen=True):
    """A row without a fault of its own.

    :param at: as a program of tables counts, the heads are row 1.
    :param facts: columns of what is entered.
    """

    at: int
    facts: dict[str, Any]


R = TypeVar("R", bound=Row)


class Parsed(msgspec.Struct, Generic[R], frozen=True):
    """A register that was read.

    :param read: how many rows hold anything.
    :param rows: those without a fault.
    :param faults: all of them, in the order of the rows.
    """

    read: int
    rows: list[R]
    faults: list[Fault]


class Once(msgspec.Struct, Generic[R], frozen=True):
    """What may stand in one row of a file only.

    :param column: beside which a second one is told.
    :param key: is equal for the same.
    :param sentence: tells it; ``{rows}`` are the others.
    """

    column: str
    key: Callable[[R], Any]
    sentence: Text = _SAME


def read_rows(
    table: Sequence[Sequence[Any]],
    columns: Mapping[str, tuple[str, ...]],
    needed: Collection[str],
    *,
    read: Callable[[int, Mapping[str, str]], R | dict[str, Text]],
    once: Sequence[Once[R]] = (),
) -> Parsed[R]:
    """Read a register; empty rows are skipped.

    :param table: at least its heads, which are the first row.
    :param columns: things by what offices call them, as for ``find_columns`` of documents.
    :param needed: the things without which no row can be read.
    :param read: makes a row of its number and its cells, or returns a sentence for each column in
        which something is wrong.
    :param once: what must differ from row to row.
    """
    places, fault = find_columns(table[0], columns, needed)
    if fault:
        return Parsed(0, [], [fault])
    count, rows, faults = 0, list[R](), list[Fault]()
    for at, line in enumerate(table[1:], start=2):
        found = {name: clean_cell(line[n]) for name, n in places.items() if n < len(line)}
        if not any(found.values()):
            continue
        count += 1
        made = read(at, found)
        if isinstance(made, Row):
            rows.append(made)
        else:
            faults += [Fault(at, columns[name][0], said) for name, said in made.items()]
    twice = [one for rule in once for one in _repeated(rows, rule, columns[rule.column][0])]
    bad = {one.row for one in twice}
    ordered = sorted(faults + twice, key=lambda one: one.row)
    return Parsed(count, [row for row in rows if row.at not in bad], ordered)


def read_cells(
    found: Mapping[str, str], readers: Mapping[str, Callable[[str], Any]]
) -> tuple[dict[str, Any], dict[str, Text]]:
    """Return what the cells of a row say, and a sentence for each that is wrong, both by column.

    :param readers: each gets the text of its cell, and raises ``Unreadable``.
    """
    values: dict[str, Any] = {}
    wrong: dict[str, Text] = {}
    for name, read in readers.items():
        try:
            values[name] = read(found.get(name, ""))
        except Unreadable as refusal:
            wrong[name] = refusal.sentence
    return values, wrong


def _repeated(rows: Sequence[R], rule: Once[R], column: str) -> Iterator[Fault]:
    """Yield a fault for each row that is the same as another one."""
    same: dict[Any, list[int]] = defaultdict(list)
    for row in rows:
        same[rule.key(row)].append(row.at)
    for found in same.values():
        for at in found if len(found) > 1 else ():
            others = ", ".join(str(n) for n in found if n != at)
            yield Fault(at, column, rule.sentence.format(rows=others))
