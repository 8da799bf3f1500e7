"""Files in pieces, over HTTP: of a draft and of a case that is being put right."""

import asyncio
import io
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from PIL import Image

from core.context import Context
from core.db import transaction
from core.runtime import Runtime
from kit.casework.service import attaching
from kit.casework.tables import Attachment
from kit.documents.sending import sweep
from tests.conftest import app_of

HERE = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
ANSWERS = (
    {"name": "นายสมชาย ใจดี", "phone": "081-234-5678"},
    {"subject": "ต้นไม้พาดสายไฟ", "details": "กลัวหักช่วงลมแรง"},
)
PIECE = {"Content-Type": "application/offset+octet-stream"}


def photo(side: int = 200) -> bytes:
    written = io.BytesIO()
    Image.effect_noise((side, side), 80).convert("RGB").save(written, "JPEG", quality=90)
    return written.getvalue()


def about(
    data: bytes, name: str = "ต้นไม้.jpg", document: str = "photo", mark: str = "1"
) -> dict[str, str]:
    said = {"filename": name, "document": document, "mark": mark}
    pairs = [f"{key} {b64encode(text.encode()).decode()}" for key, text in said.items()]
    return {"Upload-Length": str(len(data)), "Upload-Metadata": ",".join(pairs)}


async def filled(browser: httpx.AsyncClient) -> str:
    """Return where files of a new draft are sent; its questions are answered."""
    browser.headers.update(HERE)
    first = await browser.post("/services/oss.general")
    home = str(first.url).rpartition("/")[0]
    for number, answers in enumerate(ANSWERS, 1):
        await browser.post(f"{home}/{number}", data=answers)
    return f"{home}/uploads"


class Phone:
    """A browser with a script, in the middle of a draft."""

    def __init__(self, browser: httpx.AsyncClient, base: str) -> None:
        self.browser, self.base = browser, base

    async def begin(self, data: bytes, **more: str) -> httpx.Response:
        return await self.browser.post(self.base, headers=about(data, **more))

    async def add(self, url: str, at: int, piece: bytes) -> httpx.Response:
        headers = PIECE | {"Upload-Offset": str(at)}
        return await self.browser.patch(url, content=piece, headers=headers)

    async def send(self, data: bytes, **more: str) -> httpx.Response:
        begun = await self.begin(data, **more)
        if begun.status_code != 201:
            return begun
        url, at = begun.headers["location"], int(begun.headers["upload-offset"])
        while True:
            answer = await self.add(url, at, data[at : at + 4096])
            if answer.status_code != 204:
                return answer
            at = int(answer.headers["upload-offset"])


@pytest.fixture
async def phone(browser: httpx.AsyncClient) -> Phone:
    return Phone(browser, await filled(browser))


async def rows(ctx: Context) -> list[dict[str, Any]]:
    async with transaction(ctx):
        return await Attachment.select().where(Attachment.of(ctx), Attachment.removed_at.is_null())


async def test_a_file_in_pieces_is_in_the_draft_and_shown_as_sent(
    phone: Phone, ctx: Context
) -> None:
    sent = await phone.send(photo())

    [row] = await rows(ctx)
    assert sent.json() == {"id": str(row["id"]), "name": "ต้นไม้.jpg", "size": str(row["size"])}
    page = await phone.browser.get(phone.base.replace("uploads", "3"))
    assert f'value="{row["id"]}"' in page.text


async def test_what_broke_off_goes_on_and_is_shown_until_then(phone: Phone, ctx: Context) -> None:
    data = photo(600)
    url = (await phone.begin(data)).headers["location"]
    await phone.add(url, 0, data[:10_000])
    page = await phone.browser.get(phone.base.replace("uploads", "3"))
    assert "เลือกไฟล์เดิมอีกครั้ง" in page.text

    told = await phone.browser.head(url)
    assert (told.status_code, told.headers["upload-offset"]) == (200, "10000")
    again = await phone.begin(data)
    assert (again.headers["location"], again.headers["upload-offset"]) == (url, "10000")
    assert (await phone.send(data)).status_code == 200
    assert len(await rows(ctx)) == 1


async def test_a_lost_answer_is_given_again_and_the_file_is_there_once(
    phone: Phone, ctx: Context
) -> None:
    data = photo()
    first = await phone.send(data)
    again = await phone.send(data)
    other_name = await phone.send(data, name="b.jpg", mark="2")

    assert first.json() == again.json() == other_name.json()
    assert len(await rows(ctx)) == 1


async def test_a_file_that_was_left_out_can_be_sent_again(phone: Phone, ctx: Context) -> None:
    data, page = photo(), phone.base.replace("uploads", "3")
    first = await phone.send(data)
    await phone.browser.post(page, data={"drop": first.json()["id"]})
    assert await rows(ctx) == []

    assert (await phone.send(data)).json()["id"] != first.json()["id"]
    assert len(await rows(ctx)) == 1


async def test_two_who_finish_the_same_at_once_are_one_file(phone: Phone, ctx: Context) -> None:
    data = photo()
    answers = await asyncio.gather(*[phone.send(data, mark=str(n)) for n in range(4)])

    assert {one.json()["id"] for one in answers} == {str(row["id"]) for row in await rows(ctx)}
    assert len(await rows(ctx)) == 1


