import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from core.audit import heads, trail
from core.audit.sealing import seal_all
from core.audit.verify import Finding, Wrong
from core.context import Context
from core.keys import Keys
from core.runtime import Runtime

Write = Callable[..., Awaitable[None]]

# What the owner of the database can do to an entry n, by the column it touches.
EDITS = {
    "tenant_id": "UPDATE core.audit_entry SET tenant_id = 'yala' WHERE seq = {n}",
    "id": "UPDATE core.audit_entry SET id = gen_random_uuid() WHERE seq = {n}",
    "at": "UPDATE core.audit_entry SET at = at + interval '1 microsecond' WHERE seq = {n}",
    "actor": "UPDATE core.audit_entry SET actor = gen_random_uuid() WHERE seq = {n}",
    "actor_name": "UPDATE core.audit_entry SET actor_name = actor_name || ' ' WHERE seq = {n}",
    "action": "UPDATE core.audit_entry SET action = 'core.test.undone' WHERE seq = {n}",
    "subject": "UPDATE core.audit_entry SET subject = 'thing/x' WHERE seq = {n}",
    "owner": "UPDATE core.audit_entry SET owner = gen_random_uuid() WHERE seq = {n}",
    "request": "UPDATE core.audit_entry SET request = request || '0' WHERE seq = {n}",
    "detail": "UPDATE core.audit_entry SET detail = detail::jsonb || '{{\"x\":1}}' WHERE seq = {n}",
    "digest": "UPDATE core.audit_entry SET digest = sha256(digest) WHERE seq = {n}",
    "chain": "UPDATE core.audit_entry SET chain = sha256(chain) WHERE seq = {n}",
    "seq": "UPDATE core.audit_entry SET seq = 100 + seq WHERE seq = {n}",
}
OTHERS = {
    "delete": "DELETE FROM core.audit_entry WHERE seq = {n}",
    "delete many": "DELETE FROM core.audit_entry WHERE seq BETWEEN {n} AND {n} + 3",
    "truncate": "DELETE FROM core.audit_entry WHERE seq >= {n}",
    "unseal": "UPDATE core.audit_entry SET seq = NULL, chain = NULL WHERE seq = {n}",
    "swap": """
        UPDATE core.audit_entry SET seq = -{n} WHERE seq = {n};
        UPDATE core.audit_entry SET seq = {n} WHERE seq = {n} % {count} + 1;
        UPDATE core.audit_entry SET seq = {n} % {count} + 1 WHERE seq = -{n}
    """,
    "close the gap": """
        DELETE FROM core.audit_entry WHERE seq = {n};
        UPDATE core.audit_entry SET seq = -seq WHERE seq > {n};
        UPDATE core.audit_entry SET seq = -seq - 1 WHERE seq < 0
    """,
    "copy": """
        INSERT INTO core.audit_entry SELECT tenant_id, gen_random_uuid(), at, actor, actor_name,
          action, subject, owner, request, detail, digest, {count} + 1, chain
        FROM core.audit_entry WHERE seq = {n}
    """,
    "infinite time": "UPDATE core.audit_entry SET at = 'infinity' WHERE seq = {n}",
    "time before Christ": "UPDATE core.audit_entry SET at = '0044-03-15 BC' WHERE seq = {n}",
    "nothing": """
        ALTER TABLE core.audit_entry ALTER digest DROP NOT NULL, ALTER detail DROP NOT NULL;
        UPDATE core.audit_entry SET digest = NULL, detail = NULL WHERE seq = {n}
    """,
}
HEADS = {
    "head seq": "UPDATE core.audit_head SET seq = seq - 1",
    "head chain": "UPDATE core.audit_head SET chain = sha256(chain)",
    "head at": "UPDATE core.audit_head SET at = at + interval '1 second'",
    "head signature": "UPDATE core.audit_head SET signature = sha512(signature)",
    "head tenant": "UPDATE core.audit_head SET tenant_id = 'yala'",
    "head deleted": "DELETE FROM core.audit_head",
}

SET_BACK = """
    DELETE FROM core.audit_entry WHERE seq > {seq};
    UPDATE core.audit_head SET seq = {seq}, chain = '\\x{chain}', at = '{at}',
      signature = '\\x{signature}'
"""


class Untouched(Exception):
    """Rolls the touch back."""


@pytest.fixture
def data(runtime: Runtime) -> Path:
    return runtime.settings.data


@pytest.fixture
async def count(ctx: Context, write: Write, data: Path) -> int:
    await write(20)
    return await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now)


