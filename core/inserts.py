"""Inserting rows without the mapper, many in one message: what hot paths do."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from piccolo.table import Table

from core.columns import TSVector

# PostgreSQL takes 32,767 values in one statement; plans stay small with fewer.
MOST_VALUES = 2_000


class Into(NamedTuple):
    """Where rows go.

    :param table: its name, with the schema.
    :param encoded: columns that hold JSON.
    :param vectors: columns of the type ``tsvector``.
    :param unless: columns of a unique constraint; where it is met already nothing is done.
    """

    table: str
    columns: tuple[str, ...]
    encoded: frozenset[str] = frozenset()
    vectors: frozenset[str] = frozenset()
    unless: tuple[str, ...] = ()

    def values(self, row: Mapping[str, Any]) -> list[Any]:
        """Return the values of a row in the order of the columns; what is not given is null.

        :raises KeyError: there is no such column.
        """
        if unknown := row.keys() - self.columns:
            raise KeyError(f"{self.table} has no column {sorted(unknown)}")
        values = list(map(row.get, self.columns))
        for name in self.encoded:
            place = self.columns.index(name)
            if values[place] is not None:
                values[place] = msgspec.json.encode(values[place]).decode()
        return values

    def places(self, begin: int) -> str:
        """Return what stands in a statement for the values of one row, counted from ``begin``."""
        return ", ".join(
            f"${n}::text::tsvector" if name in self.vectors else f"${n}"
            for n, name in enumerate(self.columns, begin)
        )


@lru_cache(maxsize=500)
def into(table: type[Table], *unless: str) -> Into:
    """Return where rows of a table go."""
    return Into(
        table._meta.get_formatted_tablename(),
        tuple(column._meta.name for column in table._meta.columns),
        frozenset(column._meta.name for column in table._meta.json_columns),
        frozenset(
            column._meta.name for column in table._meta.columns if isinstance(column, TSVector)
        ),
        unless,
    )


@lru_cache(maxsize=2_000)
def statement(parts: tuple[tuple[Into, int], ...]) -> str:
    """Return one statement that inserts so many rows into each of the tables."""
    inserts, place = [], 1
    for target, count in parts:
        width = len(target.columns)
        rows = [target.places(begin) for begin in range(place, place + count * width, width)]
        place += count * width
        names = _quoted(target.columns)
        insert = f"INSERT INTO {target.table} ({names}) VALUES ({'), ('.join(rows)})"  # noqa: S608 - our own names
        if target.unless:
            insert += f" ON CONFLICT ({_quoted(target.unless)}) DO NOTHING"
        inserts.append(insert)
    if len(inserts) == 1:
        return inserts[0]
    *before, last = inserts
    return f"WITH {', '.join(f'part{n} AS ({one})' for n, one in enumerate(before))} {last}"


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def statements(
    rows: Sequence[tuple[Into, list[Any]]],
) -> list[tuple[str, list[Any]]]:
    """Return as few statements as will do for all rows, each with its values.

    Rows of one table keep their order.
    """
    places = {target: n for n, target in reversed(list(enumerate(one for one, _ in rows)))}
    ordered = sorted(rows, key=lambda row: places[row[0]])
    done: list[tuple[str, list[Any]]] = []
    while ordered:
        some: list[tuple[Into, list[Any]]] = []
        taken = 0
        for row in ordered:
            taken += len(row[1])
            if some and taken > MOST_VALUES:
                break
            some.append(row)
        ordered = ordered[len(some) :]
        parts = tuple((target, len(list(same))) for target, same in groupby(some, key=_target))
        done.append((statement(parts), [value for _, values in some for value in values]))
    return done


def _target(row: tuple[Into, list[Any]]) -> Into:
    return row[0]
