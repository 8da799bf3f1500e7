"""Headers that no browser of ours sends."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

HERE = {"Sec-Fetch-Site": "same-origin"}
LONG = "a" * 9_000


def raw(headers: dict[str, str]) -> Any:
    return {name: value.encode("utf-8", "surrogateescape") for name, value in headers.items()}


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("maehia.localhost", 200),
        ("MAEHIA.localhost.:80", 200),
        ("maehia.localhost:99999:1", 404),
        ("maehia.localhost@evil.example", 404),
        ("..", 404),
        ("", 404),
        (":", 404),
        ("ก.localhost", 404),
        ("maehia\x00.localhost", 404),
        ("'; drop table core.tenant; --.localhost", 404),
        ("[::1]:80", 404),
        (LONG, 404),
    ],
)
async def test_an_odd_host_is_nobodys(client: httpx.AsyncClient, host: str, status: int) -> None:
    answer = await client.get("/sign-in", headers=raw({"Host": host}))

    assert answer.status_code == status
    if status == 404:
        assert "ไม่พบหน่วยงาน" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "session=%00; device=%ff; code=\udcff; parked=x; csrf=ก; theme=\udcff"},
        {"Cookie": f"session={LONG}; language={LONG}; theme={LONG}"},
        {"Cookie": ";;==;=;session;"},
        {"Cookie": 'session="\\377\\000"; language="en'},
        {"Accept": LONG},
        {"Accept": "\udcff", "Accept-Language": "\udcff", "Accept-Encoding": "\udcff"},
        {"Content-Length": "x"},
        {"Content-Type": "multipart/form-data; boundary=\udcff"},
        {"Content-Type": "application/x-www-form-urlencoded; charset=none-such"},
        {"HX-Request": "true", "HX-Current-URL": "\udcff", "Referer": "http://[x"},
        {"User-Agent": "\udcff" * 500},
        {"Referer": LONG},
        {"Idempotency-Key": "\udcff", "Offline-Account": "\udcff"},
        {"Sec-Fetch-Site": "\udcff"},
        {"Origin": "\udcff"},
        {"X-CSRFToken": "\udcff"},
        {"X-Forwarded-For": "\udcff", "X-Forwarded-Proto": "javascript"},
        {"Range": "bytes=9-1,0-0,-5," * 500},
        {"If-None-Match": "\udcff", "If-Modified-Since": "never"},
        {"Save-Data": "\udcff"},
    ],
)
async def test_odd_headers_are_no_fault_of_ours(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    for path in ("/sign-in", "/account", "/offline/token?key=\udcff", "/static/core/face.css"):
        asked = path.replace("\udcff", "%ff")
        assert (await client.get(asked, headers=raw(headers))).status_code in (
            200,
            303,
            400,
            401,
            416,
        )
    sent = {"who": "0812345678", "password": "x"}
    answer = await client.post("/sign-in", data=sent, headers=raw(HERE | headers))
    assert answer.status_code in (400, 403, 415, 422, 429)


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example", "//evil.example", "/\\evil", "/a\r\nSet-Cookie: a=b", "/" * 9],
)
async def test_no_form_leads_to_another_site(client: httpx.AsyncClient, wanted: str) -> None:
    answer = await client.post("/theme", data={"theme": "dark", "next": wanted}, headers=HERE)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    assert "a=b" not in str(answer.headers)


async def test_a_draft_of_nobody_is_not_found_whatever_the_cookie_says(
    client: httpx.AsyncClient,
) -> None:
    for cookie in ("", "x", "%00", LONG):
        answer = await client.get(f"/apply/{uuid4()}/1", headers={"Cookie": f"draft={cookie}"})
        assert answer.status_code == 404
        assert "ไม่พบร่างนี้" in answer.text
