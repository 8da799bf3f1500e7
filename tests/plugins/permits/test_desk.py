import html
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest

from core.context import Context
from plugins.permits.rules.library import WHATS
from plugins.permits.service import library, plans
from tests.plugins.permits.conftest import (
    HOME,
    a_pdf,
    a_picture,
    a_plan,
    add_plan,
    an_officer,
    rows,
    the_files,
)

DAY = timedelta(days=1)
FACTS = {
    "code": "own-1",
    "title_th": "บ้านชั้นเดียวของเทศบาล",
    "source_th": "กองช่าง",
    "storeys": "1",
    "area": "๑๒๐",
    "footprint": "120.00",
    "height": "5",
    "width": "12",
    "depth": "10",
    "why": "บันทึกที่ 5/2569",
}


def on(day: date) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year + 543}
    return {f"from_on.{part}": str(number) for part, number in parts.items()}


def sent_files(**other: tuple[str, bytes]) -> dict[str, tuple[str, bytes]]:
    known = {"drawings": ("แบบ.pdf", a_pdf(2)), "calculations": ("รายการ.pdf", a_pdf())}
    return known | other


def hidden(page: httpx.Response) -> dict[str, str]:
    """What a browser sends of its own with the form of a page."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    return {name: value for name, value in found if name in ("revision", *WHATS)}


async def test_a_plan_is_added_and_citizens_open_its_drawings(
    desk: httpx.AsyncClient, now: Context
) -> None:
    files = sent_files(picture=("บ้าน.jpg", a_picture("JPEG")))
    added = await desk.post(f"{HOME}/new", data=FACTS | on(now.today), files=files)
    assert added.status_code == 303, added.text
    assert added.headers["location"] == f"{HOME}/own-1"
    seen = await desk.get(added.headers["location"])
    public = await desk.get("/permits/plans/own-1")
    drawings = await desk.get("/permits/plans/own-1/1/drawings.pdf")
    picture = await desk.get("/permits/plans/own-1/1/picture?small=1")

    assert "ฉบับที่ใช้วันนี้" in seen.text
    assert "บันทึกที่" in seen.text
    assert "บ้านชั้นเดียวของเทศบาล" in public.text
    assert drawings.content == files["drawings"][1]
    assert drawings.headers["content-type"] == "application/pdf"
    assert drawings.headers["x-content-type-options"] == "nosniff"
    assert drawings.headers["cache-control"] == "private, max-age=86400"
    assert picture.headers["content-type"] == "image/jpeg"
    plan = (await plans.plans_in_force(now, now.today))["own-1"]
    assert (plan.area, plan.title.en) == (Decimal(120), "บ้านชั้นเดียวของเทศบาล")


async def test_a_form_that_is_wrong_comes_back_filled_with_the_files_that_were_sent(
    desk: httpx.AsyncClient, now: Context
) -> None:
    wrong = FACTS | {"area": "มาก", "why": "", "code": "Own 1"} | on(now.today)
    back = await desk.post(f"{HOME}/new", data=wrong, files=sent_files())

    assert back.status_code == 422
    assert 'value="มาก"' in back.text
    for name in ("code", "area", "why"):
        assert f'href="#{name}"' in back.text
    assert "รายการ.pdf" in back.text
    assert await rows(now, "SELECT 1 FROM permits.plan") == []
    again = await desk.post(f"{HOME}/new", data=FACTS | on(now.today) | hidden(back))
    assert again.status_code == 303


async def test_figures_that_contradict_each_other_are_said_beside_their_fields(
    desk: httpx.AsyncClient, now: Context
) -> None:
    wrong = FACTS | {"area": "500", "code": "new"} | on(now.today)
    back = await desk.post(f"{HOME}/new", data=wrong, files=sent_files())
    code = await desk.post(f"{HOME}/new", data=wrong | hidden(back) | {"code": "b", "area": "500"})

    assert "รหัสใช้ตัวอักษรอังกฤษตัวเล็ก" in back.text
    assert code.status_code == 422
    assert "รวมได้ไม่เกิน 120 ตร.ม. แต่กรอก 500 ตร.ม." in code.text
    assert 'href="#area"' in code.text


@pytest.mark.parametrize(
    ("what", "data", "said"),
    [
        ("drawings", a_picture(), "ช่องนี้รับเฉพาะ PDF"),
        ("drawings", b"MZ\0\0", "ไม่ใช่รูปหรือ PDF"),
        ("calculations", a_pdf()[:60], "ไฟล์อาจเสีย"),
        ("picture", a_pdf(), "ช่องนี้รับเฉพาะรูป JPEG หรือ PNG"),
    ],
)
async def test_a_file_that_cannot_be_taken_is_refused_beside_its_field(
    desk: httpx.AsyncClient, now: Context, what: str, data: bytes, said: str
) -> None:
    files = sent_files(**{what: ("แบบ.pdf", data)})
    back = await desk.post(f"{HOME}/new", data=FACTS | on(now.today), files=files)

    assert back.status_code == 422
    assert said in html.unescape(back.text)
    assert f'href="#{what}"' in back.text
    assert await rows(now, "SELECT 1 FROM permits.plan") == []


async def test_a_plan_without_its_files_is_not_added(desk: httpx.AsyncClient, now: Context) -> None:
    lost = {"drawings": "x", "calculations": "00000000-0000-0000-0000-000000000007"}
    none = await desk.post(f"{HOME}/new", data=FACTS | on(now.today))
    gone = await desk.post(f"{HOME}/new", data=FACTS | on(now.today) | lost)

    assert (none.status_code, gone.status_code) == (422, 422)
    assert 'href="#drawings"' in none.text
    assert "ไม่พบไฟล์ที่ส่งไว้" in gone.text
    assert hidden(gone) == {}


async def test_a_change_keeps_the_files_that_stay_and_leaves_the_version_before(
    desk: httpx.AsyncClient, now: Context
) -> None:
    await add_plan(now, a_plan())
    form = await desk.get(f"{HOME}/dpt-120/change")
    assert 'value="12"' in form.text
    facts = FACTS | {"height": "5.5"} | on(now.today + DAY) | hidden(form)
    files = {"drawings": ("ใหม่.pdf", a_pdf(7))}
    changed = await desk.post(f"{HOME}/dpt-120/change", data=facts, files=files)
    assert changed.status_code == 303, changed.text
    seen = await desk.get(f"{HOME}/dpt-120")
    coming = await desk.get("/permits/plans/dpt-120/2/drawings.pdf")
    early = await desk.get(f"{HOME}/dpt-120/2/drawings")

    offer = await plans.get_offer(now, "dpt-120", now.today)
    assert [one.number for one in offer.versions] == [2, 1]
    assert offer.versions[0].files["calculations"] == offer.versions[1].files["calculations"]
    assert offer.versions[0].files["drawings"] != offer.versions[1].files["drawings"]
    assert "ใหม่.pdf" in seen.text
    assert "ยังไม่เริ่มใช้" in seen.text
    assert coming.status_code == 404
    assert early.content == files["drawings"][1]


async def test_of_two_officers_who_change_a_plan_the_second_is_told_and_loses_nothing(
    desk: httpx.AsyncClient, now: Context
) -> None:
    plan = await add_plan(now, a_plan())
    form = await desk.get(f"{HOME}/dpt-120/change")
    colleague = an_officer(now, "กัลยา พรหมมา")
    begins: Any = {"from_on": now.today + DAY, "files": await the_files(now), "why": "แก้คาน"}
    await library.change_plan(colleague, plan, based_on=1, **begins)
    facts = FACTS | {"height": "5.5"} | on(now.today + DAY)
    told = await desk.post(f"{HOME}/dpt-120/change", data=facts | hidden(form))

    assert told.status_code == 409
    assert "กัลยา พรหมมา แก้แบบนี้เมื่อ" in told.text
    assert 'value="5.5"' in told.text
    assert len(await rows(now, "SELECT 1 FROM permits.plan_version")) == 2
    again = await desk.post(f"{HOME}/dpt-120/change", data=facts | hidden(told))
    assert again.status_code == 303


async def test_a_plan_is_withdrawn_with_a_reason_on_a_page_of_its_own(
    desk: httpx.AsyncClient, now: Context
) -> None:
    await add_plan(now, a_plan())
    silent = await desk.post(f"{HOME}/dpt-120/withdraw", data=on(now.today))
    done = await desk.post(
        f"{HOME}/dpt-120/withdraw", data=on(now.today) | {"why": "ฐานรากไม่พอสำหรับดินอ่อน"}
    )
    seen = await desk.get(f"{HOME}/dpt-120")
    late = await desk.post(f"{HOME}/dpt-120/withdraw", data=on(now.today) | {"why": "อีกครั้ง"})

    assert silent.status_code == 422
    assert 'href="#why"' in silent.text
    assert done.status_code == 303
    assert "ฐานรากไม่พอสำหรับดินอ่อน" in seen.text
    assert f"{HOME}/dpt-120/change" not in seen.text
    assert late.status_code == 409
    assert "ถอนแบบนี้แล้วเมื่อ" in late.text


async def test_calculations_are_opened_at_the_desk_alone(
    desk: httpx.AsyncClient, client: httpx.AsyncClient, now: Context
) -> None:
    await add_plan(now, a_plan())

    at_desk = await desk.get(f"{HOME}/dpt-120/1/calculations")
    assert at_desk.headers["content-type"] == "application/pdf"
    assert (await desk.get("/permits/plans/dpt-120/1/calculations.pdf")).status_code == 404
    assert (await desk.get(f"{HOME}/dpt-120/1/others")).status_code == 404
    for path in ("", "/new", "/dpt-120", "/dpt-120/1/calculations"):
        assert (await client.get(HOME + path)).status_code in (303, 401), path


async def test_a_plan_that_is_not_there_is_said_so_on_every_page(desk: httpx.AsyncClient) -> None:
    for path in ("/none", "/none/change", "/none/withdraw", "/none/1/drawings", "/-/9/picture"):
        assert (await desk.get(HOME + path)).status_code == 404, path
    for path in ("/none/change", "/none/withdraw"):
        assert (await desk.post(HOME + path, data=FACTS)).status_code == 404, path