def found_after(
    statement: str, owner: trail.Connection, ctx: Context, data: Path
) -> Finding | None:
    finding = None
    try:
        with owner.transaction():
            for one in statement.split(";"):
                owner.execute(one)
            now = datetime.now(UTC)
            finding = trail.check(
                owner, Keys(ctx.settings.secret_keys), data, "maehia", now=now
            ).finding
            raise Untouched
    except Untouched:
        return finding


@pytest.mark.parametrize("touch", [*EDITS, *OTHERS])
async def test_the_owner_of_the_database_cannot_touch_an_entry_unseen(
    touch: str, ctx: Context, count: int, owner: trail.Connection, data: Path
) -> None:
    statement = (EDITS | OTHERS)[touch].format(n=7, count=count)

    found = found_after(statement, owner, ctx, data)

    assert found is not None
    assert found.seq == (count + 1 if touch == "copy" else 7)


@pytest.mark.parametrize("touch", HEADS)
async def test_the_owner_of_the_database_cannot_touch_the_head_unseen(
    touch: str, ctx: Context, count: int, owner: trail.Connection, data: Path
) -> None:
    assert found_after(HEADS[touch], owner, ctx, data) == Finding(Wrong.HEAD, count)


async def test_three_hundred_random_touches_by_the_owner_are_all_found(
    ctx: Context, count: int, owner: trail.Connection, data: Path
) -> None:
    rng = random.Random(2569)  # noqa: S311
    statements = list((EDITS | OTHERS).values())
    unseen = []
    for _ in range(300):
        statement = rng.choice(statements).format(n=rng.randint(1, count), count=count)
        if found_after(statement, owner, ctx, data) is None:
            unseen.append(statement)

    assert unseen == []
    assert (
        trail.check(
            owner, Keys(ctx.settings.secret_keys), data, "maehia", now=datetime.now(UTC)
        ).finding
        is None
    )


async def test_a_database_set_back_to_an_earlier_state_is_found_by_the_file(
    ctx: Context, count: int, write: Write, owner: trail.Connection, data: Path
) -> None:
    before = trail.head_of(owner, "maehia")
    assert before is not None
    await write(5)
    await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now)

    statement = SET_BACK.format(
        seq=before.seq,
        chain=before.chain.hex(),
        at=before.at.isoformat(),
        signature=before.signature.hex(),
    )
    found = found_after(statement, owner, ctx, data)

    assert found == Finding(Wrong.TRUNCATED, count + 1)


async def test_a_trail_deleted_with_its_municipality_is_found(
    ctx: Context, count: int, owner: trail.Connection, data: Path
) -> None:
    owner.execute("DELETE FROM core.audit_entry")
    owner.execute("DELETE FROM core.audit_head")
    owner.execute("DELETE FROM core.tenant")

    assert trail.tenants(owner, data) == ["maehia"]
    found = trail.check(
        owner, Keys(ctx.settings.secret_keys), data, "maehia", now=datetime.now(UTC)
    ).finding
    assert found == Finding(Wrong.TRUNCATED, 1)


async def test_entries_under_a_made_up_municipality_are_found(
    ctx: Context, count: int, owner: trail.Connection, data: Path
) -> None:
    owner.execute("UPDATE core.audit_entry SET tenant_id = 'ghost' WHERE seq = 2")

    assert trail.tenants(owner, data) == ["ghost", "maehia"]
    found = trail.check(
        owner, Keys(ctx.settings.secret_keys), data, "ghost", now=datetime.now(UTC)
    ).finding
    assert found == Finding(Wrong.DELETED, 1)


async def test_a_damaged_file_of_heads_is_found(
    ctx: Context, count: int, owner: trail.Connection, data: Path
) -> None:
    with heads.path(data, "maehia").open("ab") as file:
        file.write(b"garbage\n")

    found = trail.check(
        owner, Keys(ctx.settings.secret_keys), data, "maehia", now=datetime.now(UTC)
    )
    assert found == trail.Checked("maehia", 0, Finding(Wrong.HEAD))


async def test_a_trail_is_good_while_it_is_written_and_sealed(
    ctx: Context, write: Write, owner: trail.Connection, data: Path
) -> None:
    for _ in range(30):
        await write(3)
        await seal_all(Keys(ctx.settings.secret_keys), data, now=datetime.now(UTC))
        await write(1)
        now = datetime.now(UTC)
        assert (
            trail.check(owner, Keys(ctx.settings.secret_keys), data, "maehia", now=now).finding
            is None
        )


async def test_the_connection_of_a_check_can_change_nothing(database: str, ctx: Context) -> None:
    with (
        trail.connect(database) as connection,
        pytest.raises(psycopg.errors.ReadOnlySqlTransaction),
        connection.transaction(),
    ):
        connection.execute("DELETE FROM core.audit_entry")
