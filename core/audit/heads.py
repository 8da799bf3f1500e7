"""Signed ends kept outside the database, so that a trail cut there is found here.

``<data>/audit/<tenant>.heads`` has a line for every sealing. The last one is what counts;
the file only grows, so it can be marked append-only or copied away line by line.
"""

import os
from pathlib import Path

import msgspec

from core.audit.chain import Head

_LONGEST = 4096  # bytes of a line, many times over


class HeadFileDamaged(Exception):
    """The last whole line is no head of this municipality: somebody wrote there."""


def folder(data: Path) -> Path:
    """Return where the files are, below the installation's folder."""
    return data / "audit"


def path(data: Path, tenant: str) -> Path:
    """Return where the heads of a municipality are."""
    return folder(data) / f"{tenant}.heads"


def append(data: Path, head: Head) -> None:
    """Add a head; when it returns the line is on the disk."""
    where = path(data, head.tenant)
    where.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(where, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "rb+", buffering=0) as file:
        size = os.fstat(descriptor).st_size
        # A line that a power cut left unfinished stays alone.
        begin = b"\n" if size and os.pread(descriptor, 1, size - 1) != b"\n" else b""
        file.write(begin + msgspec.json.encode(head) + b"\n")
        os.fsync(descriptor)


def last(data: Path, tenant: str) -> Head | None:
    """Return the last head that was kept; None when none ever was.

    :raises HeadFileDamaged: the last whole line is no head of this municipality.
    """
    try:
        with path(data, tenant).open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 2 * _LONGEST))
            lines = file.read().split(b"\n")[:-1]
    except FileNotFoundError:
        return None
    if not lines:
        return None
    try:
        head = msgspec.json.decode(lines[-1], type=Head)
    except msgspec.DecodeError as problem:
        raise HeadFileDamaged(str(path(data, tenant))) from problem
    if head.tenant != tenant:
        raise HeadFileDamaged(str(path(data, tenant)))
    return head


def tenants(data: Path) -> list[str]:
    """Return the municipalities of which heads were kept, in the order of the alphabet."""
    return sorted(one.stem for one in folder(data).glob("*.heads"))
