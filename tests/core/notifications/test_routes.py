from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import httpx
import pytest

from core import db
from core.context import Context
from core.identity import accounts, holders
from core.identity.sessions import Browser, open_session
from core.notifications import Message, Recipient, send, service
from core.notifications.delivery import send_message
from core.text import Text

FILED = Message(
    "oss.filed",
    Text("ยื่นเรื่องแล้ว เลขรับ {number}", "Filed as {number}"),
    Text("ส่งให้กองช่างแล้ว", "It went to the works division."),
)
PASSWORD = "บันได แมว น้ำปลา"  # noqa: S105
Enter = Callable[[UUID], Awaitable[None]]


@pytest.fixture
async def citizen(ctx: Context) -> UUID:
    return await accounts.register_citizen(
        ctx,
        title="นางสาว",
        first_name="วิภาดา",
        last_name="แสงคำ",
        national_id="1-2345-45678-78-1",
        phone="081-234-5678",
        password=PASSWORD,
        verified=True,
    )


@pytest.fixture
async def officer(ctx: Context) -> UUID:
    return await accounts.register_officer(
        ctx,
        title="นาย",
        first_name="สมชาย",
        last_name="ตั้งใจ",
        email="somchai@maehia.example",
        post="นายช่างโยธา",
        unit="works",
        password=PASSWORD,
    )


@pytest.fixture
async def administrator(ctx: Context, officer: UUID) -> UUID:
    await holders.grant_role(ctx, account=officer, role="administrator")
    return officer


@pytest.fixture
def enter(client: httpx.AsyncClient, ctx: Context) -> Enter:
    async def sign_in(account: UUID) -> None:
        here = replace(ctx, now=datetime.now(UTC))
        row = await accounts.get(here, account)
        opened = await open_session(here, account, row["kind"], browser=Browser(), how="test")
        client.cookies.set("session", opened.token, domain="maehia.localhost", path="/")

    return sign_in


async def post(client: httpx.AsyncClient, path: str) -> httpx.Response:
    await client.get("/sign-in")
    return await client.post(path, data={"_csrf_token": client.cookies["csrf"]})


async def tell(ctx: Context, to: Recipient | UUID | str, key: str = "k") -> None:
    async with db.transaction(ctx):
        await send(ctx, to=to, template=FILED, key=key, href="/cases/1", number="1254/2569")


async def failed(ctx: Context) -> str:
    """Have a message wait for e-mail, and give its id."""
    await tell(ctx, "somchai@example.com", key="waits")
    async with db.transaction(ctx) as connection:
        id = str(await connection.fetchval("SELECT id FROM core.message WHERE channel = 'email'"))
    await send_message(ctx, message=id)
    return id


@pytest.mark.parametrize("path", ["/notices", "/desk/messages", "/desk/undelivered"])
async def test_a_stranger_is_asked_to_sign_in(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)

    assert answer.status_code in (303, 401)
    assert "1254/2569" not in answer.text


@pytest.mark.parametrize("path", ["/desk/messages", "/desk/undelivered"])
async def test_what_failed_is_for_administrators(
    client: httpx.AsyncClient, enter: Enter, citizen: UUID, officer: UUID, path: str
) -> None:
    for who in (citizen, officer):
        await enter(who)
        assert (await client.get(path)).status_code == 403
    assert (await post(client, "/desk/messages/send-again")).status_code == 403


async def test_a_citizen_finds_new_messages_opens_one_and_it_is_read(
    client: httpx.AsyncClient, enter: Enter, ctx: Context, citizen: UUID
) -> None:
    await tell(ctx, citizen)
    await enter(citizen)

    page = (await client.get("/notices")).text
    assert "ยื่นเรื่องแล้ว เลขรับ 1254/2569" in page
    assert "ยังไม่ได้อ่าน" in page
    assert '<span class="count">1' in page
    [notice] = await service.notices(replace(ctx, actor=replace(ctx.actor, id=citizen)))

    opened = (await client.get(f"/notices/{notice['id']}")).text
    assert "ส่งให้กองช่างแล้ว" in opened
    assert 'href="/cases/1"' in opened
    page = (await client.get("/notices")).text
    assert "ยังไม่ได้อ่าน" not in page
    assert '<span class="count">' not in page


async def test_the_inbox_speaks_the_language_of_the_page(
    client: httpx.AsyncClient, enter: Enter, ctx: Context, citizen: UUID
) -> None:
    await tell(ctx, citizen)
    await enter(citizen)
    client.cookies.set("language", "en", domain="maehia.localhost")

    assert "Filed as 1254/2569" in (await client.get("/notices")).text


async def test_anothers_notice_is_not_found(
    client: httpx.AsyncClient, enter: Enter, ctx: Context, citizen: UUID, officer: UUID
) -> None:
    await tell(ctx, officer)
    [notice] = await service.notices(replace(ctx, actor=replace(ctx.actor, id=officer)))
    await enter(citizen)

    assert (await client.get(f"/notices/{notice['id']}")).status_code == 404
    assert (await client.get("/notices/not-an-id")).status_code == 404
    assert "1254/2569" not in (await client.get("/notices")).text


async def test_all_are_read_by_one_click(
    client: httpx.AsyncClient, enter: Enter, ctx: Context, citizen: UUID
) -> None:
    for number in range(3):
        await tell(ctx, citizen, key=str(number))
    await enter(citizen)

    answer = await post(client, "/notices/read")

    assert (answer.status_code, answer.headers["location"]) == (303, "/notices")
    assert "ยังไม่ได้อ่าน" not in (await client.get("/notices")).text


async def test_an_administrator_sees_what_waits_without_the_whole_address_and_sends_it(
    client: httpx.AsyncClient, enter: Enter, ctx: Context, administrator: UUID
) -> None:
    id = await failed(ctx)
    await enter(administrator)

    page = (await client.get("/desk/messages")).text
    assert "รอตั้งค่าอีเมล" in page
    assert "so•••@example.com" in page
    assert "somchai@example.com" not in page

    answer = await post(client, f"/desk/messages/{id}/send-again")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/messages")
    assert "รอตั้งค่าอีเมล" not in (await client.get("/desk/messages")).text
    assert (await post(client, f"/desk/messages/{id}/send-again")).status_code == 404


async def test_all_that_waits_is_sent_by_one_click(
    client: httpx.AsyncClient, enter: Enter, ctx: Context, administrator: UUID
) -> None:
    await failed(ctx)
    await enter(administrator)

    await post(client, "/desk/messages/send-again")

    assert (await service.count_undelivered(ctx)) == {"queued": 1, "waiting": 0, "failed": 0}
