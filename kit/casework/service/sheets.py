"""Figures as tables: what a page shows and what other programs open."""

import csv
import io
from collections.abc import Sequence

import msgspec

# What a program of tables would take for a formula, not for a text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARK = "\ufeff"  # without it Excel takes Thai for something else

Cell = str | int | None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a table.

    :param cells: the first names the line.
    :param href: where its figures are shown in detail; "" where there is no more.
    """

    cells: tuple[Cell, ...]
    href: str = ""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A table, its words in the reader's language.

    :param percent: which column is a share of a hundred, from 0.
    :param texts: how many columns from the left are words, not numbers.
    :param apart: how many columns from the right only other programs are given.
    """

    name: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    percent: int
    texts: int = 1
    apart: int = 0


def csv_of(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return a table as CSV (RFC 4180) in UTF-8 with its mark; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return (_MARK + text.getvalue()).encode()


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
