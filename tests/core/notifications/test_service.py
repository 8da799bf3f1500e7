import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from core import db
from core.context import Actor, Context
from core.discovery import Found
from core.errors import NotFound
from core.notifications import Channel, Message, Recipient, send, service
from core.runtime import make_runtime
from core.settings import Settings
from core.text import Text

FILED = Message("oss.filed", Text("เลขรับ {number}", "Filed as {number}"), Text("ข้อ", "Body"))
SOMCHAI = Recipient(account=UUID(int=1), email="somchai@example.com", phone="+66812345678")


async def rows(ctx: Context) -> list[dict[str, Any]]:
    async with db.transaction(ctx) as connection:
        return [dict(row) for row in await connection.fetch("SELECT * FROM core.message")]


async def jobs(ctx: Context) -> list[str]:
    """Return the messages that jobs will deliver; a job for none finds nothing to do."""
    async with db.transaction(ctx) as connection:
        return [
            row[0]
            for row in await connection.fetch(
                "SELECT m.id::text FROM procrastinate_jobs j JOIN core.message m "
                "ON m.id::text = j.args->>'message' WHERE task_name = 'core.send_message'"
            )
        ]


async def tell(ctx: Context, to: Recipient | UUID | str, key: str = "case/1/filed") -> None:
    async with db.transaction(ctx):
        await send(ctx, to=to, template=FILED, key=key, href="/cases/1", number="1/2569")


def by(ctx: Context, person: Recipient) -> Context:
    return replace(ctx, actor=Actor(kind="citizen", id=person.account))


async def test_an_account_gets_it_in_the_inbox_and_by_email(ctx: Context) -> None:
    await tell(ctx, SOMCHAI)

    found = {row["channel"]: row for row in await rows(ctx)}
    assert found.keys() == {"inbox", "email"}
    assert found["inbox"]["state"] == "sent"
    assert found["email"]["state"] == "queued"
    assert found["email"]["address"] == "somchai@example.com"
    assert found["inbox"]["subject_th"] == "เลขรับ 1/2569"
    assert len(await jobs(ctx)) == 1


async def test_with_one_key_nothing_is_sent_twice(ctx: Context) -> None:
    await asyncio.gather(*(tell(ctx, SOMCHAI) for _ in range(20)))

    assert len(await rows(ctx)) == 2
    assert len(await jobs(ctx)) == 1


async def test_the_same_key_reaches_every_recipient(ctx: Context) -> None:
    await tell(ctx, "a@example.com")
    await tell(ctx, "b@example.com")

    assert {row["address"] for row in await rows(ctx)} == {"a@example.com", "b@example.com"}


async def test_a_change_that_is_undone_tells_nobody(ctx: Context) -> None:
    async def change_and_fail() -> None:
        async with db.transaction(ctx):
            await send(ctx, to=SOMCHAI, template=FILED, key="k", number="1")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await change_and_fail()

    assert await rows(ctx) == []
    assert await jobs(ctx) == []


async def test_outside_of_a_transaction_it_is_refused(ctx: Context) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        await send(ctx, to=SOMCHAI, template=FILED, key="k", number="1")


@pytest.mark.parametrize(
    "address", ["a@b", "a b@example.com", "a@example.com\nBcc: all@example.com", "@example.com"]
)
async def test_what_is_no_address_is_a_fault_of_the_caller(ctx: Context, address: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        await tell(ctx, address)


async def test_a_telephone_waits_for_a_channel_that_reaches_it(ctx: Context) -> None:
    await tell(ctx, "+66812345678")

    assert [row["channel"] for row in await rows(ctx)] == ["sms"]


async def test_an_unregistered_message_is_a_fault_of_the_caller(ctx: Context) -> None:
    with pytest.raises(LookupError, match=r"oss\.nothing"):
        async with db.transaction(ctx):
            await send(ctx, to=SOMCHAI, template="oss.nothing", key="k")


async def test_the_office_says_it_in_its_own_words_where_they_fit(ctx: Context) -> None:
    def worded(subject: str) -> Context:
        text = {"th": subject, "en": subject}
        own = {"oss.filed": {"subject": text, "body": text}}
        return replace(ctx, tenant=replace(ctx.tenant, settings={"oss": {"messages": own}}))

    await tell(worded("รับคำร้อง {number} แล้ว"), SOMCHAI, key="1")
    await tell(worded("รับคำร้องของ {nobody}"), SOMCHAI, key="2")

    said = {row["key"]: row["subject_th"] for row in await rows(ctx)}
    assert said == {"1": "รับคำร้อง 1/2569 แล้ว", "2": "เลขรับ 1/2569"}


async def test_a_plugins_texts_and_channels_are_used_where_it_is_on(
    database: str, settings: Settings, ctx: Context, a_plugin: Callable[..., Found]
) -> None:
    line = a_plugin(
        "line",
        register_messages=lambda: [Message("line.hello", Text("ดี", "Hi"), Text("-", "-"))],
        register_channels=lambda: [Channel("line", Text("ไลน์", "LINE"), "account")],
    )
    host = make_runtime(settings, database, [line]).host

    async def greet(plugins: frozenset[str], key: str) -> None:
        here = replace(ctx, host=host, tenant=replace(ctx.tenant, plugins=plugins))
        async with db.transaction(here):
            await send(here, to=SOMCHAI, template="line.hello", key=key)

    await greet(frozenset({"line"}), "on")
    await greet(frozenset(), "off")

    channels = {(row["key"], row["channel"]) for row in await rows(ctx)}
    assert channels == {
        ("on", "inbox"), ("on", "email"), ("on", "line"), ("off", "inbox"), ("off", "email"),
    }  # fmt: skip


async def test_the_inbox_holds_ones_own_notices_the_newest_first(
    ctx: Context, other: Context
) -> None:
    mine, theirs = by(ctx, SOMCHAI), by(ctx, Recipient(account=UUID(int=2)))
    for number in range(service.PAGE + 2):
        await tell(ctx, SOMCHAI, key=f"k/{number}")

    first = await service.notices(mine)
    rest = await service.notices(mine, before=first[-1]["id"])

    assert [row["key"] for row in first[:2]] == ["k/51", "k/50"]
    assert [row["key"] for row in rest] == ["k/1", "k/0"]
    assert await service.notices(theirs) == []
    assert await service.notices(by(other, SOMCHAI)) == []


async def test_a_notice_that_was_opened_is_read(ctx: Context) -> None:
    mine, theirs = by(ctx, SOMCHAI), by(ctx, Recipient(account=UUID(int=2)))
    await tell(ctx, SOMCHAI, key="1")
    await tell(ctx, SOMCHAI, key="2")
    assert await service.count_unread(mine) == 2

    [newest, _] = await service.notices(mine)
    with pytest.raises(NotFound):
        await service.read_notice(theirs, notice=newest["id"])
    await service.read_notice(mine, notice=newest["id"])
    assert await service.count_unread(mine) == 1

    await service.read_all(mine)
    assert await service.count_unread(mine) == 0
