from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from core import db
from core.context import Context
from core.identity import accounts, people
from core.identity.tables import Session

OFFICER = {
    "title": "นาง",
    "first_name": "อารี",
    "last_name": 'ใจดี "พิเศษ" <b>',
    "email": "aree@maehia.example",
    "post": "นิติกร",
    "unit": "works",
}


async def age(ctx: Context, **time: float) -> None:
    async with db.transaction(ctx):
        await Session.update({Session.seen_at: ctx.now - timedelta(**time)}).where(Session.of(ctx))


async def test_what_an_officer_typed_outlives_the_session_and_is_sent_after_signing_in(
    client: httpx.AsyncClient,
    post: Any,
    enter: Any,
    administrator: UUID,
    here: Context,
    password: str,
    last_code: Any,
    fields: Any,
) -> None:
    await enter(administrator)
    await age(here, minutes=31)
    refused = await post("/desk/people/new", OFFICER)
    assert refused.status_code == 303
    assert refused.headers["location"].startswith("/sign-in?next=")
    page = await client.get(refused.headers["location"])
    assert "หมดเวลาเพราะไม่ได้ใช้งาน 30 นาที" in page.text
    assert "สิ่งที่กรอกไว้ยังอยู่" in page.text

    await post("/sign-in", {"who": "somchai@maehia.example", "password": password})
    answer = await post("/sign-in/code", {"code": await last_code(here)})
    assert answer.headers["location"].startswith("/sign-in/kept/")
    kept = await client.get(answer.headers["location"])
    assert "ส่งที่กรอกไว้" in kept.text
    path, sent = fields(kept.text)
    assert path == "/desk/people/new"
    assert {name: value for name, value in sent if name != "_csrf_token"} == OFFICER
    done = await client.post(path, data=dict(sent))

    assert done.status_code == 303
    found = await people.officers(here, search="อารี")
    assert [row["post"] for row in found] == ["นิติกร"]


async def test_what_one_officer_typed_is_not_shown_to_the_next_at_the_same_machine(
    client: httpx.AsyncClient,
    post: Any,
    enter: Any,
    administrator: UUID,
    ctx: Context,
    here: Context,
    password: str,
    last_code: Any,
) -> None:
    await accounts.register_officer(
        ctx,
        first_name="อรทัย",
        last_name="มั่นคง",
        email="o@maehia.example",
        post="นิติกร",
        password=password,
    )
    await enter(administrator)
    await age(here, minutes=31)
    await post("/desk/people/new", OFFICER)

    await post("/sign-in", {"who": "o@maehia.example", "password": password})
    answer = await post("/sign-in/code", {"code": await last_code(here)})

    assert answer.headers["location"] == "/desk"


async def test_what_was_kept_can_be_thrown_away(
    client: httpx.AsyncClient, post: Any, enter: Any, citizen: UUID, here: Context
) -> None:
    await enter(citizen)
    await age(here, days=8)
    await post("/account/language", {"language": "en"})
    token = client.cookies["parked"]
    assert token

    async with db.transaction(here) as connection:
        id = await connection.fetchval("SELECT id FROM core.parked_form")
    await enter(citizen)
    assert (await client.get(f"/sign-in/kept/{id}")).status_code == 200
    dropped = await post(f"/sign-in/kept/{id}/drop")
    assert (dropped.status_code, dropped.headers["location"]) == (303, "/")
    assert (await client.get(f"/sign-in/kept/{id}")).status_code == 404


async def test_files_are_not_kept_and_the_page_says_so(
    client: httpx.AsyncClient, post: Any, enter: Any, citizen: UUID, here: Context
) -> None:
    await enter(citizen)
    await age(here, days=8)
    await post(
        "/account/language", {"language": "en"}, files={"scan": ("a.png", b"x", "image/png")}
    )
    async with db.transaction(here) as connection:
        id = await connection.fetchval("SELECT id FROM core.parked_form")
    await enter(citizen)

    page = await client.get(f"/sign-in/kept/{id}")

    assert "ไฟล์ไม่ได้เก็บไว้" in page.text
    assert 'name="language" value="en"' in page.text


async def test_what_is_too_large_is_not_kept_and_the_stranger_is_sent_to_sign_in_all_the_same(
    client: httpx.AsyncClient, post: Any, ctx: Context
) -> None:
    answer = await post("/account/language", {"language": "x" * 1_100_000})

    assert answer.status_code == 303
    assert "parked" not in client.cookies


async def test_one_address_cannot_fill_the_database_with_forms(
    client: httpx.AsyncClient, post: Any, here: Context
) -> None:
    for _ in range(25):
        assert (await post("/account/language", {"language": "en"})).status_code == 303

    async with db.transaction(here) as connection:
        assert await connection.fetchval("SELECT count(*) FROM core.parked_form") == 20


async def test_a_page_that_was_only_read_is_not_kept(
    client: httpx.AsyncClient, here: Context
) -> None:
    await client.get("/account")

    async with db.transaction(here) as connection:
        assert await connection.fetchval("SELECT count(*) FROM core.parked_form") == 0
