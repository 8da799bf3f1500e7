"""Give new entries their place in the chain, once a second, beside the work of the office.

Entries are written without waiting for each other. Here those that have been committed are
numbered and chained, and the end is signed. Whoever seals holds the row of the head, so two
who seal at once take turns; a number is given only to what is there, so there are no gaps.
"""

import asyncio
import logging
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import asyncpg

from core import db
from core.audit import heads
from core.audit.chain import GENESIS, Head, link
from core.keys import Keys
from core.runtime import Runtime

log = logging.getLogger(__name__)

PERIOD = 1.0  # seconds from one sealing to the next, and so between two heads of a tenant
AT_ONCE = 4  # municipalities sealed side by side
MOST = 5000  # entries of one municipality in one transaction

_LOCK = "SELECT seq, chain FROM core.audit_head WHERE tenant_id = $1 FOR UPDATE"
_BEGIN = """
INSERT INTO core.audit_head (tenant_id, seq, chain, at, signature) VALUES ($1, 0, $2, $3, $4)
ON CONFLICT (tenant_id) DO NOTHING
"""
_WAITING = """
SELECT id, digest FROM core.audit_entry WHERE tenant_id = $1 AND seq IS NULL
ORDER BY id LIMIT $2
"""
_SEAL = """
UPDATE core.audit_entry AS entry SET seq = sealed.seq, chain = sealed.chain
FROM unnest($2::uuid[], $3::bigint[], $4::bytea[]) AS sealed (id, seq, chain)
WHERE entry.tenant_id = $1 AND entry.id = sealed.id
"""
_END = """
UPDATE core.audit_head SET seq = $2, chain = $3, at = $4, signature = $5 WHERE tenant_id = $1
"""


async def sealer(runtime: Runtime) -> None:
    """Seal what is new in all municipalities, once a second, until cancelled.

    Without a database it waits for one. What was committed before the end is sealed too.
    """
    clock = asyncio.get_running_loop().time
    try:
        while True:
            began = clock()
            await _seal_if_possible(runtime)
            await asyncio.sleep(max(0.0, began + PERIOD - clock()))
    finally:
        await _seal_if_possible(runtime)


async def _seal_if_possible(runtime: Runtime) -> None:
    try:
        await seal_all(runtime.keys, runtime.settings.data, now=datetime.now(UTC))
    except (*db.AWAY, asyncpg.PostgresError):
        log.warning("sealing the audit trail failed; it is tried again", exc_info=True)


async def seal_all(keys: Keys, data: Path, *, now: datetime) -> int:
    """Seal what is new in all municipalities, and keep each new head outside the database.

    :param data: the installation's folder.
    :returns: how many entries were sealed.
    """
    async with db.across_tenants() as connection:
        rows = await connection.fetch("SELECT core.tenants_with_unsealed_entries()")
    turns = asyncio.Semaphore(AT_ONCE)

    async def seal_one(tenant: str) -> int:
        async with turns:
            return await seal(tenant, keys, data, now=now)

    # One municipality that cannot be sealed must not keep the others waiting.
    done = await asyncio.gather(*(seal_one(row[0]) for row in rows), return_exceptions=True)
    for one in done:
        if isinstance(one, BaseException):
            raise one
    return sum(one for one in done if isinstance(one, int))


async def seal(tenant: str, keys: Keys, data: Path, *, now: datetime) -> int:
    """Seal what is new in one municipality and return how many entries that was.

    :raises RuntimeError: within a transaction, which could still undo it.
    """
    if db.in_transaction():
        raise RuntimeError("entries are sealed in a transaction of their own")
    sealed = 0
    while (batch := await _seal_batch(tenant, keys, now)) is not None:
        count, head = batch
        sealed += count
        # After the commit: a head out there of entries that never came to be would accuse
        # somebody of deleting them.
        await _keep(data, head)
        if count < MOST:
            break
    return sealed


async def _keep(data: Path, head: Head) -> None:
    """Keep a head outside the database; the next one makes up for one that cannot be kept."""
    try:
        await asyncio.to_thread(heads.append, data, head)
    except OSError:
        log.exception("the head of %s could not be kept", head.tenant)


async def _seal_batch(tenant: str, keys: Keys, now: datetime) -> tuple[int, Head] | None:
    """Seal up to ``MOST`` entries; None when there is nothing new."""
    ctx = SimpleNamespace(tenant=SimpleNamespace(id=tenant))
    async with db.transaction(ctx) as connection:
        seq, chain = await _hold_head(connection, tenant, keys, now)
        waiting = await connection.fetch(_WAITING, tenant, MOST)
        if not waiting:
            return None
        ids: list[UUID] = []
        seqs: list[int] = []
        chains: list[bytes] = []
        for row in waiting:
            seq += 1
            chain = link(keys, chain, seq, row["digest"])
            ids.append(row["id"])
            seqs.append(seq)
            chains.append(chain)
        await connection.execute(_SEAL, tenant, ids, seqs, chains)
        head = Head(tenant=tenant, seq=seq, chain=chain, at=now).signed_with(keys)
        await connection.execute(_END, tenant, head.seq, head.chain, head.at, head.signature)
    return len(waiting), head


async def _hold_head(
    connection: asyncpg.Connection, tenant: str, keys: Keys, now: datetime
) -> tuple[int, bytes]:
    """Return the end of the chain and keep others from it until the transaction ends."""
    row = await connection.fetchrow(_LOCK, tenant)
    if row is None:
        first = Head(tenant=tenant, seq=0, chain=GENESIS, at=now).signed_with(keys)
        await connection.execute(_BEGIN, tenant, first.chain, first.at, first.signature)
        row = await connection.fetchrow(_LOCK, tenant)
    return row["seq"], row["chain"]
