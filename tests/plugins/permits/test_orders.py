"""Orders to stop, put right and demolish: minimum periods, the days of service, what is overdue."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from core.api import Conflict, InvalidInput, NotAllowed, add
from core.context import Context
from core.db import transaction
from core.runtime import Runtime
from kit.thai import Calendar
from plugins.permits.rules.orders import GROUNDS, Kind, check_days, grounds_on, known_on, obey_by
from plugins.permits.service import order_list, orders
from plugins.permits.service.order_reading import read_order
from plugins.permits.service.orders import Wanted
from plugins.permits.service.rights import ORDER
from plugins.permits.tables.register import Permit
from tests.desks import signed_in
from tests.plugins.permits.conftest import an_officer, rows

HOME = "/desk/permits/orders"
EVERY_DAY = Calendar(weekdays_off=frozenset())
DAYS = st.dates(date(2026, 1, 1), date(2030, 1, 1))
POSTED: dict[Kind, int] = {"stop": 3, "fix": 7, "demolish": 3}
BY_KIND = {one.kind: one for one in GROUNDS if one.verified}


def wanted(ground: str = "fix-correctable", **more: Any) -> Wanted:
    facts: dict[str, Any] = {
        "place": "ที่ดินว่างข้างวัด หมู่ 5",
        "facts": "ตรวจเมื่อเช้า พบการก่อผนัง",
        "days": 30,
    }
    return Wanted(ground=ground, **(facts | more))


def in_days(ctx: Context, days: int) -> Context:
    return replace(ctx, now=ctx.now + timedelta(days=days))


@pytest.fixture
def mayor(ctx: Context) -> Context:
    return an_officer(ctx, "ธนวัฒน์ ยอดใจ", ORDER)


@pytest.fixture
def clerk(ctx: Context) -> Context:
    return an_officer(ctx, "สมศรี นายช่าง", "casework.as_officer")


@pytest.fixture
async def permit(ctx: Context) -> str:
    """A permit of the register."""
    row: dict[str, Any] = dict.fromkeys(("account", "pin", "plot"))
    row |= dict.fromkeys(("phone", "deed", "plan", "use"), "")
    row |= {"tenant_id": ctx.tenant.id, "case_id": uuid4(), "paper": uuid4(), "number": "12/2569"}
    row |= {"service": "permits.build", "work": "build", "storeys": 2, "area": 150, "fee": 9500}
    row |= {"holder": "นายคำปัน ใจยา", "subdistrict": "500113", "place": "88/1 หมู่ 5", "renewed": 0}
    row |= {"issued_on": ctx.today, "until": ctx.today, "state": "valid", "changed_at": ctx.now}
    async with transaction(ctx):
        await add(Permit, row)
    return "12/2569"


@given(DAYS, st.integers(1, 400), st.sampled_from(["signed", "post", "posted"]))
def test_the_days_of_an_order_follow_from_its_law(day: date, days: int, way: str) -> None:
    for kind, posted in POSTED.items():
        known = known_on(BY_KIND[kind], way, day)
        assert known - day == timedelta(days=posted if way == "posted" else 0)
    assert obey_by(days, day, EVERY_DAY) == day + timedelta(days=days)
    by = obey_by(days, day, Calendar())
    assert by is not None
    assert day + timedelta(days=days) <= by <= day + timedelta(days=days + 2)
    assert by.weekday() < 5


@given(st.integers(0, 500))
def test_no_period_is_shorter_than_the_law_allows(days: int) -> None:
    for ground in GROUNDS:
        if ground.kind == "stop" or 30 <= days <= 365:
            check_days(ground, days)
        else:
            with pytest.raises(InvalidInput):
                check_days(ground, days)


def test_of_a_ground_the_entry_that_has_begun_last_holds() -> None:
    [old] = [one for one in GROUNDS if one.code == "fix-correctable"]
    new = type(old)(
        **{name: getattr(old, name) for name in old.__struct_fields__}
        | {"since": date(2027, 1, 1), "least_days": 45}
    )
    before, after = (grounds_on(day, (new, old)) for day in (date(2026, 12, 31), new.since))

    assert (before["fix-correctable"].least_days, after["fix-correctable"].least_days) == (30, 45)


async def test_an_order_runs_from_a_stop_to_its_end_and_what_is_overdue_stands_first(
    mayor: Context, clerk: Context, permit: str
) -> None:
    stop = await orders.issue_order(mayor, wanted("stop-unpermitted", permit=permit, days=5))
    fix = await orders.issue_order(mayor, wanted())
    assert await orders.serve(clerk, fix, how="posted", on=clerk.today, note="พยาน 2 คน") == (
        clerk.today + timedelta(days=7)
    )
    row = await read_order(clerk, stop)
    assert (row["to_name"], row["place"], row["days"]) == ("นายคำปัน ใจยา", "88/1 หมู่ 5", 0)
    assert row["decide_by"] == clerk.today + timedelta(days=30)

    soon = in_days(clerk, 31)
    assert [one["id"] for one in await order_list.list_orders(soon)] == [stop, fix]
    assert [one["standing"].late for one in await order_list.list_orders(soon)] == [True, False]
    late = in_days(clerk, 40)
    assert [one["standing"].late for one in await order_list.list_orders(late)] == [True, True]

    follows = wanted("demolish-incorrigible", permit="๑๒/๒๕๖๙", follows=stop, days=60)
    demolish = await orders.issue_order(in_days(mayor, 20), follows)
    with pytest.raises(Conflict, match="followed by another"):
        await orders.issue_order(in_days(mayor, 21), follows)
    standing = {one["id"]: one["standing"] for one in await order_list.list_orders(soon)}
    assert standing[stop].by is None
    assert [one["id"] for one in await order_list.followed_by(clerk, stop)] == [demolish]

    about = row["case_id"]
    assert [one.href for one in await order_list.cards(clerk, about)] == [
        f"{HOME}/{stop}",
        f"{HOME}/{demolish}",
    ]
    with pytest.raises(Conflict, match="nobody can have obeyed"):
        await orders.close(mayor, demolish, state="complied", why="รื้อแล้ว")
    await orders.close(mayor, fix, state="complied", why="ตรวจแล้ว แก้ถูกต้อง")
    with pytest.raises(Conflict):
        await orders.close(mayor, fix, state="withdrawn", why="ปิดซ้ำ")
    with pytest.raises(Conflict):
        await orders.serve(clerk, fix, how="post", on=clerk.today, note="ซ้ำ")
    [closed] = await order_list.list_orders(clerk, closed=True)
    assert (closed["id"], closed["state"]) == (fix, "complied")
    acts = await rows(
        clerk, "SELECT action FROM core.audit_entry WHERE subject = $1", f"order/{fix}"
    )
    assert {row["action"] for row in acts} == {
        "permits.order.issued",
        "permits.order.served",
        "permits.order.complied",
    }


async def test_nobody_signs_without_the_right_nor_below_the_minimum_nor_against_no_permit(
    mayor: Context, clerk: Context, ctx: Context
) -> None:
    with pytest.raises(NotAllowed):
        await orders.issue_order(clerk, wanted())
    with pytest.raises(NotAllowed):
        await order_list.list_orders(an_officer(ctx, "คนอื่น", "casework.read"))
    for wrong, field in (
        (wanted(days=29), "days"),
        (wanted(permit="99/2569"), "permit"),
        (wanted("no-such-ground"), "kind"),
    ):
        with pytest.raises(InvalidInput) as refusal:
            await orders.issue_order(mayor, wrong)
        assert set(refusal.value.problems) == {field}
    assert await rows(ctx, "SELECT id FROM permits.building_order") == []
    assert await rows(ctx, "SELECT id FROM documents.paper") == []


@pytest.fixture
async def desk(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    async with signed_in(runtime, ctx, [ORDER], f"{HOME}/new") as client:
        yield client


async def test_at_the_desk_an_order_is_typed_signed_served_withdrawn_and_unmasked(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    typed = {
        "about": "place",
        "place": "ที่ดินว่างข้างวัด หมู่ 5",
        "kind": "demolish",
        "ground_demolish": "demolish-incorrigible",
        "days": "10",
        "facts": "ตรวจเมื่อเช้า พบอาคารล้ำคลอง",
        "wanted": "รื้อผนังด้านคลอง",
        "agreed": "yes",
    }
    begun = (await desk.get(f"{HOME}/new?permit=12/2569")).text
    assert 'value="12/2569"' in begun
    refused = await desk.post(f"{HOME}/new", data=typed)
    assert refused.status_code == 422
    assert 'href="#days"' in refused.text
    assert "ตรวจเมื่อเช้า พบอาคารล้ำคลอง" in refused.text
    done = await desk.post(f"{HOME}/new", data=typed | {"days": "๓๐"})
    assert done.status_code == 303, done.text
    home = done.headers["location"]
    letter = PdfReader(BytesIO((await desk.get(f"{home}/letter.pdf")).content))
    told = "".join(page.extract_text() for page in letter.pages).replace("\n", "")
    for words in ("๓๐ วัน", "มาตรา ๔๒", "อุทธรณ์", "มาตรา ๕๒", "รื้อผนังด้านคลอง"):
        assert words in told, words

    today = datetime.now(UTC).astimezone(ctx.tenant.zone).date()
    day = {"on.day": str(today.day), "on.month": str(today.month), "on.year": str(today.year + 543)}
    served = {"how": "posted", "note": "พยาน 2 คน"} | day
    assert (await desk.post(f"{home}/served", data=served)).headers["location"] == home
    [row] = await rows(ctx, "SELECT id, paper, known_on, due_on FROM permits.building_order")
    assert row["known_on"] == today + timedelta(days=3)
    assert row["due_on"] >= today + timedelta(days=33)
    gone = {"state": "withdrawn", "why": "ออกคำสั่งผิดแปลง"}
    assert (await desk.post(f"{home}/close", data=gone)).status_code == 303
    assert "ออกคำสั่งผิดแปลง" in (await desk.get(home)).text
    assert UUID(home.rpartition("/")[2]) == row["id"]
    [paper] = await rows(ctx, "SELECT code FROM documents.paper WHERE id = $1", row["paper"])
    shown = await desk.get(f"/v/{paper['code']}")
    assert "ออกคำสั่งผิดแปลง" in shown.text
