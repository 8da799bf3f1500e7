import gzip
from typing import Any

import httpx
import pytest

from core.context import Context
from kit.geo import Look
from kit.geo import Point as Place
from plugins.waste_fees.service import mapping, points
from plugins.waste_fees.service.mapping import Asked
from tests.plugins.waste_fees.conftest import Point, pay, rows
from tests.plugins.waste_fees.test_runs import billed

HERE = {"pin": {"lat": 18.7412, "lon": 98.95}}
THERE = {"pin": {"lat": 18.76, "lon": 98.93}}


@pytest.fixture
async def town(priced: Context, point: Point) -> Context:
    """Three points on the map, one of which has paid, and one without a place."""
    await point(**HERE, zone="หมู่ 1", route="สาย 1")
    paid = await point(**HERE, zone="หมู่ 1", route="สาย 1")
    await point(**THERE, zone="หมู่ 2", route="สาย 2")
    await point(zone="หมู่ 2", route="สาย 2")
    await billed(priced)
    [bill] = await rows(
        priced, "SELECT id, owed FROM treasury.bill WHERE subject = $1", f"point/{paid}"
    )
    await pay(priced, bill["id"], bill["owed"])
    return priced


async def test_points_that_lie_close_are_one_mark_that_counts_the_unpaid(town: Context) -> None:
    seen = await mapping.show_map(town, Asked(), Look())
    view = seen.view

    unpaid = [(one.spot.count, one.stands["unpaid"], one.tone) for one in view.marks]
    assert sorted(unpaid) == [(1, 1, "bad"), (2, 1, "bad")]
    assert (view.total, seen.unpaid, view.unplaced) == (4, 3, 1)
    assert [one["owed"] for one in view.page] == [5000, 0, 5000, 5000]


async def test_the_map_and_its_list_are_sifted_by_zone_route_and_state(town: Context) -> None:
    for asked, total in (
        (Asked(zone="หมู่ 1"), 2),
        (Asked(route="สาย 2"), 2),
        (Asked(only="unpaid"), 3),
        (Asked(only="paid"), 1),
        (Asked(zone="หมู่ 2", only="paid"), 0),
    ):
        assert (await mapping.show_map(town, asked, Look())).view.total == total, asked


async def test_a_month_counts_those_that_were_billed_for_it(town: Context, point: Point) -> None:
    await point(since=town.today, **HERE)
    november = await mapping.show_map(town, Asked(period="256911"), Look())
    october = await mapping.show_map(town, Asked(period="256910"), Look())

    assert (november.view.total, november.unpaid, november.unbilled) == (4, 3, 1)
    assert (october.view.total, october.unbilled) == (0, 5)


async def test_closer_the_list_is_of_what_the_map_shows(town: Context) -> None:
    seen = await mapping.show_map(town, Asked(), Look(Place(18.7412, 98.95), near=5))

    assert [one.spot.count for one in seen.view.marks] == [2]
    assert (seen.view.total, seen.unpaid) == (2, 1)


async def test_a_service_that_has_ended_is_not_on_the_map(town: Context) -> None:
    [row] = await rows(town, "SELECT id FROM waste_fees.point WHERE number = 3")
    await points.close_point(town, row["id"], from_on=town.today, why="ย้าย")

    assert (await mapping.show_map(town, Asked(), Look())).view.total == 3


async def test_five_thousand_points_stay_a_light_page(
    desk: httpx.AsyncClient, ctx: Context, point: Point
) -> None:
    id = await point(**HERE, zone="หมู่ 1")
    await rows(
        ctx,
        "INSERT INTO waste_fees.point SELECT (p).* FROM (SELECT jsonb_populate_record(q,"
        " jsonb_build_object('id', gen_random_uuid(), 'number', n, 'code', 'T' || n, 'pin',"
        " jsonb_build_object('lat', 18.70 + n % 71 * 0.001, 'lon', 98.88 + n % 97 * 0.001))) AS p"
        " FROM waste_fees.point q, generate_series(2, 5000) n WHERE q.id = $1) made",
        id,
    )
    page = await desk.get("/desk/waste/map")
    closer = page.text.split('<a href="/desk/waste/map?')[1].split('"')[0].replace("&amp;", "&")
    near = await desk.get(f"/desk/waste/map?{closer}")

    assert page.status_code == 200
    assert "5,000 จุด" in page.text
    assert len(gzip.compress(page.content)) < 15_000
    assert page.text.count("<circle") + page.text.count("<rect x=") < 80
    assert near.status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        "at=x&near=9999&skip=-1&month=25699x",
        "only=evil&at=99,99",
        "month=256913&near=",
        "skip=999999",
    ],
)
async def test_odd_addresses_show_the_map_all_the_same(
    desk: httpx.AsyncClient, town: Context, asked: str
) -> None:
    shown: Any = await desk.get(f"/desk/waste/map?{asked}")

    assert shown.status_code == 200
