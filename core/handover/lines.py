"""Rows as lines: written, counted, hashed, read again, and given to the database."""

import hashlib
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from core.handover.manifest import Rows
from core.handover.rows import ENTRIES, HEAD, Row
from core.handover.trail import EXPORTED, IMPORTED

LONGEST = 1 << 28  # bytes of a line
_PIECE = 1 << 16  # bytes given to the database together
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_DECODER = msgspec.json.Decoder(list[str | None])


class Tally:
    """Writes down the rows of one table and counts them.

    The content leaves out what handing over itself writes at the end of the audit trail, and so
    the signed end too: two installations with the same content have the same hash.

    :param name: ``schema.table``.
    :param columns: their types by their names.
    """

    def __init__(self, name: str, columns: Mapping[str, str]) -> None:
        self._columns = columns
        self._count = 0
        self._whole, self._content = hashlib.sha256(), hashlib.sha256()
        self._waiting: list[bytes] = []
        self._action = list(columns).index("action") if name == ENTRIES else None
        self._is_content = name != HEAD
        self.header = self._note(list(columns))

    def add(self, row: Row) -> bytes:
        """Return the next line."""
        self._count += 1
        return self._note(row)

    def _note(self, row: Row) -> bytes:
        line = msgspec.json.encode(row) + b"\n"
        self._whole.update(line)
        self._waiting.append(line)
        handing = self._action is not None and row[self._action] in (EXPORTED, IMPORTED)
        if self._is_content and not handing:
            self._content.update(b"".join(self._waiting))
            self._waiting.clear()
        return line

    def done(self) -> Rows:
        """Return what was counted."""
        return Rows(
            columns=self._columns,
            rows=self._count,
            sha256=self._whole.hexdigest(),
            content=self._content.hexdigest(),
        )


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a part, first the names of the columns.

    :raises ValueError: a line is none.
    """
    with path.open("rb") as file:
        while line := file.readline(LONGEST):
            yield _DECODER.decode(line)


async def for_copy(rows: Iterable[Row]) -> AsyncIterator[bytes]:
    """Yield rows as ``COPY`` takes them, in pieces."""
    piece, size = [], 0
    for row in rows:
        values = ("\\N" if one is None else one.translate(_ESCAPES) for one in row)
        line = ("\t".join(values) + "\n").encode()
        piece.append(line)
        size += len(line)
        if size >= _PIECE:
            yield b"".join(piece)
            piece, size = [], 0
    yield b"".join(piece)
