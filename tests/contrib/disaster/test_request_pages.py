"""Asking for help without an account, taking calls, and a team's pages."""

from uuid import uuid4

import httpx

from contrib.disaster.rules.events import Zone
from core.context import Context
from tests.contrib.disaster.asking import a_team
from tests.contrib.disaster.conftest import HOME, MIDDLE, a_flood, an_officer, around, rows

RIVER = Zone(name="ริมแม่น้ำ", corners=around(MIDDLE), depth_cm=120)
TYPED = {
    "needs": ["evacuate", "medicine"],
    "phone": "0899999999",
    "address": "หลังวัดกลาง",
    "position": "18.74, 98.93",
    "water": "waist",
    "people": "4",
    "flags": ["bedridden"],
}


async def token(client: httpx.AsyncClient, path: str) -> dict[str, str]:
    page = (await client.get(path)).text
    return {"_csrf_token": page.split('name="_csrf_token" value="')[1].split('"')[0]}


async def test_somebody_without_an_account_asks_and_follows_the_request(
    client: httpx.AsyncClient, ctx: Context
) -> None:
    assert "ไม่มีเหตุการณ์ที่เปิดรับคำขอ" in (await client.get("/disaster/help")).text
    await a_flood(an_officer(ctx), RIVER)
    typed = TYPED | await token(client, "/disaster/help")
    nowhere = await client.post("/disaster/help", data=typed | {"address": "", "position": ""})
    assert nowhere.status_code == 422
    assert "บอกว่าอยู่ที่ใด" in nowhere.text
    key = {"idempotency_key": str(uuid4())}
    sent = await client.post("/disaster/help", data=typed | key)
    again = await client.post("/disaster/help", data=typed | key)
    assert sent.headers["location"] == again.headers["location"]
    [row] = await rows(ctx, "SELECT channel, taken_by_name FROM disaster.request")
    assert tuple(row) == ("web", "")
    page = await client.get(sent.headers["location"])
    assert "คำขอความช่วยเหลือ 1/" in page.text
    assert "0899999999" not in page.text
    assert "089-999-9999" not in page.text


async def test_the_form_is_light_and_the_start_page_leads_to_it(
    client: httpx.AsyncClient, ctx: Context
) -> None:
    assert "/disaster/help" not in (await client.get("/")).text
    await a_flood(an_officer(ctx))

    assert "/disaster/help" in (await client.get("/")).text
    assert len((await client.get("/disaster/help")).content) < 60_000


async def test_a_call_is_taken_weighed_set_by_hand_and_given_to_a_team(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    office = an_officer(ctx)
    await a_flood(office, RIVER)
    made = await desk.post(
        f"{HOME}/teams/new", data={"name": "ทีมเรือ 1", "leader": "นายกล้า", "phone": "0811111111"}
    )
    assert made.status_code == 303
    assert "ทีมเรือ 1" in (await desk.get(f"{HOME}/teams")).text
    taken = await desk.post(f"{HOME}/requests/new", data=TYPED)
    here = taken.headers["location"]
    page = (await desk.get(here)).text
    assert "ริมแม่น้ำ น้ำสูง 120 ซม." in page
    assert "เริ่มที่ 1 ผู้ป่วยติดเตียง 1 คน +1" in page
    assert "240" in (await desk.get(f"{HOME}/requests")).text
    assert (
        await desk.post(f"{here}/points", data={"points": "999", "revision": "1"})
    ).status_code == 422
    weighed = await desk.post(
        f"{here}/points", data={"points": "999", "why": "แพทย์ขอ", "revision": "1"}
    )
    assert weighed.status_code == 303
    assert "แพทย์ขอ" in (await desk.get(here)).text
    nobody = await desk.post(f"{here}/team", data={"team": "", "revision": "2"})
    assert nobody.status_code == 422
    [team] = await rows(ctx, "SELECT id FROM disaster.team")
    given = await desk.post(f"{here}/team", data={"team": str(team["id"]), "revision": "2"})
    assert given.status_code == 303
    again = await desk.post(f"{here}/team", data={"team": str(team["id"]), "revision": "2"})
    assert again.status_code == 409


async def test_what_a_team_tells_is_taken_once_and_wrong_times_come_back(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    office = an_officer(ctx)
    await a_flood(office)
    team = await a_team(office)
    here = (await desk.post(f"{HOME}/requests/new", data=TYPED)).headers["location"]
    await desk.post(f"{here}/team", data={"team": str(team), "revision": "1"})
    form = f"{HOME}/rounds/{team}/{here.rsplit('/', 1)[1]}"
    assert form in (await desk.get(f"{HOME}/rounds/{team}")).text
    page = (await desk.get(form)).text
    year = page.split('name="made_on.year"')[1].split('value="')[1].split('"')[0]
    day = page.split('name="made_on.day"')[1].split('value="')[1].split('"')[0]
    month = page.split('" selected>')[0].rsplit('value="', 1)[1]
    told = {
        "outcome": "helped",
        "note": "ส่งถึงศูนย์พักพิง",
        "made_on.day": day,
        "made_on.month": month,
        "made_on.year": year,
        "made_time": "00.01",
    }
    wrong = await desk.post(form, data=told | {"made_time": "25.00"})
    assert wrong.status_code == 422
    key = {"idempotency_key": str(uuid4())}
    assert (await desk.post(form, data=told | key)).status_code == 303
    assert (await desk.post(form, data=told | key)).status_code == 303
    assert len(await rows(ctx, "SELECT 1 FROM disaster.request_step WHERE what = 'helped'")) == 1
    assert "ไม่มีคำขอที่ทีมต้องไป" in (await desk.get(f"{HOME}/rounds/{team}")).text