async def test_a_piece_at_the_wrong_place_changes_nothing(phone: Phone) -> None:
    data = photo()
    url = (await phone.begin(data)).headers["location"]
    answer = await phone.add(url, 7, data[7:100])

    assert answer.status_code == 409
    assert (await phone.browser.head(url)).headers["upload-offset"] == "0"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"MZ\x90\x00" + b"\0" * 400, "ไม่ใช่รูปหรือ PDF"),
        (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "ไม่ใช่รูป"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "ไม่ใช่รูปหรือ PDF"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 900, "เปิดรูปนี้ไม่ได้"),
        (b"%PDF-1.7\n" + b"\0" * 900, "เปิด PDF นี้ไม่ได้"),
    ],
)
async def test_what_is_not_taken_is_gone_and_says_why(
    phone: Phone, ctx: Context, data: bytes, sentence: str
) -> None:
    answer = await phone.send(data)

    assert answer.status_code == 422
    assert sentence in answer.json()["message"]
    assert await rows(ctx) == []
    assert list((ctx.settings.data / "uploads").rglob("*.*")) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "๙"}, 400),
        ({"Upload-Length": "9" * 400}, 400),
        ({"Upload-Length": "10", "Upload-Metadata": "filename ***"}, 400),
        ({"Upload-Length": "10", "Upload-Metadata": "filename /w=="}, 400),
        ({"Upload-Length": "10"}, 422),
        (about(b"x", document="passport"), 422),
        (about(b""), 422),
        (about(b"") | {"Upload-Length": str(21 * 2**20)}, 422),
    ],
)
async def test_an_odd_beginning_is_refused_and_keeps_nothing(
    phone: Phone, ctx: Context, headers: dict[str, str], status: int
) -> None:
    encoded = {name: value.encode() for name, value in headers.items()}
    answer = await phone.browser.post(phone.base, headers=encoded)  # type: ignore[arg-type]

    assert answer.status_code == status
    assert answer.json()["message"]
    assert list((ctx.settings.data / "uploads").rglob("*.*")) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 415),
        ({"Content-Type": "text/plain", "Upload-Offset": "0"}, 415),
        (PIECE, 400),
        (PIECE | {"Upload-Offset": "x"}, 400),
        (PIECE | {"Upload-Offset": "99"}, 409),
    ],
)
async def test_an_odd_piece_is_refused(phone: Phone, headers: dict[str, str], status: int) -> None:
    url = (await phone.begin(photo())).headers["location"]
    answer = await phone.browser.patch(url, content=b"\xff\xd8\xff", headers=headers)

    assert answer.status_code == status


async def test_a_piece_that_is_too_large_is_refused(phone: Phone) -> None:
    url = (await phone.begin(b"x" * 5_000_000)).headers["location"]

    assert (await phone.add(url, 0, b"\xff\xd8\xff" + b"\0" * 2**20)).status_code == 413


async def test_nobody_else_touches_an_upload(phone: Phone, runtime: Runtime, ctx: Context) -> None:
    data = photo()
    url = (await phone.begin(data)).headers["location"]
    transport = httpx.ASGITransport(app_of(runtime))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", follow_redirects=True
    ) as browser:
        browser.headers.update(HERE)
        thief = Phone(browser, phone.base)
        tried = [await thief.begin(data), await browser.head(url), await browser.delete(url)]
        tried.append(await thief.add(url, 0, data[:100]))
        own = await filled(browser)
        tried.append(await browser.head(f"{own}/{url.rpartition('/')[2]}"))

    assert {one.status_code for one in tried} == {404}
    assert (await phone.browser.head(url)).headers["upload-offset"] == "0"


async def test_too_many_files_of_a_document_are_refused_before_they_are_sent(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    for side in range(101, 106):
        assert (await phone.send(photo(side), mark=str(side))).status_code == 200
    assert "ไม่เกิน 5 ไฟล์" in (await phone.begin(photo(), mark="9")).json()["message"]

    monkeypatch.setattr(attaching, "MOST_FILES", 5)
    page = phone.base.replace("uploads", "3")
    [first, *_] = await rows_of(phone)
    await phone.browser.post(page, data={"drop": first})
    assert "ครบจำนวน" in (await phone.begin(photo(), mark="9")).json()["message"]


async def rows_of(phone: Phone) -> list[str]:
    page = await phone.browser.get(phone.base.replace("uploads", "3"))
    return [part.split('"')[0] for part in page.text.split('name="drop" value="')[1:]]


async def test_a_filed_draft_takes_no_more(phone: Phone, ctx: Context) -> None:
    data = photo()
    url = (await phone.begin(data)).headers["location"]
    filed = await phone.browser.post(
        phone.base.replace("uploads", "file"), data={"declared": "yes"}
    )
    assert "/t/" in str(filed.url)

    assert (await phone.add(url, 0, data[:4096])).status_code == 409
    assert await rows(ctx) == []


async def test_what_broke_off_is_swept_away_after_a_day(phone: Phone, ctx: Context) -> None:
    url = (await phone.begin(photo())).headers["location"]
    await sweep(replace(ctx, now=datetime.now(UTC) + timedelta(hours=23)))
    assert (await phone.browser.head(url)).status_code == 200
    await sweep(replace(ctx, now=datetime.now(UTC) + timedelta(hours=25)))

    assert (await phone.browser.head(url)).status_code == 404
