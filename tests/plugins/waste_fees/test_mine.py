from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest

from core.context import Context
from core.errors import Conflict, NotFound
from core.identity import sessions
from core.runtime import Runtime
from kit.treasury import my_bills, owed_by_me
from plugins.waste_fees.rules.persons import same_person
from plugins.waste_fees.service import mine, points
from tests.conftest import app_of
from tests.plugins.waste_fees.conftest import Point, a_citizen, pay, rows
from tests.plugins.waste_fees.test_runs import billed

HERS = {"payer_phone": "+66812345678"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("นายสมชาย ใจดี", "สมชาย  ใจดี", True),
        ("น.ส.วิภาดา แสงคำ", "นางสาววิภาดา แสงคำ", True),
        ("Mr. John Smith", "john SMITH", True),
        ("นายสมชาย ใจดี", "นายสมชาย ใจดีมาก", False),
        ("นาย", "นาง", False),
        ("", "", False),
    ],
)
def test_a_name_is_the_same_without_its_title(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same


async def test_a_point_of_ones_telephone_and_name_is_offered_and_taken_once(
    priced: Context, point: Point
) -> None:
    id = await point(**HERS)
    await point(payer_name="นางบัวผัน ใจยา", **HERS)
    await point(payer_phone="+66899999999")
    await billed(priced)
    citizen = await a_citizen(priced)
    before = await mine.my_points(citizen)
    assert (before.points, [one["id"] for one in before.offered], before.others) == ([], [id], 1)

    await mine.take_point(citizen, id)
    after = await mine.my_points(citizen)

    assert [one["id"] for one in after.points] == [id]
    assert (after.offered, after.owed) == ([], 5000)
    assert await owed_by_me(citizen) == (1, 5000)
    with pytest.raises(Conflict):
        await mine.take_point(citizen, id)
    [entry] = await rows(
        priced, "SELECT owner FROM core.audit_entry WHERE action = 'waste_fees.point.taken'"
    )
    assert entry["owner"] == citizen.actor.id


async def test_nobody_takes_a_point_of_another_name_telephone_or_account(
    priced: Context, point: Point
) -> None:
    id = await point(**HERS)
    other_name = await a_citizen(priced, last_name="ใจร้าย")
    with pytest.raises(Conflict):
        await mine.take_point(other_name, id)
    with pytest.raises(NotFound):
        await mine.my_point(other_name, id)
    other_phone = await a_citizen(priced, phone="0899999999")
    with pytest.raises(Conflict):
        await mine.take_point(other_phone, id)


async def test_a_telephone_that_was_not_confirmed_offers_nothing(
    priced: Context, point: Point
) -> None:
    await point(**HERS)
    citizen = await a_citizen(priced)
    await rows(
        priced,
        "UPDATE core.account SET phone_verified = false WHERE id = $1",
        citizen.actor.id,
    )
    found = await mine.my_points(citizen)

    assert (found.offered, found.others) == ([], 0)


async def test_a_changed_telephone_keeps_the_account_another_payer_does_not(
    priced: Context, point: Point
) -> None:
    id = await point(**HERS)
    citizen = await a_citizen(priced)
    await mine.take_point(citizen, id)
    await billed(priced)
    today = priced.today
    await points.change_point(
        priced, id, {"payer_phone": "+66811112222"}, from_on=today, why="เบอร์ใหม่"
    )
    assert [one["own"] for one in (await mine.my_points(citizen)).points] == [True]

    await points.change_point(
        priced, id, {"payer_name": "นางบัวผัน ใจยา"}, from_on=today, why="ขายบ้าน"
    )
    seen = await mine.my_points(citizen)

    assert [(one["own"], one["owed"]) for one in seen.points] == [(False, 5000)]
    assert (await mine.my_point(citizen, id)).owed == 5000


async def test_the_months_of_a_point_say_what_is_paid_and_what_is_owed(
    priced: Context, point: Point
) -> None:
    id = await point(**HERS)
    citizen = await a_citizen(priced)
    await mine.take_point(citizen, id)
    await billed(priced, months=3)
    [bill] = await my_bills(citizen)
    await pay(priced, bill["id"], 7500)
    seen = await mine.my_point(citizen, id)

    assert [(one["period"], one["owes"]) for one in seen.months] == [
        ("257001", 5000),
        ("256912", 2500),
        ("256911", 0),
    ]
    assert [one["amount"] for one in seen.bills[0]["receipts"]] == [7500]
    assert seen.owed == 7500


@pytest.fixture
async def at_home(runtime: Runtime, ctx: Context) -> AsyncIterator[tuple[httpx.AsyncClient, Any]]:
    """The browser of somebody who has signed in."""
    here = replace(ctx, now=datetime.now(UTC))
    citizen = await a_citizen(here)
    account: Any = citizen.actor.id
    opened = await sessions.open_session(
        here, account, "citizen", browser=sessions.Browser(), how="test"
    )
    app = app_of(runtime)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", follow_redirects=True
    ) as client:
        client.cookies.set(sessions.COOKIE, opened.token)
        yield client, citizen


async def test_the_pages_lead_from_my_requests_to_the_qr_of_the_oldest_bill(
    at_home: tuple[httpx.AsyncClient, Context], paid_by_qr: Context, point: Point
) -> None:
    client, _ = at_home
    id = await point(**HERS)
    await billed(paid_by_qr)
    start = await client.get("/my")
    assert 'href="/my/waste"' in start.text
    offered = await client.get("/my/waste")
    assert "จุดนี้ของท่านใช่หรือไม่" in offered.text
    token = offered.text.split('name="_csrf_token" value="')[1].split('"')[0]
    taken = await client.post(f"/my/waste/{id}", data={"_csrf_token": token})
    assert "เพิ่มจุดให้บริการในบัญชีของท่านแล้ว" in taken.text
    seen = await client.get(f"/my/waste/{id}")

    assert "พฤศจิกายน 2569" in seen.text
    assert "/services/waste_fees.change?point=00001" in seen.text
    guide = await client.get("/services/waste_fees.change?point=00001&what=x&evil=1")
    assert 'name="point" value="00001"' in guide.text
    assert "evil" not in guide.text.split("<form", 1)[1].split("</form>")[0]


async def test_somebody_elses_point_is_not_found(
    at_home: tuple[httpx.AsyncClient, Context], priced: Context, point: Point
) -> None:
    client, _ = at_home
    id = await point(payer_name="นางบัวผัน ใจยา")

    assert (await client.get(f"/my/waste/{id}")).status_code == 404
    assert (await client.get(f"/my/waste/{UUID(int=9)}")).status_code == 404
