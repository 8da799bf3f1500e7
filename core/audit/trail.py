"""Read whole trails as the database's owner, in bounded memory, to verify them."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg.rows import dict_row

from core.audit import heads
from core.audit.chain import Head
from core.audit.verify import Finding, Row, Wrong, verify
from core.keys import Keys

BATCH = 5000  # rows read at once

# A moment that no clock of ours can show would stop the reading instead of being found.
_ROWS = """
SELECT tenant_id, id, actor, actor_name, action, subject, owner, request,
  CASE WHEN at BETWEEN '0001-01-02' AND '9999-12-30' THEN at END AS at,
  detail::text AS detail, digest, seq, chain
FROM core.audit_entry WHERE tenant_id = %s ORDER BY seq NULLS LAST, id
"""
_SECRET = "SELECT secret FROM core.tenant_secret WHERE tenant_id = %s"  # noqa: S105 - a query
_HEAD = "SELECT tenant_id AS tenant, seq, chain, at, signature FROM core.audit_head"
_TENANTS = """
SELECT id FROM core.tenant UNION SELECT tenant_id FROM core.audit_head
UNION SELECT DISTINCT tenant_id FROM core.audit_entry
"""

Connection = psycopg.Connection[dict[str, Any]]


class Checked(NamedTuple):
    """What was found in one municipality's trail.

    :param entries: how many were read.
    """

    tenant: str
    entries: int
    finding: Finding | None


def connect(url: str) -> Connection:
    """Return a connection whose transactions see everything as it was at one moment.

    :param url: of the owner, whom no policy keeps from rows.
    """
    connection: Connection = psycopg.Connection.connect(url, autocommit=True, row_factory=dict_row)
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    return connection


def tenants(connection: Connection, data: Path) -> list[str]:
    """Return all municipalities that have a trail, or had one, in the order of the alphabet."""
    found = {row["id"] for row in connection.execute(_TENANTS)}
    return sorted(found | set(heads.tenants(data)))


def head_of(connection: Connection, tenant: str) -> Head | None:
    """Return the head in the database."""
    row = connection.execute(f"{_HEAD} WHERE tenant_id = %s", (tenant,)).fetchone()
    return Head(**row) if row else None


def keys_of(connection: Connection, keys: Keys, tenant: str) -> Keys:
    """Return the keys of a municipality.

    :param keys: of the installation.
    """
    row = connection.execute(_SECRET, (tenant,)).fetchone()
    return keys.of_tenant(tenant, row["secret"] if row else None)


def check(
    connection: Connection,
    keys: Keys,
    data: Path,
    tenant: str,
    *,
    kept: Head | None = None,
    now: datetime,
) -> Checked:
    """Verify the trail of one municipality.

    :param keys: of the installation.
    :param data: its folder, where the heads are kept.
    :param kept: a head to which the trail must lead, in place of the last one there.
    """
    rows = _Counted(_rows(connection, tenant))
    try:
        # Before the transaction: a head kept meanwhile is further than what it sees.
        kept = kept or heads.last(data, tenant)
    except heads.HeadFileDamaged:
        return Checked(tenant, 0, Finding(Wrong.HEAD))
    with connection.transaction():
        head = head_of(connection, tenant)
        keys = keys_of(connection, keys, tenant)
        finding = verify(keys, rows, head=head, kept=kept, now=now)
    return Checked(tenant, rows.count, finding)


class _Counted:
    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


def _rows(connection: Connection, tenant: str) -> Iterator[Row]:
    with connection.cursor(name="trail") as cursor:
        cursor.itersize = BATCH
        yield from cursor.execute(_ROWS, (tenant,))
