"""Read an export again: is it whole, and what is in it."""

import hashlib
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

FACTS, HASHES = "plugin.json", "hashes.txt"


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """What an export says of itself.

    :ivar rows: how many, by the name in the file.
    """

    plugin: str
    at: datetime
    tenants: tuple[str, ...]
    rows: Mapping[str, int]


class ExportFault(ValueError):
    """A file is no export, or is not as it was written; the sentence says what is wrong."""


def _read_hashes(file: Path) -> Mapping[str, str]:
    """Return the hash of everything in an export, after a look at each."""
    try:
        with zipfile.ZipFile(file) as archive:
            lines = archive.read(HASHES).decode().splitlines()
            told = {name: hash_ for hash_, name in (line.split("  ", 1) for line in lines)}
            if told.keys() | {HASHES} != set(archive.namelist()):
                raise ExportFault(f"{file}: the list of hashes is not that of what is in it")
            for name, hash_ in told.items():
                with archive.open(name) as member:
                    if hashlib.file_digest(member, "sha256").hexdigest() != hash_:  # type: ignore[arg-type]
                        raise ExportFault(f"{file}: {name} is not as it was written")
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as problem:
        if isinstance(problem, ExportFault):
            raise
        raise ExportFault(f"{file} is no export: {problem}") from problem
    return told


def read_export(file: Path) -> tuple[Export, Mapping[str, str]]:
    """Return what an export says of itself, and the hash of everything in it.

    :raises ExportFault: it is none, or something in it is not as it was written.
    """
    hashes = _read_hashes(file)
    with zipfile.ZipFile(file) as archive:
        try:
            return msgspec.json.decode(archive.read(FACTS), type=Export), hashes
        except msgspec.DecodeError as problem:
            raise ExportFault(f"{file}: {FACTS} cannot be read: {problem}") from problem
