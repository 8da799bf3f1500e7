import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from email.header import decode_header, make_header
from typing import Any
from uuid import UUID

import pytest

from core import db
from core.context import Context
from core.discovery import Found
from core.notifications import Channel, Message, Notice, Recipient, send, service
from core.notifications.delivery import send_message, send_waiting
from core.runtime import make_runtime
from core.settings import Settings
from core.text import Text

FILED = Message(
    "oss.filed", Text("เลขรับ {number}", "Filed as {number}"), Text("ยื่นแล้ว", "It is filed.")
)
WithPost = Callable[[Context], Context]
PostOffice = Any  # the class of conftest.py, which cannot be imported


async def tell(ctx: Context, *, language: str = "th", number: str = "1/2569") -> str:
    to = Recipient(email="somchai@example.com", language="en" if language == "en" else "th")
    async with db.transaction(ctx):
        await send(ctx, to=to, template=FILED, key=f"k/{number}", href="/cases/1", number=number)
    return str((await message(ctx))["id"])


def read(header: str) -> str:
    return str(make_header(decode_header(header)))


async def message(ctx: Context) -> dict[str, Any]:
    async with db.transaction(ctx) as connection:
        return dict(await connection.fetchrow("SELECT * FROM core.message ORDER BY id DESC"))


async def planned(ctx: Context) -> list[Any]:
    async with db.transaction(ctx) as connection:
        found = await connection.fetch(
            "SELECT scheduled_at FROM procrastinate_jobs WHERE task_name = 'core.send_message' "
            "ORDER BY id"
        )
    return [row[0] for row in found]


async def test_a_letter_says_who_sends_it_what_happened_and_where_to_read_on(
    ctx: Context, post_office: PostOffice, with_post: WithPost
) -> None:
    here = with_post(ctx)
    id = await tell(here)

    await send_message(here, message=id)

    [letter] = post_office.letters
    assert read(letter["From"]) == "เทศบาลเมืองแม่เหียะ <no-reply@localhost>"
    assert letter["To"] == "somchai@example.com"
    assert read(letter["Subject"]) == "เลขรับ 1/2569"
    assert letter["Content-Language"] == "th"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"] == f"<{UUID(id).hex}.maehia@localhost>"
    body = letter.get_payload(decode=True)
    assert body == "ยื่นแล้ว\n\nhttp://maehia.localhost:8000/cases/1\n".encode()
    row = await message(ctx)
    assert row["state"] == "sent"
    assert row["receipt"] == "taken as 4711"
    assert row["sent_at"] == ctx.now


async def test_a_letter_is_written_in_the_language_of_who_reads_it(
    ctx: Context, post_office: PostOffice, with_post: WithPost
) -> None:
    here = with_post(ctx)

    await send_message(here, message=await tell(here, language="en"))

    assert read(post_office.letters[0]["Subject"]) == "Filed as 1/2569"
    assert read(post_office.letters[0]["From"]) == "Maehia Municipality <no-reply@localhost>"


async def test_a_long_subject_arrives_as_it_was_written(
    ctx: Context, post_office: PostOffice, with_post: WithPost
) -> None:
    here = with_post(ctx)
    number = "1254/2569 ส่งให้กองช่างแล้ว และจะแจ้งท่านอีกครั้ง เมื่อมีความคืบหน้า " * 2

    await send_message(here, message=await tell(here, number=number))

    assert read(post_office.letters[0]["Subject"]) == f"เลขรับ {number}".strip()


async def test_of_many_who_deliver_one_message_at_once_only_one_does(
    ctx: Context, post_office: PostOffice, with_post: WithPost
) -> None:
    here = with_post(ctx)
    id = await tell(here)

    await asyncio.gather(*(send_message(here, message=id) for _ in range(8)))
    await send_message(here, message=id)

    assert len(post_office.letters) == 1


@pytest.mark.parametrize("answer", ["451 busy", "421 closing"])
async def test_a_server_that_is_busy_is_asked_again_after_growing_pauses(
    ctx: Context, post_office: PostOffice, with_post: WithPost, answer: str
) -> None:
    here = with_post(ctx)
    id = await tell(here)
    post_office.answers.extend([answer] * 6)

    for _ in range(6):
        await send_message(here, message=id)

    pauses = [at - ctx.now for at in (await planned(ctx))[1:]]
    assert pauses == [timedelta(seconds=n) for n in (10, 60, 300, 1800, 7200)]
    row = await message(ctx)
    assert row["state"] == "failed"
    assert row["attempts"] == 6
    assert answer.split()[0] in row["error"]
    assert post_office.letters == []


async def test_a_letter_that_is_refused_for_good_is_not_sent_again(
    ctx: Context, post_office: PostOffice, with_post: WithPost
) -> None:
    here = with_post(ctx)
    post_office.recipients.append("550 no such user somchai@example.com")
    id = await tell(here)

    await send_message(here, message=id)

    row = await message(ctx)
    assert row["state"] == "failed"
    assert "550" in row["error"]
    assert "somchai" not in row["error"]
    assert len(await planned(ctx)) == 1


