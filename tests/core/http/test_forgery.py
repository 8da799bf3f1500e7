import re
from typing import Any

import httpx
import pytest

from core import db
from core.context import Context
from core.http import forgery
from core.keys import Keys
from core.runtime import Runtime
from tools.tree import templates

FORM = re.compile(r"<form\b[^>]*\bmethod=\"post\"[^>]*>(.{0,40})", re.DOTALL)
NAME = "ประธาน ตั้งใจ"


def token_in(page: httpx.Response) -> str:
    return page.text.split('name="_csrf_token" value="')[1].split('"')[0]


async def count(ctx: Context) -> int:
    async with db.transaction(ctx) as connection:
        found: int = await connection.fetchval("SELECT count(*) FROM core.account")
        return found


async def test_the_token_of_the_page_lets_its_form_in(client: httpx.AsyncClient) -> None:
    page = await client.get("/sign-in")
    sent = {"_csrf_token": token_in(page), "theme": "dark"}

    assert (await client.post("/theme", data=sent)).status_code == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://maehia.localhost"}, 403),
        ({"Origin": "http://maehia.localhost"}, 303),
        ({"Origin": "http://yala.localhost"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[broken"}, 403),
        ({}, 403),
    ],
)
async def test_without_a_token_the_browser_must_vouch_for_the_page(
    client: httpx.AsyncClient, headers: dict[str, str], status: int
) -> None:
    answer = await client.post("/theme", data={"theme": "dark"}, headers=headers)

    assert answer.status_code == status


async def test_of_two_pages_opened_at_once_by_a_new_browser_both_can_be_sent(
    client: httpx.AsyncClient,
) -> None:
    first = await client.get("/sign-in")
    client.cookies.clear()
    second = await client.get("/sign-in")
    assert token_in(first) != token_in(second)

    headers = {"Sec-Fetch-Site": "same-origin"}
    for page in (first, second):
        sent = {"_csrf_token": token_in(page), "theme": "dark"}
        assert (await client.post("/theme", data=sent, headers=headers)).status_code == 303


@pytest.mark.parametrize("old", ["", "x" * 96, "ก" * 96, "0" * 95, '"%00"'])
async def test_a_cookie_of_another_installation_is_replaced(
    client: httpx.AsyncClient, old: str
) -> None:
    header = {"cookie": f"csrf={old}".encode()}
    page = await client.get("/sign-in", headers=header)  # type: ignore[arg-type]
    sent = {"_csrf_token": token_in(page), "theme": "dark"}

    assert client.cookies["csrf"] == token_in(page)
    assert (await client.post("/theme", data=sent)).status_code == 303


@pytest.mark.parametrize("token", ["", "x" * 96, "ก" * 96, "\x00", None])
async def test_an_odd_token_is_refused_and_does_nothing(
    client: httpx.AsyncClient, ctx: Context, token: str | None
) -> None:
    await client.get("/sign-in")
    sent = {"_csrf_token": token} if token is not None else {}
    answer = await client.post("/register", data=sent | {"first_name": NAME})

    assert answer.status_code == 403
    assert await count(ctx) == 0


async def test_a_page_that_expired_gives_back_what_was_typed_and_sends_it_again(
    client: httpx.AsyncClient,
) -> None:
    typed = {"theme": "dark", "next": "/track?x=1&y=<2>", "words": NAME, "_csrf_token": "old"}
    expired = await client.post("/theme", data=typed)

    assert expired.status_code == 403
    assert "หน้านี้หมดอายุ" in expired.text
    assert NAME in expired.text
    form = expired.text.split('<form class="card next')[1].split("</form>")[0]
    held = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert held["next"] == "/track?x=1&amp;y=&lt;2&gt;"
    answer = await client.post("/theme", data=held | {"next": typed["next"]})
    assert (answer.status_code, answer.headers["location"]) == (303, "/track?x=1&y=%3C2%3E")


async def test_a_page_that_expired_gives_back_no_password_and_says_what_is_not_kept(
    client: httpx.AsyncClient,
) -> None:
    typed = {"who": "0812345678", "password": "ความลับ", "_csrf_token": "old"}
    files = {"scan": ("a.png", b"x", "image/png")}
    expired = await client.post("/sign-in", data=typed, files=files)

    assert "0812345678" in expired.text
    assert "ความลับ" not in expired.text
    assert "รหัสผ่านไม่ได้เก็บไว้" in expired.text
    assert "ไฟล์ไม่ได้เก็บไว้" in expired.text


async def test_what_another_website_filled_in_is_not_given_back(client: httpx.AsyncClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    refused = await client.post("/theme", data={"words": "ซื้อเลย"}, headers=headers)

    assert refused.status_code == 403
    assert "เว็บไซต์อื่น" in refused.text
    assert "ซื้อเลย" not in refused.text


async def test_what_browsers_keep_for_a_year_gives_no_token(client: httpx.AsyncClient) -> None:
    page = await client.get("/sign-in")
    theme = re.search(r'href="(/theme/[^"]+)"', page.text)
    assert theme
    client.cookies.clear()

    assert "set-cookie" not in (await client.get(theme[1])).headers


def test_a_token_is_known_by_its_own_installation_only(runtime: Runtime) -> None:
    token = forgery.new_token(runtime.keys)
    broken: list[Any] = [token[:-1], token[1:], token.upper(), "", None, 7, "ก" * 96]

    assert forgery.is_ours(runtime.keys, token)
    assert not forgery.is_ours(Keys(b"\xcd" * 32), token)
    assert not any(forgery.is_ours(runtime.keys, one) for one in broken)


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.stem)
def test_the_token_is_the_first_of_its_form(path: Any) -> None:
    """A form may be sent while the end of its page is still on the way."""
    begun = FORM.findall(path.read_text(encoding="utf-8"))

    assert [one for one in begun if not one.strip().startswith("{{ csrf_input }}")] == []
