from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from core import audit, db
from core.audit import trail
from core.audit.chain import GENESIS, Head, digest, link
from core.context import Context
from core.keys import Keys

NOW = datetime(2026, 11, 20, 3, 42, tzinfo=UTC)
Row = dict[str, Any]
MakeTrail = Callable[..., tuple[list[Row], Head]]
Write = Callable[..., Awaitable[None]]
ACCOUNT = UUID(int=7)


@pytest.fixture(scope="session")
def keys() -> Keys:
    return Keys(bytes(range(32)))


@pytest.fixture(scope="session")
def make_trail(keys: Keys) -> MakeTrail:
    def make(sealed: int, waiting: int = 0, tenant: str = "maehia") -> tuple[list[Row], Head]:
        rows: list[Row] = []
        chain = GENESIS
        for number in range(1, sealed + waiting + 1):
            row = entry(number, tenant)
            row |= {"digest": digest(keys, row), "seq": None, "chain": None}
            if number <= sealed:
                chain = link(keys, chain, number, row["digest"])
                row |= {"seq": number, "chain": chain}
            rows.append(row)
        head = Head(tenant=tenant, seq=sealed, chain=chain, at=NOW)
        return rows, head.signed_with(keys)

    return make


def entry(number: int, tenant: str) -> Row:
    written = NOW - timedelta(seconds=20) + timedelta(milliseconds=number)
    milliseconds = int(written.timestamp() * 1000)
    return {
        "tenant_id": tenant,
        "id": UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62 | number),
        "at": written,
        "actor": UUID(int=number % 3) if number % 3 else None,
        "actor_name": ("อรทัย ม.", "สมชาย ก.", "")[number % 3],
        "action": f"casework.case.{'read' if number % 2 else 'accepted'}",
        "subject": f"case/{number % 5}",
        "owner": UUID(int=9) if number % 4 else None,
        "request": f"R{number % 7}",
        "detail": msgspec.json.encode({"step": number % 6}).decode(),
    }


@pytest.fixture
def owner(database: str, ctx: Context) -> Iterator[trail.Connection]:
    connection = trail.connect(database)
    connection.read_only = False
    yield connection
    connection.close()


@pytest.fixture
def write(ctx: Context) -> Write:
    async def write(count: int, *, of: Context = ctx, action: str = "core.test.done") -> None:
        async with db.transaction(of):
            for number in range(count):
                await audit.record(of, action, f"thing/{number}", owner=ACCOUNT, number=number)

    return write
