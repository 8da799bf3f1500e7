import csv
from io import StringIO

import httpx

from contrib.incidents.service import merging
from contrib.incidents.service.public import COLUMNS
from core.context import Context
from tests.contrib.incidents.conftest import a_pole
from tests.contrib.incidents.reports import (
    a_photo,
    a_report,
    assigned,
    report_id,
    worked,
)

PERSON = {"phone": "+66812345678", "name": "วิภาดา แสงคำ", "email": "w@example.org"}
SECRET = ("0812345678", "812345678", "วิภาดา", "w@example.org", "ไฟดับทั้งซอย")


async def test_everybody_sees_reports_on_a_map_and_a_list_and_nobody_sees_who_sent_them(
    client: httpx.AsyncClient, ctx: Context, officer: Context
) -> None:
    pole = await a_pole(ctx)
    lamp = await a_report(ctx, asset=pole, photos=[await a_photo(ctx)], **PERSON)
    road = await a_report(ctx, category="road", point=None, address="หน้าวัด", **PERSON)

    page = await client.get("/incidents")
    assert lamp.code in page.text
    assert road.code in page.text
    assert "ไม่มีตำแหน่งบนแผนที่ 1 เรื่อง" in page.text
    assert f'href="/incidents/r/{lamp.code}" aria-label="1 เรื่อง: รอรับเรื่อง 1"' in page.text
    only = await client.get("/incidents?category=road&state=open")
    assert lamp.code not in only.text
    assert "ไม่มีเรื่องที่ตรงกับที่เลือก" in (await client.get("/incidents?state=done")).text

    one = await client.get(f"/incidents/r/{lamp.code}")
    assert "MH-0123" in one.text
    assert "<img" not in one.text
    await worked(officer, await assigned(officer, lamp))
    one = await client.get(f"/incidents/r/{lamp.code}")
    assert "ไฟดับ ปากซอย 5" in one.text
    small = one.text.split('<img src="')[1].split('"')[0]
    client.cookies.clear()
    photo = await client.get(small)
    assert photo.headers["content-type"] == "image/jpeg"
    assert "set-cookie" not in photo.headers
    assert (await client.get("/incidents/r/2569-99999")).status_code == 404
    whole = page.text + one.text + only.text
    assert [secret for secret in SECRET if secret in whole] == []


async def test_the_open_data_set_has_all_reports_and_nothing_of_a_person(
    client: httpx.AsyncClient, ctx: Context, officer: Context
) -> None:
    first, second = await a_report(ctx, **PERSON), await a_report(ctx, **PERSON)
    road = await a_report(ctx, category="road", point=None, place="=1+1", **PERSON)
    await merging.merge(officer, await report_id(ctx, second), into=first.code, revision=1)

    table = await client.get("/incidents.csv")
    lines = list(csv.DictReader(StringIO(table.text.removeprefix("\ufeff"))))
    assert list(lines[0]) == list(COLUMNS)
    assert [line["code"] for line in lines] == [road.code, first.code]
    assert lines[1]["people"] == "2"
    assert lines[0]["address"] == "'=1+1"
    assert table.headers["cache-control"] == "public, max-age=300"
    assert "set-cookie" not in table.headers
    places = await client.get("/incidents.geojson?state=open")
    assert places.headers["content-type"] == "application/geo+json"
    features = places.json()["features"]
    assert [one["geometry"] and one["geometry"]["coordinates"] for one in features] == [
        None,
        [98.9502, 18.7401],
    ]
    assert features[1]["properties"]["title"] == "แสงสว่าง"
    assert [secret for secret in SECRET if secret in table.text + places.text] == []


async def test_the_page_tells_what_was_done_in_time_and_how_it_was_rated(
    client: httpx.AsyncClient, ctx: Context
) -> None:
    page = await client.get("/incidents")

    assert "ทำได้ทันเวลาเท่าใด" in page.text
    assert "/open311/v2" in page.text
    assert "แจ้งเหตุ ไฟดับ ถนนพัง" in (await client.get("/")).text
