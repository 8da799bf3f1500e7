"""Read an export: is it whole, is it what it says, and can what is in it be trusted."""

import hashlib
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

import msgspec

from core.backup import archive
from core.backup.manifest import BackupFailed
from core.db import TENANT_ID
from core.handover import trail
from core.handover.files import files_in, list_files
from core.handover.lines import Tally, read_rows
from core.handover.manifest import (
    FILES,
    FORMAT,
    MANIFEST,
    SECRET,
    TABLES,
    HandoverRefused,
    Manifest,
    Rows,
    content_of,
)
from core.handover.rows import ENTRIES, HEAD
from core.keys import Keys
from core.text import Text

_PART = re.compile(
    rf"{MANIFEST}|{SECRET}|{TABLES}/\w+\.\w+\.jsonl|{FILES}/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}",
    re.ASCII,
)
_LARGEST = 1 << 24  # bytes of the first two parts

_DAMAGED = Text(
    "ไฟล์ส่งออกเสียหายหรือไม่ครบ ({problem}) คัดลอกจากต้นทางใหม่ ถ้ายังเสียอยู่ให้ส่งออกใหม่",
    "The export is damaged or not complete ({problem}). Copy it again from where it was made; if "
    "that one is damaged too, export again.",
)
_OTHER = Text(
    "ไฟล์นี้ไม่ใช่ไฟล์ส่งออกของหน่วยงาน ใช้ไฟล์ที่ได้จาก thongthin tenant export",
    "This is not the export of a municipality. Take what 'thongthin tenant export' wrote.",
)
_NEWER = Text(
    "ไฟล์เป็นรูปแบบ {format} ระบบนี้อ่านได้เฉพาะรูปแบบ {known} ปรับรุ่นของระบบนี้ให้ตรงกับต้นทางก่อน",
    "The file has the format {format}, and here only {known} is read. Bring this installation to "
    "the release of the one that exported it.",
)


class _Format(msgspec.Struct, frozen=True):
    format: int


class Beginning(NamedTuple):
    """The first two parts.

    :ivar written: the manifest as it stands in the file.
    :ivar locked: the locked secret.
    """

    manifest: Manifest
    written: bytes
    locked: bytes


def read_beginning(source: Path) -> Beginning:
    """Return what an export says of itself, after reading the whole of it.

    :raises HandoverRefused: it is damaged, of another kind, or of a newer release.
    """
    try:
        archive.check_whole(source)
    except (BackupFailed, OSError) as problem:
        raise HandoverRefused(_DAMAGED.format(problem=problem)) from problem
    try:
        found = [(name, content.read(_LARGEST)) for name, content in _first_two(source)]
    except (BackupFailed, tarfile.TarError, ValueError) as problem:
        raise HandoverRefused(_OTHER) from problem
    if [name for name, _ in found] != [MANIFEST, SECRET]:
        raise HandoverRefused(_OTHER)
    return Beginning(_decode(found[0][1]), found[0][1], found[1][1])


def _first_two(source: Path) -> Iterator[tuple[str, IO[bytes]]]:
    for number, part in enumerate(archive.parts(source, is_part=_is_part)):
        yield part
        if number:
            return


def _is_part(name: str) -> bool:
    return _PART.fullmatch(name) is not None


def _decode(written: bytes) -> Manifest:
    try:
        told = msgspec.json.decode(written, type=_Format).format
        if told != FORMAT:
            raise HandoverRefused(_NEWER.format(format=told, known=FORMAT))
        manifest = msgspec.json.decode(written, type=Manifest)
    except msgspec.DecodeError as problem:
        raise HandoverRefused(_OTHER) from problem
    if not TENANT_ID.fullmatch(manifest.tenant):
        raise HandoverRefused(_OTHER)
    return manifest


def unpack(source: Path, folder: Path, beginning: Beginning, keys: Keys) -> None:
    """Write all parts into ``folder``, and compare them with what the manifest says.

    :param keys: of the municipality.
    :raises HandoverRefused: something in the file is not as it says.
    """
    try:
        archive.unpack(source, folder, is_part=_is_part)
        _compare(folder, beginning.manifest, keys)
    except (BackupFailed, FileExistsError, tarfile.TarError, ValueError) as problem:
        raise HandoverRefused(_DAMAGED.format(problem=problem)) from problem


def _compare(folder: Path, manifest: Manifest, keys: Keys) -> None:
    """Return when all that was unpacked is what the manifest says.

    :raises ValueError: it is not.
    """
    there = {path.name.removesuffix(".jsonl") for path in (folder / TABLES).glob("*")}
    if there != manifest.tables.keys():
        raise ValueError("the tables are not those of the manifest")
    for name, told in manifest.tables.items():
        if _count(folder, name, told) != told:
            raise ValueError(f"the rows of {name} are not those of the manifest")
    for path in files_in(folder / FILES):
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != path.name:
                raise ValueError(f"the file {path.name} is not what its name says")
    files = list_files(folder / FILES, folder / "listed")
    if files != manifest.files or content_of(manifest.tables, files) != manifest.content:
        raise ValueError("the files are not those of the manifest")
    if _finding(folder, manifest, keys) != manifest.finding:
        raise ValueError("the audit trail is not as it was written")


def _count(folder: Path, name: str, told: Rows) -> Rows:
    rows = read_rows(place_of(folder, name))
    tally = Tally(name, told.columns)
    if next(rows, None) != list(told.columns):
        raise ValueError(f"the columns of {name} are not those of the manifest")
    for row in rows:
        if len(row) != len(told.columns):
            raise ValueError(f"a row of {name} has another number of values")
        tally.add(row)
    return tally.done()


def _finding(folder: Path, manifest: Manifest, keys: Keys) -> str | None:
    """Return what is wrong with the audit trail that was unpacked."""
    if ENTRIES not in manifest.tables:
        return None
    head = None
    if HEAD in manifest.tables:
        names, *rows = read_rows(place_of(folder, HEAD))
        head = trail.head_of(dict(zip(map(str, names), rows[0], strict=True)))
    rows_of_trail = read_rows(place_of(folder, ENTRIES))
    found = trail.check(keys, rows_of_trail, head=head, kept=manifest.kept, now=manifest.at)
    return str(found) if found else None


def place_of(folder: Path, table: str) -> Path:
    """Return where the rows of a table were unpacked."""
    return folder / TABLES / f"{table}.jsonl"
