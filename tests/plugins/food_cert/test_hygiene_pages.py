"""The pages of an inspection: filled in, sent twice, refused, opened and printed."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import UUID, uuid4

import httpx
import pytest
from pypdf import PdfReader

from core.context import Context
from core.runtime import Runtime
from plugins.food_cert.rules.hygiene import FAIL, NONE
from plugins.food_cert.service.rights import CARRY, INSPECT, READ
from tests.desks import signed_in
from tests.plugins.food_cert.conftest import a_place, rows
from tests.plugins.food_cert.findings import CODES, ILL, day_fields, jpeg, typed

HOME = "/desk/food/inspect"
DEVICE = {"Idempotency-Key": "once-and-only-once", "Accept": "application/json"}
RECORDS = "SELECT * FROM food_cert.inspection"


@pytest.fixture
async def place(ctx: Context) -> UUID:
    return await a_place(ctx)


@pytest.fixture
async def phone(runtime: Runtime, ctx: Context, place: UUID) -> AsyncIterator[httpx.AsyncClient]:
    async with signed_in(runtime, ctx, [INSPECT], f"{HOME}/{place}") as client:
        yield client


async def test_an_inspection_arrives_once_with_its_photos_and_is_shown_and_printed(
    phone: httpx.AsyncClient, ctx: Context, place: UUID
) -> None:
    listed = (await phone.get(HOME)).text
    assert f"{HOME}/{place}" in listed
    assert "ยังไม่เคยตรวจ" in listed
    form = (await phone.get(f"{HOME}/{place}")).text
    assert all(f'name="item_{code}"' in form for code in CODES)
    assert '<meta name="offline"' in form
    assert re.search('value="first" checked', form)

    data = typed(datetime.now(UTC), ILL | {"1.3": FAIL, "1.6": NONE}, remarks="ร้านกำลังซ่อม")
    files = [
        ("photo_4.2", ("ครัว.jpg", jpeg(), "image/jpeg")),
        ("photo_place", ("a.jpg", jpeg("navy"), "image/jpeg")),
    ]

    async def send() -> httpx.Response:
        return await phone.post(f"{HOME}/{place}", data=data, files=files, headers=DEVICE)

    # Twice at the same moment, and once more.
    answers = [*await asyncio.gather(send(), send()), await send()]

    assert [one.status_code for one in answers] == [200] * 3, answers[0].text
    [record] = await rows(ctx, RECORDS)
    home = f"/desk/food/inspections/{record['id']}"
    assert {one.json()["location"] for one in answers} == {home}
    shown = re.sub("\u2060|\xa0", "", (await phone.get(home)).text)
    for words in ("ไม่ผ่านเกณฑ์", "ต้องปรับปรุง", "แก้ข้อ 4.2", "ร้านกำลังซ่อม", "ต้องตรวจซ้ำภายใน"):
        assert words in shown, words
    assert shown.count("?small=1") == 2
    picture = await phone.get(f"{home}/photos/1")
    assert picture.headers["content-type"] == "image/jpeg"
    assert b"SecretPhone" not in picture.content
    assert (await phone.get(f"{home}/photos/3")).status_code == 404
    paper = await phone.get(f"{home}/record.pdf")
    told = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages)
    assert "๔.๒" in told
    assert "รูปถ่าย" in told
    acts = await rows(
        ctx, "SELECT action FROM core.audit_entry WHERE subject = $1", f"place/{place}"
    )
    assert [one["action"] for one in acts].count("food_cert.place.inspected") == 1
    assert "food_cert.inspection.read" in {one["action"] for one in acts}


async def test_without_a_script_the_record_is_shown_at_once(
    phone: httpx.AsyncClient, place: UUID
) -> None:
    sent = await phone.post(f"{HOME}/{place}", data=typed(datetime.now(UTC)))

    assert sent.status_code == 303
    shown = await phone.get(sent.headers["location"])
    assert "ผ่านทุกข้อที่ใช้กับที่นี่" in shown.text
    assert "ยังไม่มีผู้เทียบกับตัวบทกฎหมาย" in shown.text


async def test_what_is_wrong_comes_back_as_it_was_typed_and_nothing_is_kept(
    phone: httpx.AsyncClient, ctx: Context, place: UUID
) -> None:
    wrong = typed(datetime.now(UTC), ILL, remarks="เก็บไว้", **{"told_4.2": " "})
    del wrong["item_2.3"]
    wrong["item_2.4"] = "perhaps"
    bad = [("photo_1.4", ("a.pdf", b"%PDF-1.4 is none", "application/pdf"))]
    bad += [("photo_1.5", ("b.jpg", b"no picture at all", "image/jpeg"))]
    page = await phone.post(f"{HOME}/{place}", data=wrong, files=bad)

    assert page.status_code == 422
    names = re.findall('href="#((?:item|told|photo)_[^"]+)"', page.text)
    assert set(names) == {"item_2.3", "item_2.4", "told_4.2", "photo_1.4", "photo_1.5"}
    assert "เก็บไว้" in page.text
    assert len(re.findall('value="pass" checked', page.text)) == len(CODES) - 3
    assert await rows(ctx, RECORDS) == []


async def test_a_day_that_the_figures_do_not_allow_is_told_beside_its_field(
    phone: httpx.AsyncClient, ctx: Context, place: UUID
) -> None:
    now = datetime.now(UTC)
    data = typed(now, ILL) | day_fields("until", now.date() + timedelta(days=90))
    page = await phone.post(f"{HOME}/{place}", data=data)
    told = await phone.post(f"{HOME}/{place}", data=data, headers=DEVICE)

    assert page.status_code == told.status_code == 422
    assert 'href="#until.day"' in page.text
    assert set(told.json()["problems"]) == {"until.day"}
    assert await rows(ctx, RECORDS) == []


@pytest.mark.parametrize(
    "forged",
    [
        {"checklist": "store-2561"},
        {"checklist": "../limits"},
        {"reason": "revenge"},
        {"idempotency_key": "short"},
        {"made_time": "25.99"},
        day_fields("made_on", date(2031, 1, 1)),
    ],
    ids=str,
)
async def test_what_no_form_of_ours_sends_is_refused(
    phone: httpx.AsyncClient, ctx: Context, place: UUID, forged: dict[str, str]
) -> None:
    sent = await phone.post(f"{HOME}/{place}", data=typed(datetime.now(UTC)) | forged)

    assert sent.status_code == 422
    assert await rows(ctx, RECORDS) == []


async def test_the_same_key_with_other_answers_or_for_another_place_is_told(
    phone: httpx.AsyncClient, ctx: Context, place: UUID
) -> None:
    now = datetime.now(UTC)
    other = await a_place(ctx, name="ครัวบัวผัน")
    first = await phone.post(f"{HOME}/{place}", data=typed(now), headers=DEVICE)
    changed = await phone.post(f"{HOME}/{place}", data=typed(now, ILL), headers=DEVICE)
    elsewhere = await phone.post(f"{HOME}/{other}", data=typed(now), headers=DEVICE)

    assert (first.status_code, changed.status_code, elsewhere.status_code) == (200, 409, 409)
    [record] = await rows(ctx, RECORDS)
    assert (record["place_id"], record["passed"]) == (place, True)


async def test_more_photos_than_a_record_takes_are_refused_with_a_sentence(
    phone: httpx.AsyncClient, ctx: Context, place: UUID
) -> None:
    files = [("photo_place", (f"{n}.jpg", jpeg(), "image/jpeg")) for n in range(11)]
    page = await phone.post(f"{HOME}/{place}", data=typed(datetime.now(UTC)), files=files)

    assert page.status_code == 422
    assert "แนบได้ไม่เกิน 10 รูป" in page.text
    assert await rows(ctx, RECORDS) == []


async def test_an_unknown_place_or_record_is_told_in_a_sentence(phone: httpx.AsyncClient) -> None:
    for path, words in (
        (f"{HOME}/{uuid4()}", "ไม่พบสถานที่นี้ในทะเบียน"),
        (f"/desk/food/inspections/{uuid4()}", "ไม่พบบันทึกการตรวจนี้"),
        (f"/desk/food/inspections/{uuid4()}/record.pdf", "ไม่พบบันทึกการตรวจนี้"),
    ):
        answer = await phone.get(path)
        assert answer.status_code == 404
        assert words in answer.text


async def test_who_only_reads_the_register_opens_records_and_inspects_nothing(
    runtime: Runtime, ctx: Context, phone: httpx.AsyncClient, place: UUID
) -> None:
    sent = await phone.post(f"{HOME}/{place}", data=typed(datetime.now(UTC)))
    record = sent.headers["location"]

    async with signed_in(runtime, ctx, [READ, CARRY], record) as reader:
        assert (await reader.get(record)).status_code == 200
        assert (await reader.get(HOME)).status_code == 403
        assert (await reader.get(f"{HOME}/{place}")).status_code == 403
        posted = await reader.post(f"{HOME}/{place}", data=typed(datetime.now(UTC)))
        assert posted.status_code == 403
    assert len(await rows(ctx, RECORDS)) == 1
