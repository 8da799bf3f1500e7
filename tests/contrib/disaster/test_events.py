"""Disasters are opened, their zones drawn and measured, declared, closed."""

from datetime import datetime

import httpx
import pytest

from contrib.disaster.rules.events import Zone, zones_at
from contrib.disaster.service import declaring, events
from contrib.disaster.service.rights import READ
from core.context import Context
from core.errors import Conflict, NotAllowed
from kit.documents import verify
from kit.geo import Point
from kit.thai import BANGKOK
from tests.contrib.disaster.conftest import HOME, MIDDLE, a_flood, an_officer, around, rows

RIVER = Zone(name="ริมแม่น้ำ", corners=around(MIDDLE), depth_cm=120)


def test_a_place_lies_in_a_zone_by_outline_by_village_or_by_subdistrict() -> None:
    by_name = Zone(name="ตลาดเก่า", villages=("ชุมชน ตลาดเก่า",))
    whole = Zone(name="ทั้งตำบล", subdistrict="950101")
    zones = [RIVER, by_name, whole]

    assert zones_at(zones, MIDDLE, "", "") == [RIVER]
    assert zones_at(zones, Point(18.8, 98.99), "ชุมชนตลาดเก่า", "") == [by_name]
    assert zones_at(zones, None, "ชุมชนอื่น", "950101") == [whole]
    assert zones_at(zones, None, "", "") == []


async def test_the_notice_of_the_area_is_an_issued_paper_that_anybody_can_check(
    officer: Context,
) -> None:
    id = await a_flood(officer, RIVER)
    paper = await declaring.declare(officer, id)

    checked = await verify(officer, paper.code)
    assert checked.state == "valid"
    assert "เขตพื้นที่ประสบสาธารณภัย" in str(checked.lines)
    data, name = await declaring.notice_pdf(officer, id, paper.id)
    assert data.startswith(b"%PDF")
    assert name.endswith(".pdf")


async def test_there_is_no_notice_without_a_zone(officer: Context) -> None:
    id = await a_flood(officer)

    with pytest.raises(Conflict, match="at least one zone"):
        await declaring.declare(officer, id)


async def test_of_two_who_tell_a_depth_at_once_the_second_is_told(officer: Context) -> None:
    id = await a_flood(officer, RIVER)
    [zone] = await events.zone_rows(officer, id)
    await events.measure(officer, id, zone["id"], 150, revision=1)

    with pytest.raises(Conflict, match="same moment"):
        await events.measure(officer, id, zone["id"], 90, revision=1)
    assert [one.depth_cm for one in await events.zones_of(officer, id)] == [150]


async def test_a_closed_disaster_takes_no_zone_and_is_closed_once(officer: Context) -> None:
    id = await a_flood(officer)
    await events.close_event(officer, id)

    with pytest.raises(Conflict):
        await events.draw_zone(officer, id, RIVER)
    with pytest.raises(Conflict):
        await events.close_event(officer, id)


async def test_who_only_reads_opens_no_disaster(ctx: Context) -> None:
    with pytest.raises(NotAllowed):
        await a_flood(an_officer(ctx, "คนอ่าน", READ))


async def test_another_office_sees_no_disaster_of_this_one(
    officer: Context, other: Context
) -> None:
    await a_flood(officer, RIVER)

    assert await events.read_events(an_officer(other)) == []


async def test_a_disaster_is_opened_measured_declared_and_closed_at_the_desk(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    now = datetime.now(BANGKOK)
    typed = {
        "kind": "flood",
        "title": "น้ำท่วมแม่น้ำปิง",
        "begun_on.day": "1",
        "begun_on.month": str(now.month),
        "begun_on.year": str(now.year + 543),
    }
    refused = await desk.post(f"{HOME}/events/new", data=typed | {"title": ""})
    assert refused.status_code == 422
    opened = await desk.post(f"{HOME}/events/new", data=typed)
    here = opened.headers["location"]
    nowhere = await desk.post(f"{here}/zones/new", data={"name": "ริมน้ำ", "depth_cm": "80"})
    assert nowhere.status_code == 422
    assert "พิมพ์ชื่อชุมชน" in nowhere.text
    drawn = {"name": "ริมน้ำ", "depth_cm": "80", "villages": "ชุมชนริมน้ำ\nตลาดเก่า"}
    assert (await desk.post(f"{here}/zones/new", data=drawn)).status_code == 303
    [zone] = await rows(ctx, "SELECT id, revision FROM disaster.zone")
    at = f"{here}/zones/{zone['id']}"
    assert 'value="80"' in (await desk.get(at)).text
    told = await desk.post(at, data={"depth_cm": "95", "revision": "1"})
    assert told.status_code == 303
    assert (await desk.post(f"{here}/notice")).status_code == 303
    page = (await desk.get(here)).text
    assert f"ประกาศเลขที่ 1/{now.year + 543}" in page
    assert ">95<" in page
    notice = page.split(f"{here}/notices/")[1].split('"')[0]
    assert (await desk.get(f"{here}/notices/{notice}")).content.startswith(b"%PDF")
    assert (await desk.post(f"{here}/close")).status_code == 303
    assert (await desk.post(f"{here}/close")).status_code == 409
    assert "สิ้นสุดแล้ว" in (await desk.get(f"{HOME}/events")).text
