from datetime import timedelta

import httpx

from contrib.incidents.service import sending
from contrib.incidents.service.rates import rates
from core.context import Context
from tests.contrib.incidents.conftest import HOME, rows
from tests.contrib.incidents.reports import (
    a_report,
    a_wish,
    assigned,
    now_of,
    picture,
    report_id,
    revision,
    state,
    stranger,
    worked,
)
from tests.today import at_present

ASSIGN = {"category": "lighting", "unit": "works", "summary": "ไฟดับ ปากซอย 5", "words": ""}


async def test_officers_screen_assign_and_close_on_their_pages(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    ctx = at_present(ctx)
    sent = await a_report(ctx)
    id = await report_id(ctx, sent)
    home = f"{HOME}/{id}"

    assert sent.code in (await desk.get(HOME)).text
    assert "ไฟดับทั้งซอย" in (await desk.get(home)).text
    form = await desk.get(f"{home}/assign")
    assert "ไฟดับทั้งซอย</textarea>" in form.text
    assert (await desk.post(f"{home}/assign", data={"revision": "1"})).status_code == 422
    done = await desk.post(f"{home}/assign", data=ASSIGN | {"revision": "1"})
    assert done.headers["location"] == home
    late = await desk.post(f"{home}/assign", data=ASSIGN | {"revision": "1"})
    assert late.status_code == 409
    assert (await desk.post(f"{home}/accept", data={"revision": "2"})).status_code == 303
    assert (await desk.get(f"{home}/accept")).status_code == 404
    assert (await desk.get(f"{home}/dance")).status_code == 404

    assert sent.code in (await desk.get(f"{HOME}/crew")).text
    crew = f"{HOME}/crew/{id}"
    assert "รูปหลังทำ" in (await desk.get(crew)).text
    work = {"what": "done", "words": "เปลี่ยนหลอดแล้ว", "cost": "350", "made_time": "10.00"}
    day = ctx.today - timedelta(days=1)
    work |= {"made_on.day": str(day.day), "made_on.month": str(day.month)}
    work |= {"made_on.year": str(day.year + 543)}
    bare = await desk.post(crew, data=work)
    assert bare.status_code == 422
    assert "แนบรูปหลังทำอย่างน้อย 1 รูป" in bare.text
    files = {"after": ("หลัง.jpg", picture(), "image/jpeg")}
    closed = await desk.post(crew, data=work, files=files)
    assert closed.headers["location"] == home
    page = await desk.get(home)
    assert "เปลี่ยนหลอดแล้ว" in page.text
    assert "350.00" in page.text
    small = page.text.split(f'src="{home}/photos/')[1].split('"')[0]
    assert (await desk.get(f"{home}/photos/{small}")).headers["content-type"] == "image/jpeg"
    assert (await desk.get(f"{home}/reporters")).status_code == 200
    assert (await desk.get(f"{HOME}/figures")).status_code == 200


async def test_a_duplicate_is_merged_from_its_page(desk: httpx.AsyncClient, ctx: Context) -> None:
    ctx = at_present(ctx)
    first, second = await a_report(ctx), await a_report(ctx)
    id = await report_id(ctx, second)

    page = await desk.get(f"{HOME}/{id}")
    assert f"/merge?into={first.code}" in page.text
    form = await desk.get(f"{HOME}/{id}/merge?into={first.code}")
    assert f'value="{first.code}"' in form.text
    bad = await desk.post(f"{HOME}/{id}/merge", data={"into": second.code, "revision": "1"})
    assert bad.status_code == 422
    assert "ไม่ใช่เรื่องนี้เอง" in bad.text
    done = await desk.post(f"{HOME}/{id}/merge", data={"into": first.code, "revision": "1"})
    assert done.status_code == 303
    assert await state(ctx, id) == "merged"
    parted = await desk.post(f"{HOME}/{id}/part", data={"words": "คนละเสา", "revision": "2"})
    assert parted.status_code == 303


async def test_the_inbox_is_searched_by_state_kind_division_and_words(
    desk: httpx.AsyncClient, ctx: Context, officer: Context
) -> None:
    lamp, road = await a_report(ctx), await a_report(ctx, category="road", address="หน้าวัด")
    await assigned(officer, lamp)

    async def found(query: str) -> list[str]:
        page = await desk.get(f"{HOME}?{query}")
        return [one.code for one in (lamp, road) if one.code in page.text]

    assert await found("state=assigned") == [lamp.code]
    assert await found("category=road") == [road.code]
    assert await found("unit=works") == [lamp.code]
    assert await found("q=หน้าวัด") == [road.code]
    assert await found("state=done") == []
    assert await found("state=&page=1") == [lamp.code, road.code]


async def test_rates_tell_what_was_in_time_reopened_and_how_it_was_rated(
    desk: httpx.AsyncClient, officer: Context
) -> None:
    fast, slow = await a_report(officer), await a_report(officer)
    await worked(officer, await assigned(officer, fast))
    await assigned(now_of(officer, days=4), slow)
    await rows(officer, "UPDATE incidents.voice SET rating = 4 WHERE track = $1", fast.track)

    days, [whole, lighting] = await rates(now_of(officer, days=6))

    assert days == 90
    assert whole.percent == lighting.percent == {"screen": 50, "accept": 50, "repair": 100}
    assert (whole.sent, whole.done, whole.stars) == (2, 1, 4.0)
    page = await desk.get(f"{HOME}/rates")
    assert page.status_code == 200


async def test_every_star_counts_the_same_however_many_speak_of_a_report(
    ctx: Context,
) -> None:
    sent = await a_report(ctx)
    await a_report(ctx, category="road")
    others = [await sending.join(stranger(ctx), a_wish(), sent.code) for _ in range(2)]
    lone = await a_report(ctx)
    for stars, one in zip((5, 5, 5, 1), (sent, *others, lone), strict=True):
        query = "UPDATE incidents.voice SET rating = $1 WHERE track = $2"
        await rows(ctx, query, stars, one.track)

    _, [whole, lighting, road] = await rates(ctx)

    assert whole.stars == lighting.stars == 4.0
    assert road.stars is None


async def test_what_is_done_to_a_report_needs_its_right(
    client: httpx.AsyncClient, ctx: Context
) -> None:
    id = await report_id(ctx, await a_report(ctx))

    for path in ("", f"/{id}", f"/{id}/assign", f"/{id}/reporters", "/crew", "/rates"):
        assert (await client.get(f"{HOME}{path}")).status_code in (303, 401)
    assert await revision(ctx, id) == 1
