"""Uploads in pieces, for lines that break: what has arrived stays, the rest is sent again.

A browser begins an upload, sends pieces in order and is told how far it got. The file is
looked at when it is whole; here nothing is opened but its first bytes. Each upload belongs to
an owner, e.g. ``draft/<id>``, and nobody who does not name that owner finds it. What was
acknowledged is on the disk: it outlives the process and the machine.
"""

import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from core.api import Conflict, NotFound, Text, TooLarge, TooMany
from kit.documents.files import LARGEST, kind_of
from kit.documents.refusals import EMPTY, MEGABYTE, FileRefused, too_large
from kit.documents.store import sync_folder

# Small enough that a weak line loses little, large enough that twenty make the largest file.
LARGEST_PIECE = MEGABYTE
# Unfinished uploads of one tenant; with the largest file 10 GB at most.
MOST_AT_ONCE = 500
MOST_OF_OWNER = 20

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
_TOO_MANY_HERE = Text(
    "มีไฟล์ที่ส่งค้างอยู่ {most} ไฟล์แล้ว รอให้ครบหรือลบไฟล์ที่ค้างก่อน",
    "{most} files are on their way already. Wait for them, or remove some first.",
)


class WrongOffset(Conflict):
    """The piece does not begin where the file ends.

    :param received: how many bytes have arrived: where the next piece begins.
    """

    def __init__(self, received: int) -> None:
        super().__init__(_ELSEWHERE.format(received=received))
        self.received = received


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """What the sender says of a file before it comes.

    :param name: as the browser knows it; only ever shown.
    :param total: bytes.
    :param document: for which document, or which field, it is meant.
    :param mark: tells one file on the sender's device from another of the same name and size.
    """

    name: str
    total: int
    document: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way.

    :param path: where its bytes are; for :func:`kit.documents.inspect_async` once it is whole.
    :param result: what became of it, once that is known; its bytes are gone then.
    """

    key: str
    begun: Begun
    path: Path
    received: int
    result: dict[str, str] | None


class _Note(msgspec.Struct, frozen=True):
    """What is kept beside the bytes."""

    begun: Begun
    result: dict[str, str] | None = None


class Uploads:
    """The unfinished files of one tenant.

    :param root: a folder of its own, outside everything that is served.
    """

    def __init__(self, root: Path, tenant: str) -> None:
        # A bug in the caller must not become a way to other folders.
        if not _TENANT.fullmatch(tenant):
            raise ValueError(f"{tenant!r} is no tenant")
        self._folder = root / tenant

    def begin(self, owner: str, begun: Begun, *, largest: int = LARGEST) -> Upload:
        """Return a new upload, or that of the same file which was begun before.

        :param largest: bytes that the file may have.
        :raises FileRefused: the file is empty or too large.
        :raises TooMany: many uploads of this owner or tenant are unfinished.
        """
        if begun.total > largest:
            raise too_large(begun.total, largest)
        if begun.total <= 0:
            raise FileRefused(EMPTY)
        before = self.of(owner)
        for one in before:
            if one.begun == begun and begun.mark:
                return one
        if sum(one.result is None for one in before) >= MOST_OF_OWNER:
            raise TooMany(_TOO_MANY_HERE.format(most=MOST_OF_OWNER), retry_after=600)
        if sum(1 for _ in self._folder.glob("*/*.part")) >= MOST_AT_ONCE:
            raise TooMany(_TOO_MANY, retry_after=600)
        folder = self._of(owner)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = secrets.token_hex(16)
        (folder / f"{key}.part").touch(mode=0o600)
        _write(folder / f"{key}.json", _Note(begun))
        return self.get(owner, key)

    def append(self, owner: str, key: str, *, offset: int, piece: bytes) -> Upload:
        """Write a piece and return how far the upload got, once that is on the disk.

        A piece that is sent twice at the same moment writes the same bytes to the same place.

        :raises WrongOffset: the piece begins elsewhere; a piece that came before, whose answer
            was lost, is one of these.
        :raises FileRefused: the first bytes are not those of a picture or PDF file; the upload
            is gone then.
        """
        upload = self.get(owner, key)
        if offset != upload.received:
            raise WrongOffset(upload.received)
        if len(piece) > LARGEST_PIECE or offset + len(piece) > upload.begun.total:
            raise TooLarge(_PIECE_TOO_LARGE.format(limit=LARGEST_PIECE))
        if not piece:
            return upload
        if offset == 0:
            self._refuse_foreign(owner, key, piece)
        with upload.path.open("r+b") as file:
            file.seek(offset)
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        return self.get(owner, key)

    def _refuse_foreign(self, owner: str, key: str, head: bytes) -> None:
        try:
            kind_of(head)
        except FileRefused:
            self.discard(owner, key)
            raise

    def get(self, owner: str, key: str) -> Upload:
        """Return how far an upload got.

        :raises NotFound: this owner has none of this id, or it was swept away.
        """
        if not _ID.fullmatch(key):
            raise NotFound(_GONE)
        path = self._of(owner) / f"{key}.part"
        try:
            note = msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=_Note)
            received = note.begun.total if note.result else path.stat().st_size
        except FileNotFoundError as missing:
            raise NotFound(_GONE) from missing
        return Upload(key, note.begun, path, received, note.result)

    def of(self, owner: str) -> list[Upload]:
        """Return the uploads of an owner, those whose end is known too, in the order of begin."""
        return sorted(
            self._found(owner), key=lambda one: one.path.with_suffix(".json").stat().st_ctime
        )

    def _found(self, owner: str) -> Iterator[Upload]:
        for path in self._of(owner).glob("*.json"):
            try:
                yield self.get(owner, path.stem)
            except NotFound:
                continue  # it was finished or discarded at this moment

    def finish(self, owner: str, key: str) -> Upload:
        """Return the upload once it is whole; it stays until it is closed or discarded.

        :raises Conflict: bytes are missing.
        """
        upload = self.get(owner, key)
        if upload.received != upload.begun.total:
            raise Conflict(_NOT_WHOLE.format(received=upload.received, total=upload.begun.total))
        return upload

    def close(self, owner: str, key: str, result: dict[str, str]) -> None:
        """Note what became of a whole upload, for a sender whom the answer did not reach."""
        upload = self.get(owner, key)
        _write(upload.path.with_suffix(".json"), _Note(upload.begun, result))
        upload.path.unlink(missing_ok=True)

    def discard(self, owner: str, key: str) -> None:
        """Delete an upload; one that is gone is no error."""
        if _ID.fullmatch(key):
            _remove(self._of(owner) / f"{key}.json")

    def sweep(self, before: datetime) -> int:
        """Delete what nobody has gone on with, and return how many uploads that were.

        :param before: aware; uploads that were last written to earlier go.
        """
        moment = before.timestamp()
        stale = [path for path in self._folder.glob("*/*.json") if _touched(path) < moment]
        for path in stale:
            _remove(path)
        for folder in self._folder.glob("*"):
            if folder.stat().st_mtime < moment and not any(folder.iterdir()):
                folder.rmdir()
        return len(stale)

    def _of(self, owner: str) -> Path:
        return self._folder / sha256(owner.encode()).hexdigest()[:32]


def _write(path: Path, note: _Note) -> None:
    """Write the note whole or not at all, to the disk."""
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    with draft.open("xb") as file:
        file.write(msgspec.json.encode(note))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def _touched(note: Path) -> float:
    part = note.with_suffix(".part")
    return max(path.stat().st_mtime for path in (note, part) if path.exists())


def _remove(note: Path) -> None:
    note.with_suffix(".part").unlink(missing_ok=True)
    note.unlink(missing_ok=True)
