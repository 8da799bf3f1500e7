"""A file of bytes as lines, with memory for one piece of it whatever it holds."""

from collections.abc import Iterator
from typing import BinaryIO

# A line of more bytes is cut: it is refused for its length, and how long it was tells nobody more.
LONGEST = 1_024
_PIECE = 256 * 1_024


def cut(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines without their ends, which are CRLF, LF or CR."""
    rest = b""
    while piece := file.read(_PIECE):
        data = rest + piece
        # A return at the very end may be the first half of CRLF.
        end = len(data) - data.endswith(b"\r")
        whole = max(data.rfind(b"\n", 0, end), data.rfind(b"\r", 0, end)) + 1
        rest = data[whole:]
        if not whole:
            rest = rest[:LONGEST]
        yield from data[:whole].splitlines()
    yield from rest.splitlines()
