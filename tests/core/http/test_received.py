from typing import Any

import httpx
import pytest

from core import db
from core.context import Context

HERE = {"Sec-Fetch-Site": "same-origin"}
URL = {"Content-Type": "application/x-www-form-urlencoded"}
PARTS = {"Content-Type": "multipart/form-data; boundary=x"}
UNREADABLE, TOO_MUCH, OTHER_KIND = "อ่านไม่ได้", "ใหญ่เกินที่รับได้", "ไม่ใช่ชนิด"


def part(head: str, body: bytes = b"dark", end: bytes = b"\r\n--x--\r\n") -> bytes:
    return f"--x\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + body + end


async def accounts(ctx: Context) -> int:
    async with db.transaction(ctx) as connection:
        found: int = await connection.fetchval("SELECT count(*) FROM core.account")
        return found


@pytest.mark.parametrize(
    ("body", "headers", "status", "sentence"),
    [
        (b"first_name=%ff%fe", URL, 400, UNREADABLE),
        (b"%ff=a", URL, 400, UNREADABLE),
        (b"first_name=%ED%A0%BD", URL, 400, UNREADABLE),
        (b"first_name=\xe0\xb8", URL, 400, UNREADABLE),
        (part('name="first_name"', b"\xff\xfe"), PARTS, 400, UNREADABLE),
        (part('name="first_name"', end=b""), PARTS, 400, UNREADABLE),
        (b"nothing", PARTS, 400, UNREADABLE),
        (b"x", {"Content-Type": "multipart/form-data"}, 400, UNREADABLE),
        (b"a=1&" * 10_000, URL, 413, TOO_MUCH),
        (b"first_name=" + b"a" * 12_000_001, URL, 413, TOO_MUCH),
        (part('name="a"', end=b"\r\n") * 2_001 + part('name="a"'), PARTS, 413, TOO_MUCH),
        (b'{"first_name": "a"}', {"Content-Type": "application/json"}, 415, OTHER_KIND),
        (b"<a/>", {"Content-Type": "text/xml"}, 415, OTHER_KIND),
        (b"\x82\xa1a", {"Content-Type": "application/vnd.msgpack"}, 415, OTHER_KIND),
        (b"abc", {}, 415, OTHER_KIND),
    ],
)
async def test_what_is_no_form_is_refused_with_its_status_and_a_sentence(
    client: httpx.AsyncClient,
    ctx: Context,
    body: bytes,
    headers: dict[str, str],
    status: int,
    sentence: str,
) -> None:
    answer = await client.post("/register", content=body, headers=headers | HERE)

    assert answer.status_code == status
    assert sentence in answer.text
    assert await accounts(ctx) == 0


@pytest.mark.parametrize("charset", ["utf-16", "none-such", "ก"])
async def test_texts_are_utf_8_whatever_a_part_says(
    client: httpx.AsyncClient, charset: str
) -> None:
    head = f'name="theme"\r\nContent-Type: text/plain; charset={charset}'
    answer = await client.post("/theme", content=part(head), headers=PARTS | HERE)

    assert answer.status_code == 303
    assert client.cookies["theme"] == "dark"


async def test_nul_is_left_out_of_texts_and_addresses(client: httpx.AsyncClient) -> None:
    sent: Any = {"th\x00eme": "da\x00rk"}

    assert (await client.post("/theme", data=sent, headers=HERE)).status_code == 303
    assert client.cookies["theme"] == "dark"
    assert (await client.get("/track?a=%00&next=%00")).status_code == 200
    assert (await client.get("/services/%00")).status_code == 404


async def test_a_form_without_a_body_is_an_empty_form(client: httpx.AsyncClient) -> None:
    answer = await client.post("/sign-in", headers=HERE)

    assert answer.status_code == 422


async def test_the_head_of_every_page_can_be_asked_for(client: httpx.AsyncClient) -> None:
    assert (await client.head("/sign-in")).status_code == 200
    assert (await client.head("/nowhere")).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PROPFIND", "TRACE", "X" * 200])
async def test_other_methods_are_refused(client: httpx.AsyncClient, method: str) -> None:
    answer = await client.request(method, "/sign-in", headers=HERE)

    assert answer.status_code == 405
