"""The pages on which officers take a register over."""

import html
import re

import httpx

from core.runtime import Runtime
from kit.documents import LARGEST_TABLE
from tests.conftest import app_of
from tests.kit.registers.wells import HEADS, PATH, csv

GOOD, BAD = "บ-1,12,", "บ-3,ลึก,"


def said(page: httpx.Response) -> str:
    """The words of a page, without its marks."""
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", page.text)).split())


async def sent(desk: httpx.AsyncClient, data: bytes, name: str = "บ่อ.csv") -> str:
    answer = await desk.post(PATH, files={"file": (name, data, "text/csv")})
    assert answer.status_code == 303
    return answer.headers["location"]


async def test_the_first_page_says_what_the_file_should_look_like(desk: httpx.AsyncClient) -> None:
    page = said(await desk.get(PATH))

    assert "นำเข้าทะเบียนบ่อ" in page
    assert f"{HEADS[0]} (ต้องมี) {HEADS[1]} {HEADS[2]} ความลึกเป็นเมตร" in page


async def test_a_page_without_a_file_or_with_another_kind_of_file_comes_back_with_the_reason(
    desk: httpx.AsyncClient,
) -> None:
    nothing = await desk.post(PATH, data={})
    odd = await desk.post(PATH, files={"file": ("a.csv", b"\xff\xfe\0\0")})

    assert (nothing.status_code, "เลือกไฟล์ก่อน" in said(nothing)) == (422, True)
    assert (odd.status_code, "อ่านไฟล์นี้ไม่ได้" in said(odd)) == (422, True)
    large = await desk.post(PATH, files={"file": ("a.csv", b"," * (LARGEST_TABLE + 1))})
    assert large.status_code == 422


async def test_good_rows_are_taken_over_and_the_others_are_in_the_report(
    desk: httpx.AsyncClient,
) -> None:
    where = await sent(desk, csv(GOOD, BAD))
    looked = said(await desk.get(where))
    assert "นำเข้าเฉพาะ 1 บ่อที่ถูกต้อง" in looked
    assert f"3 {HEADS[1]} ต้องแก้" in looked
    assert (await desk.post(where, data={})).status_code == 422
    assert (await desk.post(where, data={"which": "all"})).status_code == 409

    taken = await desk.post(where, data={"which": "good"})
    assert (taken.status_code, taken.headers["location"]) == (303, where)
    shown = said(await desk.get(where))
    assert "นำเข้าแล้วเมื่อ" in shown
    assert "1 บ่อเข้าทะเบียน" in shown
    again = await desk.post(where, data={"which": "good"})
    assert (again.status_code, "ไม่ถูกนำเข้าซ้ำ" in said(again)) == (409, True)
    report = await desk.get(f"{where}/report.csv")
    assert f"3,{HEADS[1]},ต้องแก้" in report.content.decode("utf-8-sig")
    assert report.headers["cache-control"] == "no-store"


async def test_a_file_without_a_fault_is_taken_over_whole(desk: httpx.AsyncClient) -> None:
    where = await sent(desk, csv(GOOD, "บ-2,3,"))

    assert "นำเข้าทั้ง 2 บ่อ" in said(await desk.get(where))
    assert (await desk.post(where, data={"which": "all"})).status_code == 303
    known = await sent(desk, csv("บ-2,3,"))
    assert "ทุกแถวมีในทะเบียนแล้ว" in said(await desk.get(known))


async def test_a_file_of_which_nothing_is_right_offers_nothing_to_take(
    desk: httpx.AsyncClient,
) -> None:
    where = await sent(desk, csv(BAD))
    page = await desk.get(where)

    assert "ไม่มีแถวที่นำเข้าได้" in said(page)
    assert 'name="which"' not in page.text


async def test_the_pages_are_in_english_too_and_show_a_name_as_it_was_sent(
    desk: httpx.AsyncClient,
) -> None:
    where = await sent(desk, csv(GOOD), "<b>wells</b>.csv")
    english = {"Cookie": f"session={desk.cookies['session']}; language=en"}
    listed = await desk.get(PATH, headers=english)
    page = await desk.get(where, headers=english)

    assert "<b>wells" not in listed.text + page.text
    assert "Files sent before <b>wells</b>.csv" in said(listed)
    assert "Take over all 1 wells" in said(page)


async def test_a_long_report_is_shown_in_part_and_downloaded_whole(
    desk: httpx.AsyncClient,
) -> None:
    where = await sent(desk, csv(*(f"บ-{n},ลึก," for n in range(201))))
    page = await desk.get(where)
    report = await desk.get(f"{where}/report.csv")

    assert "แสดง 200 รายการแรก" in said(page)
    assert len(report.content.decode("utf-8-sig").splitlines()) == 202


async def test_who_is_not_signed_in_sees_none_of_the_pages(
    runtime: Runtime, desk: httpx.AsyncClient
) -> None:
    where = await sent(desk, csv(GOOD))
    transport = httpx.ASGITransport(app_of(runtime))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost"
    ) as stranger:
        answers = [await stranger.get(path) for path in (PATH, where, f"{where}/report.csv")]

    assert {answer.status_code for answer in answers} <= {303, 401, 403}
    assert not any("บ-1" in answer.text for answer in answers)
