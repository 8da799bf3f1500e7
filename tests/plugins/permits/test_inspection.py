"""The inspection of a site: taken once, also late, by who may, and held against the request."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from core.api import Conflict, NotAllowed, NotFound
from core.context import Context
from core.runtime import Runtime
from kit.casework.service import handling
from kit.forms import Place
from kit.thai import BANGKOK
from plugins.permits.forms.inspection import read_inspection
from plugins.permits.rules.inspecting import MOST_PHOTOS, Compared, compare
from plugins.permits.service import inspected, inspections
from tests.desks import signed_in
from tests.plugins.permits.conftest import rows
from tests.plugins.permits.sites import (
    INSPECTS,
    a_photo,
    a_request,
    a_site,
    an_inspector,
    an_office,
    found,
)

HOME = "/desk/permits/inspect"
LENGTHS = st.none() | st.decimals(0, 50, places=2)
SIDES = ("front", "back", "left", "right")
FILLED = {
    "position": "18.74125, 98.94570",
    "accuracy": "6",
    "measured_front": "2.10",
    "measured_back": "๓",
    "measured_left": "3.00",
    "measured_right": "3.5",
    "road": "8",
    "parcel": "512",
    "encroaches": "no",
    "consent": "no",
    "drains": "yes",
    "zone": "yellow",
    "result": "differs",
    "remarks": "ผนังหน้าล้ำจากแบบ",
}


def jpeg(colour: str = "olive") -> bytes:
    picture, out, exif = Image.new("RGB", (800, 600), colour), BytesIO(), Image.Exif()
    exif[0x010F] = "SecretPhone"
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
async def case(ctx: Context) -> UUID:
    return await a_site(ctx)


@pytest.fixture
async def phone(runtime: Runtime, ctx: Context, case: UUID) -> AsyncIterator[httpx.AsyncClient]:
    async with signed_in(runtime, ctx, list(INSPECTS), f"{HOME}/{case}") as client:
        yield client


def sent(moment: datetime, **more: str) -> dict[str, str]:
    local = moment.astimezone(BANGKOK)
    day = {"day": local.day, "month": local.month, "year": local.year + 543}
    when = {f"made_on.{part}": str(number) for part, number in day.items()}
    return FILLED | when | {"made_time": f"{local:%H.%M}"} | more


@given(LENGTHS, LENGTHS)
def test_a_length_differs_only_where_both_are_known_and_says_by_how_much(
    stated: Decimal | None, measured: Decimal | None
) -> None:
    words = Compared(what=found_words(), stated=stated, measured=measured)

    known = stated is not None and measured is not None
    assert words.differs == (known and stated != measured)
    figures = re.findall(r"[\d.]+ ม", words.words.th)
    if words.differs:
        assert stated is not None
        assert measured is not None
        assert figures == [f"{abs(measured - stated):.2f} ม"]
        assert ("มากกว่า" in words.words.th) == (measured > stated)
    else:
        assert figures == []


def found_words() -> Any:
    [front, *_] = compare({}, found(datetime.now(UTC)))
    return front.what


async def test_a_record_arrives_once_with_its_photos_and_is_held_against_the_request(
    phone: httpx.AsyncClient, ctx: Context, case: UUID
) -> None:
    listed = (await phone.get(HOME)).text
    assert f"{HOME}/{case}" in listed
    form = (await phone.get(f"{HOME}/{case}")).text
    assert "3.00 เมตร" in form
    assert '<meta name="offline"' in listed
    assert '<meta name="offline"' in form

    files = [(f"photo_{side}", (f"{side}.jpg", jpeg(), "image/jpeg")) for side in SIDES[:3]]
    files += [("photo_other", (f"{n}.jpg", jpeg("navy"), "image/jpeg")) for n in range(2)]
    device = {"Idempotency-Key": "once-and-only-once", "Accept": "application/json"}
    data = sent(datetime.now(UTC))

    async def send() -> httpx.Response:
        return await phone.post(f"{HOME}/{case}", data=data, files=files, headers=device)

    # Twice at the same moment, and once more.
    answers = [*await asyncio.gather(send(), send()), await send()]

    assert [one.status_code for one in answers] == [200] * 3, answers[0].text
    [record] = await rows(ctx, "SELECT id, late, made_at FROM permits.inspection")
    assert not record["late"]
    assert {one.json()["location"] for one in answers} == {
        f"/desk/permits/inspections/{record['id']}"
    }
    shown = (await phone.get(answers[0].json()["location"])).text
    for words in (
        "น้อยกว่าที่แจ้ง 0.90 ม.",
        "มากกว่าที่แจ้ง 0.50 ม.",
        "ไม่มีรูป",
        "ด้านขวา",
        "18.74125, 98.94570",
    ):
        assert words in shown
    assert shown.count("?small=1") == 5
    picture = await phone.get(f"/desk/permits/inspections/{record['id']}/photos/1")
    assert picture.headers["content-type"] == "image/jpeg"
    assert b"SecretPhone" not in picture.content
    desk = re.sub(r"<(?!a )[^>]+>|\u2060", "", (await phone.get(f"/desk/cases/{case}")).text)
    assert f"/desk/permits/inspections/{record['id']}" in desk
    assert "ด้านหน้าวัดได้ 2.10 ม. น้อยกว่าที่แจ้ง 0.90 ม." in desk.replace("\xa0", " ")
    assert f"{HOME}/{case}" in desk
    paper = await phone.get(f"/desk/permits/inspections/{record['id']}/record.pdf")
    told = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages)
    assert "๒.๑๐" in told
    assert "รูปถ่าย" in told
    acts = await rows(
        ctx,
        "SELECT action FROM core.audit_entry WHERE subject = $1 AND action LIKE 'permits.%'",
        f"case/{case}",
    )
    assert [row["action"] for row in acts].count("permits.inspection.recorded") == 1
    assert "permits.inspection.read" in {row["action"] for row in acts}
    for change in (
        "UPDATE permits.inspection SET result = 'drawn'",
        "DELETE FROM permits.inspection",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await rows(ctx, change)


async def test_photos_of_a_record_that_was_kept_before_are_read(ctx: Context, case: UUID) -> None:
    inspector = an_inspector(ctx)
    photo = await a_photo(inspector, jpeg(), "left")
    id = await inspections.record(inspector, case, found(ctx.now), [photo], key="as-it-was-kept")

    [row] = await rows(ctx, "SELECT photos::text AS photos FROM permits.inspection")
    assert set(json.loads(row["photos"])[0]) == {"shows", "digest", "small", "name", "media_type"}
    record = await inspected.read_record(an_office(ctx), id)
    assert record.photos == [photo]
    [thumbnail] = await inspected.small_photos(ctx, record)
    assert Image.open(BytesIO(thumbnail)).size == (480, 360)


async def test_what_is_wrong_comes_back_with_what_was_typed_and_nothing_is_kept(
    phone: httpx.AsyncClient, ctx: Context, case: UUID
) -> None:
    wrong = sent(datetime.now(UTC), position="", remarks="", result="drawn", measured_left="สาม")
    pdf = [("photo_left", ("a.pdf", b"%PDF-1.4 is none", "application/pdf"))]
    page = await phone.post(f"{HOME}/{case}", data=wrong, files=pdf)

    assert page.status_code == 422
    for name in ("position", "measured_left", "photo_left"):
        assert f'href="#{name}"' in page.text, name
    assert "ช่องนี้รับเฉพาะรูปถ่าย" in page.text
    assert 'value="สาม"' in page.text
    assert 'value="2.10"' in page.text
    ahead = sent(datetime.now(UTC) + timedelta(hours=2))
    told = await phone.post(f"{HOME}/{case}", data=ahead, headers={"Accept": "application/json"})
    assert told.status_code == 422
    assert set(told.json()["problems"]) <= {"made_time", "made_on.day"}
    assert await rows(ctx, "SELECT id FROM permits.inspection") == []


def test_what_cannot_be_had_on_the_site_is_excused_by_a_remark_alone(ctx: Context) -> None:
    place, now = Place.of(ctx), ctx.now
    blank = sent(now, position="", measured_front="", result="unsure")

    def problems(photos: int, **more: str) -> set[str]:
        posted = {name: [text] for name, text in (blank | more).items()}
        reading, told = read_inspection(posted, place, now, photos)
        assert (told is None) == bool(reading.problems)
        return set(reading.problems)

    assert problems(0) == set()
    assert problems(0, remarks="") == {"position", "photo_front", "remarks"}
    assert problems(1, remarks="", result="drawn") == {"position", "measured_front"}
    assert problems(MOST_PHOTOS + 1) == {"photo_other"}
    assert problems(1, encroaches="") == {"encroaches"}


async def test_a_case_that_moved_on_takes_what_was_found_before_and_says_that_it_came_late(
    ctx: Context, case: UUID
) -> None:
    inspector = an_inspector(ctx, unit="works")
    assert [one.case.id for one in await inspections.waiting(inspector)] == [case]
    later = replace(an_office(ctx), now=ctx.now + timedelta(days=2))
    await handling.forward(later, case, opinion="ตรวจแล้ว", revision=4)
    at_home = replace(inspector, now=ctx.now + timedelta(days=4))
    assert await inspections.waiting(at_home) == []
    photos = [await a_photo(at_home, jpeg())]

    before = found(ctx.now + timedelta(hours=5))
    id = await inspections.record(at_home, case, before, photos, key="late-record")
    [record] = await inspected.records_of(at_home, case)
    assert (record.row["id"], record.row["late"]) == (id, True)
    [card] = await inspected.cards(at_home, case, "permits.build", "head")
    assert "บันทึกมาถึงหลังเรื่องผ่านขั้นนี้แล้ว" in card.body.th

    after = found(ctx.now + timedelta(days=3))
    with pytest.raises(Conflict, match="22 Nov 2026"):
        await inspections.record(at_home, case, after, [], key="found-after")


async def test_the_fast_lane_is_inspected_by_its_officer_while_it_is_checked_from_afar(
    ctx: Context,
) -> None:
    small, office = await a_request(ctx, "permits.small"), an_office(ctx)
    await handling.take_up(office, small, revision=1)
    await handling.accept(office, small, revision=2)
    officer = an_inspector(ctx, "casework.read", "casework.as_officer")

    assert [one.case.id for one in await inspections.waiting(officer)] == [small]
    assert await inspections.waiting(an_inspector(ctx)) == []
    what = found(ctx.now)
    ids = await asyncio.gather(
        *(inspections.record(officer, small, what, [], key="at-the-same-moment") for _ in range(4))
    )
    assert len(set(ids)) == 1
    [site] = await inspections.waiting(officer)
    assert site.recorded


async def test_only_inspectors_of_the_division_record_and_only_for_requests_to_build(
    ctx: Context, case: UUID
) -> None:
    what = found(ctx.now)
    for stranger in (an_inspector(ctx, "casework.read"), an_inspector(ctx, unit="clerk")):
        with pytest.raises(NotAllowed):
            await inspections.record(stranger, case, what, [], key="not-mine")
    other = await a_request(ctx, "oss.general", subject="ต้นไม้", details="ล้ม")
    with pytest.raises(NotFound):
        await inspections.record(an_inspector(ctx), other, what, [], key="not-ours")
    unborn = await a_request(ctx)
    with pytest.raises(Conflict, match="has not come"):
        await inspections.record(an_inspector(ctx), unborn, what, [], key="too-early")
    assert await rows(ctx, "SELECT id FROM permits.inspection") == []
