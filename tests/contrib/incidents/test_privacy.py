import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID

import asyncpg
import httpx
import pytest

from contrib.incidents.piccolo_migrations.incidents_2026_11_29_05_place import DOWN, UP
from contrib.incidents.rules.states import Act
from contrib.incidents.service import acting, merging, sending
from contrib.incidents.service.matters import get_report
from contrib.incidents.service.sending import Sent
from core.context import Context
from core.runtime import Runtime
from core.tenants.service import switch_plugin
from kit.documents.kept import get_kept
from tests.contrib.incidents.conftest import HOME, a_pole, rows
from tests.contrib.incidents.reports import a_report, a_wish, now_of, report_id, revision, stranger
from tests.today import at_present

WRITTEN = {"description": "ไฟดับหน้าบ้านนางสมศรี", "address": "บ้านเลขที่ 99 ของนางสมศรี"}
SCREENED = {"category": "lighting", "unit": "works", "summary": "ไฟดับ", "place": "ปากซอย 5"}
NEW = "/incidents/new"
Look = Callable[[httpx.AsyncClient, str, str], Awaitable[httpx.Response]]


@pytest.fixture
def ctx(ctx: Context) -> Context:
    """As pages see it."""
    return at_present(ctx)


def at(path: str) -> Look:
    async def look(client: httpx.AsyncClient, code: str, track: str) -> httpx.Response:
        return await client.get(path.format(code=code, track=track))

    return look


async def near(client: httpx.AsyncClient, _code: str, _track: str) -> httpx.Response:
    token = re.search(r'name="_csrf_token" value="([^"]*)"', (await client.get(NEW)).text)
    assert token
    form = {"category": "lighting", "description": "มืด", "pin": "18.7402, 98.9502"}
    return await client.post(NEW, data=form, headers={"X-CSRFToken": token[1]})


WAYS: dict[str, Look] = {
    "list and map": at("/incidents"),
    "page": at("/incidents/r/{code}"),
    "table": at("/incidents.csv"),
    "places": at("/incidents.geojson"),
    "requests of Open311": at("/open311/v2/requests.json?service_request_id={code}"),
    "request of Open311": at("/open311/v2/requests/{code}.xml"),
    "page of who joined": at("/incidents/t/{track}"),
    "what may be the same": near,
}


async def screened(officer: Context, sent: Sent) -> UUID:
    id = await report_id(officer, sent)
    values = await revision(officer, id)
    await acting.act_on(officer, id, Act.ASSIGN, SCREENED, revision=values)
    return id


@pytest.mark.parametrize("way", WAYS)
async def test_what_was_written_is_never_shown_and_the_place_once_an_officer_has_looked(
    client: httpx.AsyncClient, officer: Context, way: str
) -> None:
    sent = await a_report(officer, **WRITTEN)
    joined = await sending.join(stranger(officer), a_wish(description="มืดมาก"), sent.code)

    async def seen() -> str:
        answer = await WAYS[way](client, sent.code, joined.track)
        assert answer.status_code == 200
        assert sent.code in answer.text
        assert "สมศรี" not in answer.text
        return answer.text

    assert SCREENED["place"] not in await seen()
    await screened(officer, sent)
    assert SCREENED["place"] in await seen()


@pytest.mark.parametrize("way", WAYS)
async def test_the_place_of_a_pole_is_shown_at_once_and_no_address_in_its_stead(
    client: httpx.AsyncClient, officer: Context, way: str
) -> None:
    sent = await a_report(officer, asset=await a_pole(officer), place="ปากซอย 5", **WRITTEN)
    joined = await sending.join(stranger(officer), a_wish(), sent.code)

    answer = await WAYS[way](client, sent.code, joined.track)

    assert "ปากซอย 5" in answer.text
    assert "สมศรี" not in answer.text


