"""Uploads in pieces, for lines that break: what has arrived stays, the rest is sent again.

A browser begins an upload, sends pieces in order and is told how far it got. The file is
looked at when it is whole; here nothing is opened but its first bytes.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from core.api import Conflict, NotFound, Text, TooLarge, TooMany
from kit.documents.files import LARGEST, kind_of
from kit.documents.refusals import MEGABYTE, too_large

# Small enough that a weak line loses little, large enough that twenty make the largest file.
LARGEST_PIECE = MEGABYTE
# Unfinished uploads of one tenant; with the largest file 10 GB at most.
MOST_AT_ONCE = 500

_TENANT = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_ID = re.compile(r"[0-9a-f]{32}")

_GONE = Text(
    "ไม่พบไฟล์ที่ส่งค้างไว้ อาจส่งไว้นานเกินไป แนบไฟล์ใหม่อีกครั้ง",
    "The unfinished file is gone, perhaps it waited too long. Attach it again.",
)
_ELSEWHERE = Text(
    "ไฟล์นี้มาถึงแล้ว {received} ไบต์ ส่งต่อจากตรงนั้น",
    "{received} bytes of this file have arrived. Go on from there.",
)
_NOT_WHOLE = Text(
    "ไฟล์ยังมาไม่ครบ มาถึงแล้ว {received} จาก {total} ไบต์",
    "The file is not whole: {received} of {total} bytes have arrived.",
)
_PIECE_TOO_LARGE = Text(
    "ส่งครั้งละไม่เกิน {limit} ไบต์ และรวมไม่เกินขนาดของไฟล์",
    "Send at most {limit} bytes at a time, and no more than the file has.",
)
_TOO_MANY = Text(
    "มีไฟล์ที่ส่งค้างอยู่มาก รอ 10 นาทีแล้วแนบใหม่ สิ่งที่กรอกไว้ยังอยู่",
    "Many files are being sent. Wait 10 minutes and attach it again; what you wrote is kept.",
)


class WrongOffset(Conflict):
    """The piece does not begin where the file ends.

    :param received: how many bytes have arrived: where the next piece begins.
    """

    def __init__(self, received: int) -> None:
        super().__init__(_ELSEWHERE.format(received=received))
        self.received = received


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way.

    :param path: where its bytes are; for :func:`kit.documents.inspect` once it is whole.
    :param total: how many bytes it will have.
    """

    name: str
    path: Path
    total: int
    received: int


class _Note(msgspec.Struct, frozen=True):
    """What is kept beside the bytes."""

    name: str
    total: int


class Uploads:
    """The unfinished files of all tenants.

    :param root: a folder of its own, outside everything that is served.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def begin(self, tenant: str, *, total: int, name: str) -> str:
        """Return the id of a new upload, which only its sender learns.

        :param total: bytes.
        :raises FileRefused: the file is too large.
        :raises TooMany: many uploads of this tenant are unfinished.
        """
        if total > LARGEST:
            raise too_large(total, LARGEST)
        folder = self._folder(tenant)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if sum(1 for _ in folder.glob("*.part")) >= MOST_AT_ONCE:
            raise TooMany(_TOO_MANY, retry_after=600)
        key = secrets.token_hex(16)
        (folder / f"{key}.json").write_bytes(msgspec.json.encode(_Note(name, total)))
        (folder / f"{key}.part").touch(mode=0o600)
        return key

    def append(self, tenant: str, key: str, *, offset: int, piece: bytes) -> int:
        """Write a piece and return how many bytes have arrived.

        A piece that is sent twice at the same moment writes the same bytes to the same place.

        :raises WrongOffset: the piece begins elsewhere; a piece that came before, whose answer
            was lost, is one of these.
        :raises FileRefused: the first bytes are not those of a picture or PDF file.
        """
        upload = self.get(tenant, key)
        if offset != upload.received:
            raise WrongOffset(upload.received)
        if len(piece) > LARGEST_PIECE or offset + len(piece) > upload.total:
            raise TooLarge(_PIECE_TOO_LARGE.format(limit=LARGEST_PIECE))
        if offset == 0:
            kind_of(piece)
        with upload.path.open("r+b") as file:
            file.seek(offset)
            file.write(piece)
        return offset + len(piece)

    def get(self, tenant: str, key: str) -> Upload:
        """Return how far an upload got.

        :raises NotFound: there is none, or it was swept away.
        """
        if not _ID.fullmatch(key):
            raise NotFound(_GONE)
        path = self._folder(tenant) / f"{key}.part"
        try:
            note = msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=_Note)
            return Upload(note.name, path, note.total, path.stat().st_size)
        except FileNotFoundError as missing:
            raise NotFound(_GONE) from missing

    def finish(self, tenant: str, key: str) -> Upload:
        """Return the upload once it is whole; it stays until it is discarded.

        :raises Conflict: bytes are missing.
        """
        upload = self.get(tenant, key)
        if upload.received != upload.total:
            raise Conflict(_NOT_WHOLE.format(received=upload.received, total=upload.total))
        return upload

    def discard(self, tenant: str, key: str) -> None:
        """Delete an upload; one that is gone is no error."""
        if _ID.fullmatch(key):
            _remove(self._folder(tenant) / f"{key}.part")

    def sweep(self, before: datetime) -> int:
        """Delete what nobody has gone on with, and return how many files that were.

        :param before: aware; uploads that were last written to earlier go.
        """
        stale = [
            path
            for path in self._root.glob("*/*.part")
            if path.stat().st_mtime < before.timestamp()
        ]
        for path in stale:
            _remove(path)
        return len(stale)

    def _folder(self, tenant: str) -> Path:
        # A bug in the caller must not become a way to other folders.
        if not _TENANT.fullmatch(tenant):
            raise ValueError(f"{tenant!r} is no tenant")
        return self._root / tenant


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_suffix(".json").unlink(missing_ok=True)
