"""What was missing is handed in: in pieces beforehand, with the form, or both."""

import io
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from PIL import Image

from core.context import Context
from core.db import transaction
from kit.casework.service import returning
from kit.casework.service.returning import Defect
from kit.casework.tables import Attachment, Case

HERE = {"Sec-Fetch-Site": "same-origin"}
REQUEST = {
    "applicant": {"name": "นายสมชาย ใจดี", "phone": "+66812345678"},
    "answers": {"subject": "ต้นไม้พาดสายไฟ", "details": "กลัวหักช่วงลมแรง"},
}
PIECE = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}


def photo(side: int = 200) -> bytes:
    written = io.BytesIO()
    Image.effect_noise((side, side), 80).convert("RGB").save(written, "JPEG", quality=90)
    return written.getvalue()


@pytest.fixture
async def track(browser: httpx.AsyncClient, officer: Context) -> str:
    """A case that the office gave back, with a page of its own."""
    headers = {"Idempotency-Key": "key-00001"}
    filed = await browser.post("/api/services/oss.general/cases", json=REQUEST, headers=headers)
    now = replace(officer, now=datetime.now(UTC))
    async with transaction(now):
        row = await Case.select(Case.id, Case.revision).where(Case.of(now)).first()
    assert row
    await returning.return_for_fix(
        now,
        row["id"],
        defects=[Defect("สำเนาโฉนดด้านหลัง", "ถ่ายรูปส่งเพิ่ม")],
        fix_by=date.today() + timedelta(days=14),  # noqa: DTZ011 - any day to come
        revision=row["revision"],
    )
    browser.headers.update(HERE)
    code: str = filed.json()["track"]
    return code


async def send(browser: httpx.AsyncClient, track: str, data: bytes) -> httpx.Response:
    said = {"filename": "โฉนดหลัง.jpg", "document": "other", "mark": "1"}
    pairs = [f"{key} {b64encode(text.encode()).decode()}" for key, text in said.items()]
    headers = {"Upload-Length": str(len(data)), "Upload-Metadata": ",".join(pairs)}
    begun = await browser.post(f"/t/{track}/uploads", headers=headers)
    if begun.status_code != 201:
        return begun
    return await browser.patch(begun.headers["location"], content=data, headers=PIECE)


async def rows(ctx: Context) -> list[dict[str, Any]]:
    async with transaction(ctx):
        return await Attachment.select().where(Attachment.of(ctx), Attachment.removed_at.is_null())


async def form(browser: httpx.AsyncClient, track: str, **more: Any) -> httpx.Response:
    page = await browser.get(f"/t/{track}")
    revision = page.text.split('name="revision" value="')[1].split('"')[0]
    return await browser.post(f"/t/{track}/mend", data={"revision": revision}, **more)


async def test_what_was_sent_in_pieces_is_the_cases_once_it_is_handed_in(
    browser: httpx.AsyncClient, track: str, ctx: Context
) -> None:
    sent = await send(browser, track, photo())
    [before] = await rows(ctx)
    assert (sent.status_code, before["case_id"]) == (200, None)
    page = await browser.get(f"/t/{track}")
    assert f'name="drop" value="{before["id"]}"' in page.text

    done = await form(browser, track)
    [after] = await rows(ctx)
    assert done.status_code == 200
    assert isinstance(after["case_id"], UUID)
    assert (await send(browser, track, photo(201))).status_code == 409


async def test_a_file_that_is_refused_keeps_the_case_with_the_citizen_and_the_others_waiting(
    browser: httpx.AsyncClient, track: str, ctx: Context
) -> None:
    files = [
        ("other", ("หน้า.jpg", photo(), "image/jpeg")),
        ("other", ("หลัง.jpg", b"MZ" * 90, "image/jpeg")),
    ]
    refused = await form(browser, track, files=files)

    assert refused.status_code == 422
    assert "ไม่ใช่รูปหรือ PDF" in refused.text
    assert "หน้า.jpg" in refused.text
    [row] = await rows(ctx)
    assert row["case_id"] is None
    assert (await form(browser, track)).status_code == 200
    assert [one["case_id"] is None for one in await rows(ctx)] == [False]


async def test_nothing_is_not_handed_in(
    browser: httpx.AsyncClient, track: str, ctx: Context
) -> None:
    sent = await send(browser, track, photo())
    await browser.post(f"/t/{track}/mend", data={"drop": sent.json()["id"]})
    answer = await form(browser, track)

    assert answer.status_code == 422
    assert "แนบสิ่งที่ขาด" in answer.text
    assert await rows(ctx) == []


async def test_an_old_page_is_told_who_changed_the_case_and_when(
    browser: httpx.AsyncClient, track: str
) -> None:
    answer = await browser.post(f"/t/{track}/mend", data={"revision": "1", "words": "ส่งแล้ว"})

    assert answer.status_code == 409
    assert "อรทัย" in answer.text
    assert "น." in answer.text


async def test_another_code_and_another_town_find_nothing(
    browser: httpx.AsyncClient, track: str, other: Context
) -> None:
    begun = await browser.post(
        f"/t/{track}/uploads", headers={"Upload-Length": "10", "Host": "yala.localhost"}
    )

    assert begun.status_code == 404
    assert (await send(browser, "MH7K-2Q9D-41TA", photo())).status_code == 404
