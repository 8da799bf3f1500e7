"""What a backup says of itself."""

from datetime import datetime

import msgspec

from core.keys import Keys

FORMAT = 1

MANIFEST = "manifest.json"
DUMP = "database.dump"
SECRET = "keys/secret"  # noqa: S105 - the name of a part
FOLDERS = ("files", "audit", "plugins", "catalog")


class BackupFailed(Exception):
    """There is no backup, or no restored installation; the sentence says why."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first part of the file.

    :param at: aware, UTC; the moment whose rows the backup holds.
    :param server: major release of the PostgreSQL that the rows were in.
    :param program: major release of the ``pg_dump`` that read them.
    :param rows: how many each table had, by ``schema.table``.
    :param heads: the end of each municipality's audit trail, by its id.
    :param findings: what was wrong with a trail already when the backup was made.
    :param secret: by which the right secret of the installation is recognised.
    """

    format: int = FORMAT
    at: datetime
    server: int
    program: int
    rows: dict[str, int]
    heads: dict[str, int]
    findings: dict[str, str]
    secret: str


def recognise(secret: bytes) -> str:
    """Return what tells one secret from another without giving it away."""
    return Keys(secret).fingerprint("backup", "which secret").hex()