async def test_when_the_line_breaks_before_the_answer_the_second_letter_has_the_same_number(
    ctx: Context, post_office: PostOffice, with_post: WithPost
) -> None:
    here = with_post(ctx)
    post_office.answers.append("drop")
    id = await tell(here)

    await send_message(here, message=id)
    assert (await message(ctx))["state"] == "queued"
    await send_message(here, message=id)

    assert (await message(ctx))["state"] == "sent"
    assert len(post_office.letters) == 2
    assert len({letter["Message-ID"] for letter in post_office.letters}) == 1


async def test_a_server_that_is_away_is_asked_again(ctx: Context) -> None:
    away = replace(ctx, settings=replace(ctx.settings, smtp_url="smtp://127.0.0.1:9"))
    id = await tell(away)

    await send_message(away, message=id)

    row = await message(ctx)
    assert (row["state"], row["attempts"]) == ("queued", 1)
    assert len(await planned(ctx)) == 2


async def test_without_a_server_messages_wait_and_go_out_when_there_is_one(
    ctx: Context, post_office: PostOffice, with_post: WithPost
) -> None:
    id = await tell(ctx)
    await send_message(ctx, message=id)
    assert (await service.count_undelivered(ctx))["waiting"] == 1

    here = with_post(ctx)
    await send_waiting(here)
    await send_message(here, message=id)

    assert (await message(ctx))["state"] == "sent"
    assert len(post_office.letters) == 1


async def test_a_failed_message_is_sent_again_by_one_click_and_that_is_recorded(
    ctx: Context, post_office: PostOffice, with_post: WithPost
) -> None:
    here = with_post(ctx)
    post_office.answers.append("554 no")
    id = await tell(here)
    await send_message(here, message=id)
    [listed] = await service.undelivered_messages(ctx)

    await service.send_again(here, message=listed["id"])
    await send_message(here, message=id)

    assert (await message(ctx))["state"] == "sent"
    assert await service.undelivered_messages(ctx) == []
    async with db.transaction(ctx) as connection:
        acts = await connection.fetch("SELECT action FROM core.audit_entry")
    assert "core.message.sent_again" in [row[0] for row in acts]


Deliver = Callable[..., Awaitable[str | None]]


@pytest.fixture
def by_line(
    database: str, settings: Settings, ctx: Context, a_plugin: Callable[..., Found]
) -> Callable[[Deliver], Context]:
    def give(deliver: Deliver) -> Context:
        line = a_plugin(
            "line",
            register_channels=lambda: [Channel("line", Text("ไลน์", "LINE"), "account")],
            deliver_by_channel=deliver,
        )
        host = make_runtime(settings, database, [line]).host
        tenant = replace(ctx.tenant, plugins=frozenset({"line"}))
        return replace(ctx, host=host, tenant=tenant)

    return give


async def tell_account(ctx: Context) -> str:
    async with db.transaction(ctx):
        to = Recipient(account=UUID(int=1))
        await send(ctx, to=to, template=FILED, key="k", number="1")
    async with db.transaction(ctx) as connection:
        found = await connection.fetchval("SELECT id FROM core.message WHERE channel = 'line'")
    return str(found)


async def state(ctx: Context) -> str:
    async with db.transaction(ctx) as connection:
        found: str = await connection.fetchval(
            "SELECT state FROM core.message WHERE channel = 'line'"
        )
    return found


async def test_a_plugins_channel_delivers_and_gives_the_providers_number(
    by_line: Callable[[Deliver], Context],
) -> None:
    seen: list[Notice] = []

    async def deliver(channel: str, notice: Notice) -> str | None:
        seen.append(notice)
        return f"{channel}-42"

    here = by_line(deliver)
    id = await tell_account(here)

    await send_message(here, message=id)

    assert await state(here) == "sent"
    assert str(seen[0].id) == id
    assert seen[0].account == UUID(int=1)


async def test_who_does_not_use_a_channel_is_not_tried_again(
    by_line: Callable[[Deliver], Context],
) -> None:
    async def deliver(channel: str, notice: Notice) -> str | None:
        return None

    here = by_line(deliver)
    await send_message(here, message=await tell_account(here))

    assert await state(here) == "dropped"


async def test_a_channel_that_fails_is_tried_again(by_line: Callable[[Deliver], Context]) -> None:
    async def deliver(channel: str, notice: Notice) -> str | None:
        raise OSError("the provider is away")

    here = by_line(deliver)
    await send_message(here, message=await tell_account(here))

    assert await state(here) == "queued"
    assert len(await planned(here)) == 2


async def test_a_channel_that_is_switched_off_leaves_its_messages_waiting(
    by_line: Callable[[Deliver], Context],
) -> None:
    async def deliver(channel: str, notice: Notice) -> str | None:
        return "never"

    here = by_line(deliver)
    id = await tell_account(here)
    off = replace(here, tenant=replace(here.tenant, plugins=frozenset()))

    await send_message(off, message=id)

    assert await state(here) == "waiting"
