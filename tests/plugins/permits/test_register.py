"""The register: entered once, revoked at once, whole for officers, bare for everybody."""

import csv
import io
import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.context import EVERYWHERE, SYSTEM, Actor, Context
from core.db import add_all, transaction
from kit.casework import Post, file_case, get_offered
from kit.casework.applicant import Applicant
from kit.casework.plugin import on_bill_settled
from kit.casework.service import examining, handling, revoking
from kit.casework.service.acting import take
from kit.casework.service.examining import Judging
from kit.casework.tables import Case
from kit.geo import Look, Point
from kit.treasury import open_till, read_bill, take_cash
from plugins.permits import plugin
from plugins.permits.rules.reminding import turn_of
from plugins.permits.rules.ways import SMALL
from plugins.permits.service import finding, mapping, reminders
from plugins.permits.service.finding import Sought
from plugins.permits.tables.register import Permit
from tests.plugins.permits.conftest import rows
from tests.plugins.permits.requests import HOUSE
from tests.plugins.waste_fees.conftest import a_citizen

REGISTER, OPEN = "/desk/permits/register", "/permits/register"
SOMCHAI = Applicant(name="นายสมชาย ใจดี", phone="+66812345678")
SITE = {"house_no": "88/12", "moo": "5", "subdistrict": "500109", "postcode": "50100"}
BROKEN = {"reminders": {"days": [0]}}
SECRETS = ("สมชาย", "ใจดี", "812345678", "1234-5678", "88/12", "12345", "18.7412", "98.9517", "หมู่")


def a_permit(ctx: Context, count: int, **more: Any) -> dict[str, Any]:
    """A row of the register, of นายสมชาย where nothing else is said."""
    day = ctx.today - timedelta(days=count)
    return {
        "tenant_id": ctx.tenant.id,
        "case_id": uuid4(),
        "paper": uuid4(),
        "number": f"{count}/2569",
        "service": SMALL,
        "work": "build",
        "use": "house",
        "storeys": 2,
        "area": Decimal("120.50"),
        "holder": SOMCHAI.name,
        "phone": SOMCHAI.phone,
        "account": None,
        "subdistrict": "500109",
        "place": "88/12 หมู่ที่ 5 ตำบลแม่เหียะ",
        "deed": "12345",
        "plan": "",
        "pin": {"lat": 18.74123, "lon": 98.95171},
        "plot": None,
        "fee": 9500,
        "issued_on": day,
        "until": day + timedelta(days=365),
        "renewed": 0,
        "state": "valid",
        "changed_at": ctx.now,
    } | more


