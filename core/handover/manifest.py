"""What the export of a municipality says of itself, and why one is refused."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from core.audit.chain import Head
from core.errors import AppError
from core.text import Text

FORMAT = 1

# Names of the first two parts, and the folders of the others.
MANIFEST, SECRET = "manifest.json", "secret.json"
TABLES, FILES = "tables", "files"


class HandoverRefused(AppError):
    """A municipality cannot be exported, or not be imported; nothing was written.

    :param reasons: all that speaks against it, each with what to do.
    """

    def __init__(self, *reasons: Text) -> None:
        super().__init__(reasons[0])
        self.reasons = reasons


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one table.

    :param columns: their types by their names, in the order of the values.
    :param sha256: of the part.
    :param content: the same without what handing over itself wrote at the end.
    """

    columns: Mapping[str, str]
    rows: int
    sha256: str
    content: str


class Files(msgspec.Struct, frozen=True, kw_only=True):
    """The files.

    :param size: of all, in bytes.
    :param sha256: of their names, a line for each in the order of the alphabet; the name of a
        file is the SHA-256 of what is in it.
    """

    count: int
    size: int
    sha256: str


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A floor or plugin to which rows belong.

    :param version: empty for the core.
    :param migrations: that ran.
    """

    version: str
    migrations: Sequence[str]


class Holiday(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the country's calendar, by which limits are counted."""

    on: date
    name_th: str
    name_en: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first part of the file.

    :param code: eight digits of the DLA; empty when unknown.
    :param origin: address of the municipality where it was exported.
    :param hosts: further addresses, of its own.
    :param at: aware, UTC; the moment whose rows the export holds.
    :param demonstration: its passwords are known to everybody.
    :param on: plugins that are switched on.
    :param parts: to which its rows belong, by schema.
    :param tables: those that have rows of it, by ``schema.table``.
    :param holidays: of the country, as they stood there; no part of the content.
    :param content: the hash over all that it has, which is the same in every installation.
    :param kept: the last end of the audit trail that was kept outside the database.
    :param finding: what was wrong with that trail already when it was exported.
    """

    format: int = FORMAT
    tenant: str
    name: str
    code: str
    origin: str
    hosts: Sequence[str]
    at: datetime
    demonstration: bool
    on: Sequence[str]
    parts: Mapping[str, Part]
    tables: Mapping[str, Rows]
    files: Files
    holidays: Sequence[Holiday]
    content: str
    kept: Head | None
    finding: str | None


def content_of(tables: Mapping[str, Rows], files: Files) -> str:
    """Return the hash over all that a municipality has."""
    lines = [f"{rows.content}  {name}\n" for name, rows in sorted(tables.items())]
    return hashlib.sha256("".join([*lines, f"{files.sha256}  files\n"]).encode()).hexdigest()
