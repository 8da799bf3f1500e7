from datetime import date, datetime, timedelta
from typing import Any

import httpx
import pytest

from core.context import Context
from kit.thai import BANGKOK
from plugins.waste_fees.service import points, tariffs
from tests.plugins.waste_fees.conftest import Point, rows
from tests.plugins.waste_fees.test_importing import GOOD, HEADS, workbook

DAY = {"from_on.day": "1", "from_on.month": "11", "from_on.year": "2569"}
HOUSE = {
    "payer_name": "นายสมชาย ใจดี",
    "use": "household",
    "address": "88/12 หมู่ 5",
    "bins": "1",
    "litres": "20",
    "why": "คำร้องที่ 1/2569",
}


async def post(desk: httpx.AsyncClient, path: str, **fields: Any) -> httpx.Response:
    return await desk.post(path, data=fields)


def in_time() -> dict[str, str]:
    """Until when a bill can be paid."""
    day = datetime.now(BANGKOK) + timedelta(days=60)
    named = {"day": day.day, "month": day.month, "year": day.year + 543}
    return {f"due_on.{part}": str(number) for part, number in named.items()}


async def test_a_point_is_added_changed_and_ended_through_the_pages(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    added = await post(desk, "/desk/waste/points/new", **HOUSE, **DAY)
    assert added.status_code == 303
    here = added.headers["location"]
    form = await desk.get(f"{here}/change")
    assert 'value="นายสมชาย ใจดี"' in form.text
    changed = await post(desk, f"{here}/change", **HOUSE | {"litres": "45"}, **DAY)
    ended = await post(desk, f"{here}/close", why="ย้ายออก", **DAY)
    page = await desk.get(here)

    assert (changed.status_code, ended.status_code) == (303, 303)
    assert "ลิตรต่อวัน: 20 → 45" in page.text
    assert "ย้ายออก" in page.text
    assert "ไม่พบจุดที่ตรงกับที่ค้น" not in (await desk.get("/desk/waste?state=closed")).text


async def test_a_form_that_is_wrong_comes_back_as_it_was_filled_in(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    sent = await post(desk, "/desk/waste/points/new", **HOUSE | {"litres": "มาก", "why": ""}, **DAY)

    assert sent.status_code == 422
    assert 'value="มาก"' in sent.text
    assert 'href="#litres"' in sent.text
    assert 'href="#why"' in sent.text
    assert await rows(ctx, "SELECT 1 FROM waste_fees.point") == []


async def test_an_officer_imports_sets_the_tariff_and_bills_a_month(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    known = [GOOD[:1] + GOOD[1:]] + [[f"ถ-{n}", f"นาย{n}", f"{n} หมู่ 1"] for n in range(2, 40)]
    looked = await desk.post(
        "/desk/waste/import", files={"file": ("ทะเบียน.xlsx", workbook(HEADS, *known))}
    )
    digest = looked.text.split('name="digest" value="')[1].split('"')[0]
    taken = await post(desk, "/desk/waste/import/take", digest=digest)
    begun = await post(desk, "/desk/waste/kinds")
    assert [one.status_code for one in (looked, taken, begun)] == [200, 303, 303]
    tariff = {"collect_1": "65", "use_1": "all", "lines_bands": "1", "source": "เทศบัญญัติ 2569"}
    more = await post(desk, "/desk/waste/kinds/waste/tariff", **tariff, **DAY, more="bands")
    assert more.text.count('name="collect_') == 4
    assert 'value="65"' in more.text
    set_ = await post(desk, "/desk/waste/kinds/waste/tariff", **tariff, **DAY)
    assert set_.status_code == 303
    # What is imported is billed from this month on.
    today = datetime.now(BANGKOK)
    asked = {"month": str(today.month), "year": str(today.year + 543), "months": "1", "zone": "all"}
    run = await post(desk, "/desk/waste/runs/new", **asked, **in_time())
    seen = await desk.get(run.headers["location"])
    assert "39" in seen.text
    assert "2,535.00 บาท" in seen.text
    part = await desk.get(run.headers["location"], headers={"HX-Request": "true"})
    assert part.text.strip().startswith('<div id="progress"')
    confirmed = await post(desk, f"{run.headers['location']}/confirm")

    assert confirmed.status_code == 303
    assert len(await rows(ctx, "SELECT 1 FROM treasury.bill WHERE total = 6500")) == 39


async def test_a_second_fee_is_set_up_and_billed_through_the_pages_alone(
    desk: httpx.AsyncClient, ctx: Context, point: Point
) -> None:
    id = await point()
    kind = {
        "title_th": "ค่าบำบัดน้ำเสีย",
        "title_en": "Wastewater",
        "code": "water",
        "measure": "metered",
        "factor": "80",
        "revenue": "wastewater",
    }
    made = await post(desk, "/desk/waste/kinds/new", **kind)
    assert made.headers["location"] == "/desk/waste/kinds/water/tariff"
    tariff = {"collect_1": "2.50", "use_1": "all", "lines_bands": "1", "source": "ประกาศ"}
    await post(desk, made.headers["location"], **tariff, **DAY)
    month = {"month.day": "1", "month.month": "11", "month.year": "2569"}
    read = await post(desk, f"/desk/waste/points/{id}/readings", before="100", after="121", **month)
    asked = {"month": "11", "year": "2569", "months": "1"}
    run = await post(desk, "/desk/waste/runs/new", **asked, **in_time())
    await post(desk, f"{run.headers['location']}/confirm")

    assert read.status_code == 303
    [bill] = await rows(ctx, "SELECT total, title_th FROM treasury.bill")
    assert tuple(bill) == (4200, "ค่าบำบัดน้ำเสีย พฤศจิกายน 2569")


async def test_faults_of_a_file_are_listed_by_row(desk: httpx.AsyncClient) -> None:
    data = workbook(HEADS, ["ถ-1", "", "1 หมู่ 1"])
    looked = await desk.post("/desk/waste/import", files={"file": ("ทะเบียน.xlsx", data)})
    nothing = await desk.post("/desk/waste/import", data={})

    assert looked.status_code == 422
    assert "ช่องนี้ว่าง ต้องกรอก" in looked.text
    assert "นำเข้า 1 จุด" not in looked.text
    assert nothing.status_code == 422


@pytest.mark.parametrize("where", ["/desk/waste", "/desk/waste/kinds", "/desk/waste/runs"])
async def test_strangers_are_led_away_from_the_desk(client: httpx.AsyncClient, where: str) -> None:
    assert (await client.get(where)).status_code in (303, 307, 401)


async def test_anybody_sees_behind_a_sticker_what_is_owed_without_names(
    client: httpx.AsyncClient, priced: Context, point: Point
) -> None:
    id = await point()
    row = await points.read_point(priced, id)
    page = await client.get(f"/w/{row['code']}")

    assert page.status_code == 200
    assert "ไม่มียอดค้าง" in page.text
    assert "สมชาย" not in page.text
    assert (await client.get("/w/AAAA-AAAA-AAAA")).status_code == 404


async def test_two_lines_of_one_limit_are_refused_beside_the_tariff(
    desk: httpx.AsyncClient, priced: Context
) -> None:
    lines = {"use_1": "all", "upto_1": "20", "collect_1": "50", "lines_bands": "2"}
    again = {"use_2": "all", "upto_2": "20", "collect_2": "60", "source": "ก"}
    sent = await post(desk, "/desk/waste/kinds/waste/tariff", **lines, **again, **DAY)

    assert sent.status_code == 422
    assert "ช่อง ไม่เกิน เท่ากัน" in sent.text
    assert [row["from_on"] for row in await tariffs.tariff_rows(priced, "waste")] == [
        date(2016, 10, 1)
    ]
