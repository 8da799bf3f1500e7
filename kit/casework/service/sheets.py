"""Figures as tables: what a page shows and what other programs open."""

import msgspec

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
