"""The board tells of every change, and the page for everybody is light and answered by its tag."""

import anyio
import httpx
import pytest

from contrib.disaster.rules.events import Zone
from contrib.disaster.service import acting, board, events, shelters
from contrib.disaster.service.rights import READ
from core.context import Context
from core.errors import NotAllowed
from tests.contrib.disaster.asking import a_team, asked
from tests.contrib.disaster.conftest import HOME, MIDDLE, a_flood, an_officer, around

RIVER = Zone(name="ริมแม่น้ำ", corners=around(MIDDLE), depth_cm=120)


async def test_every_change_of_the_situation_changes_the_mark(officer: Context) -> None:
    marks = [await board.mark_of(officer)]
    event = await a_flood(officer)
    marks.append(await board.mark_of(officer))
    zone = await events.draw_zone(officer, event, RIVER)
    marks.append(await board.mark_of(officer))
    await events.measure(officer, event, zone, 90, revision=1)
    marks.append(await board.mark_of(officer))
    id = await asked(officer, event)
    marks.append(await board.mark_of(officer))
    await acting.assign(officer, id, await a_team(officer), revision=1)
    marks.append(await board.mark_of(officer))
    await acting.tell_outcome(officer, id, "helped", note="", made_at=officer.now)
    marks.append(await board.mark_of(officer))
    facts = {"name": "วัด", "address": "ถนนวัด", "phone": "", "pin": None, "capacity": 9}
    await shelters.open_shelter(officer, facts)
    marks.append(await board.mark_of(officer))

    assert len(set(marks)) == len(marks)


async def test_the_stream_tells_of_a_change_once_and_ends(officer: Context) -> None:
    told: list[str] = []

    async def listen() -> None:
        async for mark in board.changes(officer, looks=40, pause=0.05):
            told.append(mark)

    async with anyio.create_task_group() as group:
        group.start_soon(listen)
        await anyio.sleep(0.3)
        await a_flood(officer)
    assert len(told) == 2
    assert told[1] == await board.mark_of(officer)


async def test_the_stream_is_for_who_may_see_the_situation(ctx: Context) -> None:
    stranger = an_officer(ctx, "คนอื่น", "disaster.pay")
    with pytest.raises(NotAllowed):
        await anext(aiter(board.changes(stranger)))
    assert await anext(aiter(board.changes(an_officer(ctx, "คนอ่าน", READ))))


async def test_the_board_shows_who_waits_how_deep_it_is_and_where_there_is_room(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    office = an_officer(ctx)
    event = await a_flood(office, RIVER)
    await asked(office, event)
    whole = await desk.get(f"{HOME}/board")
    part = await desk.get(f"{HOME}/board", headers={"HX-Request": "true"})

    for page in (whole.text, part.text):
        assert "หลังวัดกลาง" in page
        assert "ริมแม่น้ำ" in page
    assert part.text.strip().startswith('<div class="stack-l" id="board"')
    assert "board.js" in whole.text


async def test_the_page_for_everybody_is_answered_by_its_tag_until_something_changes(
    client: httpx.AsyncClient, ctx: Context
) -> None:
    office = an_officer(ctx)
    assert "ไม่มีเหตุการณ์สาธารณภัย" in (await client.get("/disaster")).text
    await a_flood(office, RIVER)
    first = await client.get("/disaster")
    assert "ริมแม่น้ำ" in first.text
    assert len(first.content) < 60_000
    tag = {"If-None-Match": first.headers["etag"]}
    assert (await client.get("/disaster", headers=tag)).status_code == 304
    facts = {"name": "วัด", "address": "ถนนวัด", "phone": "", "pin": None, "capacity": 9}
    await shelters.open_shelter(office, facts)
    changed = await client.get("/disaster", headers=tag)

    assert changed.status_code == 200
    assert "รับได้อีก 9 คน" in changed.text


async def test_the_situation_is_open_data_that_caches_may_keep(
    client: httpx.AsyncClient, ctx: Context
) -> None:
    await a_flood(an_officer(ctx), RIVER)
    found = await client.get("/disaster/situation.json")

    assert found.headers["cache-control"] == "public, max-age=30"
    assert found.json()["events"][0]["zones"][0]["depth_cm"] == 120
    tag = {"If-None-Match": found.headers["etag"]}
    assert (await client.get("/disaster/situation.json", headers=tag)).status_code == 304
