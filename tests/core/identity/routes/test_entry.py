from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from core import db
from core.context import Context
from core.identity.tables import Session


async def age(ctx: Context, **time: float) -> None:
    """Have every session be unused for a while."""
    async with db.transaction(ctx):
        await Session.update({Session.seen_at: ctx.now - timedelta(**time)}).where(Session.of(ctx))


async def test_a_citizen_signs_in_with_a_code_and_comes_to_the_page_that_was_wanted(
    client: httpx.AsyncClient,
    post: Any,
    citizen: UUID,
    password: str,
    here: Context,
    last_code: Any,
) -> None:
    asked = await client.get("/account")
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in?next=%2Faccount")

    known = await post(
        "/sign-in", {"who": "๐๘๑-๒๓๔-๕๖๗๘", "password": password, "next": "/account"}
    )
    assert known.status_code == 303
    assert known.headers["location"] == "/sign-in/code?next=%2Faccount"
    page = await client.get(known.headers["location"])
    assert "08•-•••-5678" in page.text
    answer = await post("/sign-in/code", {"code": await last_code(here), "next": "/account"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    account = await client.get("/account")
    assert account.status_code == 200
    assert "นางสาววิภาดา แสงคำ" in account.text
    assert "1-2345-•••••-••-1" in account.text
    assert "1234545678781" not in account.text


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    post: Any, ctx: Context, client: httpx.AsyncClient
) -> None:
    answer = await post(
        "/register",
        {
            "first_name": "คำ",
            "last_name": "ดี",
            "national_id": "1234545678781",
            "password": "บันได แมว น้ำปลา",
        },
    )

    [cookie] = [one for one in answer.headers.get_list("set-cookie") if one.startswith("session=")]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert (await client.get("/account")).status_code == 200


async def test_a_wrong_password_shows_the_form_again_without_the_password(
    post: Any, citizen: UUID
) -> None:
    answer = await post("/sign-in", {"who": "0812345678", "password": "not the password"})

    assert answer.status_code == 422
    assert 'value="0812345678"' in answer.text
    assert "not the password" not in answer.text
    assert 'href="#who"' in answer.text
    assert "<title>พบ 1 จุดที่ต้องแก้" in answer.text


async def test_after_too_many_tries_the_page_says_how_long_to_wait(
    post: Any, citizen: UUID
) -> None:
    for _ in range(5):
        await post("/sign-in", {"who": "0812345678", "password": "x"})

    answer = await post("/sign-in", {"who": "0812345678", "password": "x"})

    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 30
    assert 'value="0812345678"' in answer.text


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "account"],
)
async def test_signing_in_never_leads_to_another_site(
    post: Any,
    ctx: Context,
    client: httpx.AsyncClient,
    citizen: UUID,
    password: str,
    here: Context,
    last_code: Any,
    elsewhere: str,
) -> None:
    asked = await post("/sign-in", {"who": "0812345678", "password": password, "next": elsewhere})
    assert asked.headers["location"] == "/sign-in/code"
    answer = await post("/sign-in/code", {"code": await last_code(here), "next": elsewhere})

    assert answer.headers["location"] == "/"
    page = await client.get("/sign-in", params={"next": elsewhere})
    assert "evil" not in page.text


async def test_a_wrong_code_is_told_with_the_tries_that_are_left(
    post: Any, citizen: UUID, password: str, here: Context, last_code: Any
) -> None:
    await post("/sign-in", {"who": "0812345678", "password": password})
    code = await last_code(here)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"

    answer = await post("/sign-in/code", {"code": wrong})

    assert answer.status_code == 422
    assert "ลองได้อีก 4 ครั้ง" in answer.text
    assert wrong not in answer.text


async def test_a_code_can_be_sent_again(
    client: httpx.AsyncClient,
    post: Any,
    citizen: UUID,
    password: str,
    here: Context,
    last_code: Any,
) -> None:
    await post("/sign-in", {"who": "0812345678", "password": password})

    again = await post("/code/again", {"action": "/sign-in/code", "next": ""})
    assert (again.status_code, again.headers["location"]) == (303, "/sign-in/code")
    answer = await post("/sign-in/code", {"code": await last_code(here)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def test_without_a_code_that_is_awaited_the_page_says_where_to_begin(
    client: httpx.AsyncClient,
) -> None:
    page = await client.get("/sign-in/code")

    assert page.status_code == 200
    assert 'href="/sign-in"' in page.text
    assert "รหัสนี้ใช้ไม่ได้แล้ว" in page.text


async def test_signing_out_ends_the_session_and_clears_the_cookie(
    client: httpx.AsyncClient, post: Any, enter: Any, citizen: UUID
) -> None:
    token = await enter(citizen)

    answer = await post("/sign-out")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    client.cookies.set("session", token, domain="maehia.localhost", path="/")
    assert (await client.get("/account")).status_code == 303


async def test_a_session_of_one_municipality_opens_nothing_in_another(
    client: httpx.AsyncClient, enter: Any, citizen: UUID, other: Context
) -> None:
    token = await enter(citizen)

    answer = await client.get(
        "http://yala.localhost/account", headers={"cookie": f"session={token}"}
    )

    assert answer.status_code == 303


async def test_a_form_without_the_token_of_its_page_is_refused(
    client: httpx.AsyncClient, citizen: UUID, password: str
) -> None:
    answer = await client.post("/sign-in", data={"who": "0812345678", "password": password})

    assert answer.status_code == 403


async def test_who_was_idle_is_told_so(
    client: httpx.AsyncClient, enter: Any, officer: UUID, here: Context
) -> None:
    await enter(officer)
    await age(here, minutes=31)

    gone = await client.get("/account")
    page = await client.get(gone.headers["location"])

    assert gone.status_code == 303
    assert "หมดเวลาเพราะไม่ได้ใช้งาน 30 นาที" in page.text
    assert "สิ่งที่กรอกไว้ยังอยู่" not in page.text


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-in/code", "/register", "/forgot", "/forgot/code"]
)
async def test_every_page_speaks_english_too(client: httpx.AsyncClient, path: str) -> None:
    client.cookies.set("language", "en", domain="maehia.localhost", path="/")

    page = await client.get(path)

    assert page.status_code == 200
    assert '<html lang="en"' in page.text


@pytest.mark.parametrize("junk", ["\x00", "ก" * 100_000, "' OR 1=1 --", "{{7*7}}", "\ud800"])
async def test_junk_is_refused_like_any_wrong_entry(post: Any, ctx: Context, junk: str) -> None:
    data = {"who": junk.encode("utf-8", "surrogatepass"), "password": "x"}

    answer = await post("/sign-in", data)

    assert answer.status_code == 422


async def test_a_program_is_told_in_json_to_sign_in(client: httpx.AsyncClient) -> None:
    answer = await client.get("/account", headers={"accept": "application/json"})

    assert answer.status_code == 401
    assert answer.json()["message"]


async def test_a_fragment_is_told_to_go_to_the_sign_in_page(client: httpx.AsyncClient) -> None:
    answer = await client.get(
        "/account",
        headers={"hx-request": "true", "hx-current-url": "http://maehia.localhost/desk?q=1"},
    )

    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/sign-in?next=%2Fdesk%3Fq%3D1"


async def test_an_officer_is_led_to_the_first_page_of_the_menu(
    client: httpx.AsyncClient, enter: Any, officer: UUID, citizen: UUID
) -> None:
    await enter(officer)
    led = await client.get("/desk")
    assert led.status_code == 303
    assert (await client.get(led.headers["location"])).status_code == 200

    await enter(citizen)
    assert (await client.get("/desk")).status_code == 403