@pytest.mark.parametrize("act", [Act.FORWARD, Act.REFUSE])
async def test_what_is_passed_on_or_refused_was_not_looked_at(
    client: httpx.AsyncClient, officer: Context, act: Act
) -> None:
    sent = await a_report(officer, **WRITTEN)
    values = {"agency": "กฟภ.", "words": "ไม่ใช่เสาของเรา"}
    await acting.act_on(officer, await report_id(officer, sent), act, values, revision=1)

    assert "สมศรี" not in (await client.get(f"/incidents/r/{sent.code}")).text
    assert "สมศรี" not in (await client.get("/incidents.csv")).text


async def test_what_is_kept_while_the_plugin_is_off_has_no_more_than_everybody_read(
    officer: Context, runtime: Runtime
) -> None:
    ids = [await report_id(officer, await a_report(officer, **WRITTEN)) for _ in range(2)]
    values = SCREENED | {"words": ""}
    await acting.act_on(officer, ids[1], Act.ASSIGN, values, revision=1)

    await switch_plugin(officer, plugin="incidents", on=False)
    runtime.directory.forget()
    founded = await runtime.directory.get(officer.tenant.id)
    assert founded is not None
    kept = [await get_kept(replace(officer, tenant=founded), "incidents", id) for id in ids]

    assert [one["title"] for one in kept] == ["เรื่องแจ้งเหตุ", "ไฟดับ"]
    assert "สมศรี" not in str(kept)


async def test_officers_read_the_place_as_it_was_sent_and_say_what_everybody_reads(
    desk: httpx.AsyncClient, officer: Context
) -> None:
    sent = await a_report(officer, **WRITTEN)
    home = f"{HOME}/{await report_id(officer, sent)}"

    assert WRITTEN["address"] in (await desk.get(home)).text
    assert f'value="{WRITTEN["address"]}"' in (await desk.get(f"{home}/assign")).text
    await screened(officer, sent)

    page = (await desk.get(home)).text
    assert WRITTEN["address"] in page
    assert SCREENED["place"] in page
    assert WRITTEN["address"] in (await desk.get(home.replace(HOME, f"{HOME}/crew"))).text
    assert sent.code in (await desk.get(f"{HOME}?q=สมศรี")).text
    assert sent.code in (await desk.get(f"{HOME}?q=ปากซอย")).text


async def test_a_place_that_an_officer_left_out_does_not_come_back(
    desk: httpx.AsyncClient, officer: Context
) -> None:
    id = await report_id(officer, await a_report(officer, **WRITTEN))
    await acting.act_on(officer, id, Act.ASSIGN, SCREENED | {"place": ""}, revision=1)
    await acting.act_on(officer, id, Act.RETURN, {"words": "ไม่ใช่งานเรา"}, revision=2)

    assert WRITTEN["address"] not in (await desk.get(f"{HOME}/{id}/assign")).text


async def test_what_was_kept_before_the_place_stood_apart_is_brought_in_order(
    officer: Context, database: str
) -> None:
    pole = await a_pole(officer)
    sent = [await a_report(officer, **WRITTEN, **more) for more in ({}, {}, {"asset": pole})]
    plain, second, lamp = [await report_id(officer, one) for one in sent]
    await acting.act_on(officer, plain, Act.ASSIGN, SCREENED, revision=1)
    later = now_of(officer, hours=1)
    await sending.join(stranger(later), a_wish(description=""), sent[0].code)
    await merging.merge(officer, second, into=sent[0].code, revision=1)
    connection = await asyncpg.connect(database)
    await connection.execute(DOWN)
    await connection.execute("UPDATE incidents.voice SET words = ''")

    await connection.execute(UP)
    await connection.close()

    places = [(await get_report(officer, id))["place"] for id in (plain, second, lamp)]
    assert places == [WRITTEN["address"], "", "ปากซอย 5"]
    words = await rows(officer, "SELECT words FROM incidents.voice ORDER BY sent_at, id")
    assert [row["words"] for row in words] == [WRITTEN["description"]] * 3 + [""]