def some_permits(ctx: Context, count: int) -> list[dict[str, Any]]:
    """Permits of odd names, sizes and places, some on the same day; the same ones each time."""
    chance = random.Random(4)  # noqa: S311
    return [
        a_permit(
            ctx,
            3 + number,
            issued_on=ctx.today - timedelta(days=3 + number // 9),
            holder=chance.choice(('นาย "ก, ข"', "=ใจดี()", "สมชาย\nแถวสอง", "ใจดี \U0001f3e0")),
            area=Decimal(chance.randrange(1, 10**7)).scaleb(-2),
            storeys=chance.randrange(1, 9),
            pin={"lat": 18.7 + chance.random() / 9, "lon": 98.9 + chance.random() / 9},
        )
        for number in range(count)
    ]


async def enter(ctx: Context, *permits: dict[str, Any]) -> list[UUID]:
    async with transaction(ctx):
        await add_all(Permit, permits)
    return [one["case_id"] for one in permits]


@pytest.fixture
def today(ctx: Context) -> Context:
    """The system on the day on which the pages are asked for."""
    return replace(ctx, now=datetime.now(UTC))


@pytest.fixture
async def office(ctx: Context) -> Context:
    """An officer who sits at every desk."""
    rights = ("casework.read", "casework.revoke", "treasury.collect", "treasury.read")
    held = dict.fromkeys((*rights, *(f"casework.as_{post}" for post in Post)), EVERYWHERE)
    actor = Actor(kind="officer", id=uuid4(), name="วิชัย สร้างบ้าน", post="นายก", permissions=held)
    return replace(ctx, actor=actor)


async def issued(office: Context) -> Any:
    """Return the case of a small house, whose permit was paid for and issued."""
    more = {"site": SITE, "pin": {"lat": 18.74123, "lon": 98.95171}, "owner_name": SOMCHAI.name}
    service = await get_offered(office, SMALL)
    filed = await file_case(
        office, service=service, applicant=SOMCHAI, answers=HOUSE | more, key=str(uuid4())
    )
    await handling.accept(office, filed.id, revision=1)
    async with transaction(office):
        opened = await take(office, filed.id)
        doubts = [one.finding.rule for one in await examining.checklist(office, opened)]
    judgings = [Judging(one, holds=True, why="ตรวจแล้ว") for one in doubts]
    await examining.judge(office, filed.id, judgings)
    await handling.forward(office, filed.id, opinion="", revision=2)
    await handling.approve(office, filed.id, opinion="", revision=3)
    bill = await read_bill(office, (await _case(office, filed.id)).bill)
    await open_till(office, "1")
    await take_cash(
        office, bill["id"], amount=bill["owed"], tendered=bill["owed"], till="1", key=str(uuid4())
    )
    await on_bill_settled(replace(office, actor=SYSTEM), event=uuid4(), bill=bill["id"])
    return await _case(office, filed.id)


async def _case(ctx: Context, id: UUID) -> Any:
    async with transaction(ctx):
        return await Case.objects().where(Case.of(ctx), Case.id == id).first()


async def test_a_permit_is_entered_once_and_revoked_at_once(office: Context, ctx: Context) -> None:
    case = await issued(office)
    told = {"event": uuid4(), "case": case.id, "service": SMALL, "status": "issued"}
    for _ in range(2):
        await plugin.on_case_moved(ctx, **told)
    [permit] = await rows(ctx, "SELECT * FROM permits.permit")

    assert (permit["number"], permit["state"], permit["holder"]) == (
        "1/2569",
        "valid",
        SOMCHAI.name,
    )
    assert (permit["storeys"], permit["area"], permit["deed"]) == (2, Decimal("120.00"), "12345")
    assert json.loads(permit["pin"]) == {"lat": 18.74123, "lon": 98.95171}
    assert permit["issued_on"] < permit["until"] <= permit["issued_on"] + timedelta(days=366)

    await plugin.on_paper_revoked(ctx, event=uuid4(), paper=uuid4())
    assert (await finding.find_permits(ctx, Sought())).permits[0]["stands"] == "valid"
    await revoking.revoke_paper(office, case.id, permit["paper"], reason="แบบไม่ตรงที่ยื่น")
    for _ in range(2):
        await plugin.on_paper_revoked(ctx, event=uuid4(), paper=permit["paper"])
    await plugin.on_case_moved(ctx, **told)

    assert (await finding.find_permits(ctx, Sought())).permits[0]["stands"] == "revoked"
    noted = await rows(
        ctx, "SELECT action FROM core.audit_entry WHERE action LIKE 'permits.permit.%' ORDER BY id"
    )
    assert [one["action"] for one in noted] == ["permits.permit.entered", "permits.permit.revoked"]

    # Told of its issue only after it was revoked, it is entered as revoked.
    await rows(ctx, "UPDATE permits.permit SET case_id = $1, number = 'x'", uuid4())
    await plugin.on_case_moved(ctx, **told)
    assert {one["stands"] for one in (await finding.find_permits(ctx, Sought())).permits} == {
        "revoked"
    }


async def test_how_a_permit_stands_follows_from_the_day(ctx: Context) -> None:
    ends = {name: ctx.today + timedelta(days=left) for name, left in
            {"valid": 31, "expiring": 30, "last": 0, "expired": -1}.items()}  # fmt: skip
    await enter(
        ctx,
        *(a_permit(ctx, n, until=until) for n, until in enumerate(ends.values(), 1)),
        a_permit(ctx, 5, until=ends["expired"], state="completed"),
        a_permit(ctx, 6, state="revoked", work="demolish", holder="นางสาว_ดี", deed="777"),
    )

    async def numbers(**asked: Any) -> list[str]:
        found = await finding.find_permits(ctx, Sought(**asked))
        return [one["number"].partition("/")[0] for one in found.permits]

    assert await numbers() == ["1", "2", "3", "4", "5", "6"]
    assert await numbers(stands="valid") == ["1", "2", "3"]
    assert await numbers(stands="expiring") == ["2", "3"]
    assert [await numbers(stands=one) for one in ("expired", "completed", "revoked")] == [
        ["4"], ["5"], ["6"]]  # fmt: skip
    assert await numbers(work="demolish") == ["6"]
    for words, found in (
        ("๖/2569", ["6"]),
        ("6", ["6"]),
        ("777", ["6"]),
        ("สาว_", ["6"]),
        ("%", []),
    ):
        assert await numbers(words=words) == found, words
    assert await numbers(words="777", public=True) == []


async def read_csv(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_exports_are_complete_and_the_public_ones_hold_nothing_of_a_person(
    desk: httpx.AsyncClient, today: Context, other: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "AT_ONCE", 7)
    ours = [a_permit(today, 1), a_permit(today, 2, pin=None), *some_permits(today, 40)]
    await enter(today, *ours)
    theirs = a_permit(replace(other, now=today.now), 7, number="99/2569", holder="คนยะลา")
    [stranger] = await enter(other, theirs)
    ours.sort(key=lambda one: (one["issued_on"], one["case_id"]))

    table = await read_csv(await desk.get(f"{REGISTER}.csv"))
    places = (await desk.get(f"{REGISTER}.geojson")).json()["features"]
    assert [one["เลขที่ใบอนุญาต"] for one in table] == [one["number"] for one in ours]
    assert (table[-1]["โทรศัพท์"], table[-1]["ค่าธรรมเนียม (บาท)"]) == ("08-1234-5678", "95.00")
    assert table[-1]["ละติจูด"] == "18.74123"
    for permit, place in zip(ours, places, strict=True):
        spot, told = permit["pin"], place["properties"]
        assert place["geometry"] == (
            spot and {"type": "Point", "coordinates": [spot["lon"], spot["lat"]]}
        )
        assert (place["id"], told["holder"]) == (permit["number"], permit["holder"])
        assert (told["area"], told["storeys"]) == (float(permit["area"]), permit["storeys"])
    noted = await rows(
        today, "SELECT actor_name, detail FROM core.audit_entry WHERE action = $1",
        "permits.register.exported",
    )  # fmt: skip
    assert [json.loads(one["detail"])["kind"] for one in noted] == ["csv", "geojson"]
    assert (await desk.get(f"{REGISTER}.csv?work=demolish")).text.count("\n") == 1

    desk.cookies.clear()
    shown = await desk.get(OPEN)
    bare = [shown, await desk.get(f"{OPEN}.csv"), await desk.get(f"{OPEN}.geojson")]
    for answer in bare:
        assert answer.status_code == 200
        for secret in (*SECRETS, "99/2569", "คนยะลา"):
            assert secret.encode() not in answer.content, secret
    assert [one["number"] for one in await read_csv(bare[1])] == [one["number"] for one in ours]
    feature = bare[2].json()["features"][-1]
    assert feature["geometry"]["coordinates"] == [98.952, 18.741]
    assert feature["properties"]["place"].startswith("ตำบลแม่เหียะ")
    assert "2/2569" in shown.text
    found = await desk.get(f"{OPEN}?q=สมชาย")
    assert "ไม่พบใบอนุญาต" in found.text
    for path in (REGISTER, f"{REGISTER}.csv", f"{REGISTER}/{stranger}", "/desk/permits/map"):
        assert (await desk.get(path)).status_code in (302, 303, 401)


async def test_the_desk_shows_a_permit_and_notes_who_looked(
    desk: httpx.AsyncClient, today: Context, other: Context
) -> None:
    far = {"lat": 18.76, "lon": 98.93}
    mine, *_ = await enter(
        today,
        a_permit(today, 1),
        a_permit(today, 2, work="demolish", state="revoked"),
        a_permit(today, 3, pin=far, until=today.today),
    )
    [stranger] = await enter(other, a_permit(other, 9))
    listed, page = await desk.get(REGISTER), await desk.get(f"{REGISTER}/{mine}")
    mapped = await desk.get("/desk/permits/map?state=")

    assert listed.text.index(">1/2569<") < listed.text.index(">3/2569<")
    assert 'href="/desk/permits"' in listed.text
    for said in ("1/2569", "08-1234-5678", f"/desk/cases/{mine}", "120.50", "95.00"):
        assert said in page.text, said
    assert (await desk.get(f"{REGISTER}/{stranger}")).status_code == 404
    noted = await rows(
        today, "SELECT subject FROM core.audit_entry WHERE action = 'permits.permit.read'"
    )
    assert [one["subject"] for one in noted] == [f"case/{mine}"]

    assert "ก่อสร้างใหม่ 1, รื้อถอน 1, ใช้ได้ 1, เพิกถอนแล้ว 1" in mapped.text
    assert "2/2569" not in (await desk.get("/desk/permits/map")).text
    seen = await mapping.show_map(today, Sought(), Look())
    assert sorted((one.spot.count, one.tone) for one in seen.marks) == [(1, "warn"), (2, "bad")]
    near = await mapping.show_map(today, Sought(work="build"), Look(Point(**far), near=5))
    assert [one["number"] for one in near.page] == ["3/2569"]
    for odd in ("page=-1&q=%00&state=evil", "page=99999", "q=" + "%25" * 200):
        assert (await desk.get(f"{REGISTER}?{odd}")).status_code == 200, odd
    astray = await desk.get("/desk/permits/map?at=x&near=9999&skip=-1&work=evil")
    assert astray.status_code == 200


async def test_a_holder_is_reminded_once_for_each_of_the_days(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "AT_ONCE", 2)
    citizen = await a_citizen(ctx)
    until = ctx.today + timedelta(days=61)
    issued_on = ctx.today - timedelta(days=300)
    days = {"issued_on": issued_on, "until": until}
    await enter(
        ctx,
        a_permit(ctx, 1, **days),
        a_permit(ctx, 2, **days, account=citizen.actor.id),
        a_permit(ctx, 3, **days, state="completed"),
        a_permit(ctx, 4, **days, phone=""),
        a_permit(ctx, 5, until=until, issued_on=until - timedelta(days=20)),
    )

    async def told() -> list[tuple[str, str]]:
        sent = await rows(
            ctx,
            "SELECT key, subject_th FROM core.message WHERE template = 'permits.expiring'"
            " ORDER BY created_at, key",
        )
        return [(one["subject_th"].split()[1], one["key"].rsplit("/", 1)[1]) for one in sent]

    async def on(left: int) -> Sequence[tuple[str, str]]:
        morning = replace(ctx, now=ctx.now + timedelta(days=61 - left), actor=SYSTEM)
        for _ in range(2):
            await reminders.remind(morning)
        return await told()

    assert await on(61) == []
    assert sorted(await on(59)) == [("1/2569", "60"), ("2/2569", "60")]
    assert len(await on(31)) == 2
    assert len(await on(30)) == 4
    assert {number for number, _ in (await on(3))[4:]} == {"1/2569", "2/2569", "5/2569"}
    assert len(await on(0)) == 7
    assert len(await on(-1)) == 7


async def test_an_office_sets_the_days_of_reminders(desk: httpx.AsyncClient, ctx: Context) -> None:
    page = await desk.get("/desk/permits/reminders")
    assert all(f'value="{days}"' in page.text for days in (60, 30, 7))
    wrong = await desk.post("/desk/permits/reminders", data={"first": "366"})
    kept = await desk.post("/desk/permits/reminders", data={"first": "๑๔", "second": "90"})
    [row] = await rows(ctx, "SELECT settings FROM core.plugin_switch WHERE plugin = 'permits'")

    assert (wrong.status_code, kept.status_code) == (422, 303)
    for given_days, days in ((json.loads(row["settings"]), (90, 14)), (BROKEN, (60, 30, 7))):
        here = replace(ctx.tenant, settings={"permits": given_days})
        assert reminders.reminding(replace(ctx, tenant=here)).days == days


@given(st.integers(-5, 400), st.integers(0, 400), st.sets(st.integers(1, 365), max_size=4))
def test_a_reminder_comes_in_its_turn_and_none_twice(left: int, age: int, days: set[int]) -> None:
    today = date(2026, 11, 20)
    until, issued_on = today + timedelta(days=left), today - timedelta(days=age)
    turn = turn_of(until, issued_on, today, sorted(days))
    following = turn_of(until, issued_on, today + timedelta(days=1), sorted(days))

    if turn is not None:
        assert turn in days
        assert 0 <= left <= turn <= left + age
    if turn and following:
        assert following <= turn
