"""Orders: what the law lets be ordered, what becomes of the place, and its way out."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from pypdf import PdfReader

from core.api import Conflict, InvalidInput, NotAllowed, Text, new_id
from core.context import Context
from core.runtime import Runtime
from kit.documents import General, issue
from plugins.food_cert import plugin
from plugins.food_cert.service import billing, demo_orders, order_ends, order_list, orders, places
from plugins.food_cert.service.barring import barred_until
from plugins.food_cert.service.order_reading import read_order
from plugins.food_cert.service.orders import Wanted
from plugins.food_cert.service.rights import CARRY, ORDER, READ
from plugins.food_cert.tables.register import Place
from tests.desks import signed_in
from tests.plugins.food_cert.conftest import a_place, an_officer, rows
from tests.plugins.food_cert.fees import on, years
from tests.plugins.waste_fees.conftest import pay

HOME = "/desk/food/orders"


def in_days(ctx: Context, days: int) -> Context:
    return replace(ctx, now=ctx.now + timedelta(days=days))


@pytest.fixture
def mayor(ctx: Context) -> Context:
    return an_officer(ctx, "ธนวัฒน์ ยอดใจ", READ, ORDER)


@pytest.fixture
def clerk(ctx: Context) -> Context:
    return an_officer(ctx, "สุดา รักสะอาด", READ, CARRY)


async def order(ctx: Context, ground: str, place: UUID | None = None, **more: Any) -> UUID:
    facts: dict[str, Any] = {"facts": "ตรวจเมื่อเช้า พบหนูในครัว", "days": 7}
    if place is None:
        facts["place_words"] = "ร้านข้างวัด หมู่ 5"
    return await orders.issue_order(
        ctx, Wanted(ground=ground, place=place, **(facts | more)), key=new_id()
    )


async def licensed(ctx: Context, **more: Any) -> UUID:
    """A licensed restaurant with its paper."""

    def contents(stamp: Any) -> General:
        return General(**stamp, title="ใบอนุญาต")

    case = uuid4()
    paper = await issue(
        ctx, "general", subject=f"case/{case}", make=contents, series="food_cert.licence"
    )
    until = ctx.today + timedelta(days=300)
    facts: dict[str, Any] = {
        "instrument": "licence",
        "area": 350,
        "until": until,
        "paper": paper.id,
    }
    id = await a_place(ctx, **(facts | {"paper_number": paper.number} | more))
    await places.keep_paper(
        ctx, id, paper=paper.id, what="licence", number=paper.number, subject=f"case/{case}"
    )
    return id


async def stands(ctx: Context, place: UUID) -> tuple[str, date | None]:
    row = await places.get_place(ctx, place)
    return row["state"], row["state_until"]


async def test_a_suspension_is_signed_followed_by_the_place_and_ends_by_itself(
    mayor: Context, clerk: Context
) -> None:
    place = await licensed(mayor)
    for days in (0, 16):
        with pytest.raises(InvalidInput) as wrong:
            await order(mayor, "suspend-wrong", place, days=days)
        assert set(wrong.value.problems) == {"days"}

    id = await order(mayor, "suspend-wrong", place, days=15)

    last = mayor.today + timedelta(days=14)
    assert await stands(mayor, place) == ("suspended", last)
    with pytest.raises(Conflict):
        await order(mayor, "suspend-wrong", place, days=15)
    papers = await places.papers_about(mayor, place)
    assert [one["what"] for one in papers] == ["licence", "order"]
    events = await places.events_of(mayor, place)
    assert [one["what"] for one in events] == ["suspended"]
    assert "29/2569" not in events[0]["words_th"]
    assert "4 ธันวาคม 2569" in events[0]["words_th"]

    assert await order_ends.end_lapsed(in_days(mayor, 14)) == 0
    over = in_days(mayor, 15)
    await order_ends.end_orders(over)
    await order_ends.end_orders(over)
    assert await stands(mayor, place) == ("valid", None)
    assert (await read_order(clerk, id))["state"] == "complied"
    assert [one["what"] for one in await places.events_of(mayor, place)] == ["suspended", "resumed"]


async def test_a_certificate_is_neither_suspended_nor_revoked_and_the_way_is_told(
    mayor: Context,
) -> None:
    place = await a_place(mayor)
    for ground in ("suspend-wrong", "revoke-harm"):
        with pytest.raises(Conflict, match="put right, or to stop") as refused:
            await order(mayor, ground, place)
        assert "สั่งหยุดดำเนินกิจการ" in refused.value.sentence.th
    with pytest.raises(Conflict, match="place in the register"):
        await order(mayor, "suspend-wrong")

    await order(mayor, "stop-danger", place)
    assert await stands(mayor, place) == ("stopped", None)


async def test_a_licence_is_revoked_after_two_suspensions_and_its_paper_and_holder_with_it(
    mayor: Context,
) -> None:
    place = await licensed(mayor, company_id="0505548000123")
    with pytest.raises(Conflict, match="suspended 0 times"):
        await order(mayor, "revoke-suspended", place)
    withdrawn = await order(mayor, "suspend-wrong", place)
    await order_ends.close(mayor, withdrawn, state="withdrawn", why="ออกผิดร้าน")
    for weeks in (0, 2):
        await order(in_days(mayor, 7 * weeks), "suspend-wrong", place)
    later = in_days(mayor, 30)

    id = await order(later, "revoke-suspended", place)

    row = await places.get_place(mayor, place)
    assert row["state"] == "revoked"
    [paper] = await rows(mayor, "SELECT * FROM documents.paper WHERE id = $1", row["paper"])
    assert "ถูกเพิกถอนตามคำสั่งที่" in paper["revoked_why"]
    known = {"company_id": "", "phone": "", "same": "x/y/z"}
    last = date(later.today.year + 1, later.today.month, later.today.day)
    for one in (
        {"company_id": "0505548000123"},
        {"phone": row["phone"]},
        {"same": row["sameness"].rpartition("/")[0] + "/ร้านใหม่"},
    ):
        assert await barred_until(later, **(known | one)) == last
        assert await barred_until(in_days(later, 365), **(known | one)) == last
        assert await barred_until(in_days(later, 366), **(known | one)) is None
    assert await barred_until(later, **known) is None
    with pytest.raises(Conflict):
        await order_ends.close(later, id, state="complied", why="คืนใบอนุญาตแล้ว")
    await order_ends.close(later, id, state="withdrawn", why="คณะกรรมการให้เพิกถอนคำสั่ง")
    assert (await stands(mayor, place))[0] == "valid"
    assert await barred_until(later, **(known | {"phone": row["phone"]})) is None


async def test_suspensions_of_the_one_before_do_not_count_against_a_new_holder(
    mayor: Context,
) -> None:
    place = await licensed(mayor)
    for weeks in (0, 2):
        await order(in_days(mayor, 7 * weeks), "suspend-wrong", place)
    row = await places.get_place(mayor, place)
    words = Text("โอน", "Transferred")
    await places.change_place(mayor, row, {Place.holder: "นายใหม่ ใจดี"}, what="settled", words=words)

    with pytest.raises(Conflict, match="suspended 0 times"):
        await order(in_days(mayor, 30), "revoke-suspended", place)


async def test_a_licence_is_not_given_back_where_the_same_business_was_entered_anew(
    mayor: Context,
) -> None:
    place = await licensed(mayor, house_no="9")
    id = await order(mayor, "revoke-convicted", place)
    await a_place(mayor, house_no="9")

    with pytest.raises(Conflict, match="entered anew"):
        await order_ends.close(mayor, id, state="withdrawn", why="อุทธรณ์ฟังขึ้น")

    assert (await read_order(mayor, id))["state"] == "open"
    assert (await stands(mayor, place))[0] == "revoked"


async def unpaid(ctx: Context, count: int) -> tuple[UUID, list[UUID]]:
    """A place whose last fees are overdue, so many of them, and their bills."""
    opened = ctx.today.replace(year=ctx.today.year - count, month=1, day=5)
    place = await a_place(ctx, opened_on=opened)
    for year in range(count):
        await billing.bill(on(ctx, opened.replace(year=opened.year + year + 1) - timedelta(9)))
    return place, [one["bill"] for one in await years(ctx, place)]


async def test_unpaid_three_times_it_is_stopped_until_everything_is_paid(mayor: Context) -> None:
    few, _ = await unpaid(mayor, 2)
    with pytest.raises(Conflict, match="Unpaid 2 times"):
        await order(mayor, "stop-unpaid", few)
    place, bills = await unpaid(mayor, 3)
    id = await order(mayor, "stop-unpaid", place)
    assert (await stands(mayor, place))[0] == "stopped"

    for bill in bills[:2]:
        await pay(mayor, bill, 10_000)
        await plugin.on_bill_settled(mayor, event=uuid4(), bill=bill)
    assert (await stands(mayor, place))[0] == "stopped"
    assert not await order_ends.lift_paid(mayor, place)
    await pay(mayor, bills[2], 10_000)
    lifted = await asyncio.gather(
        *(order_ends.lift_paid(mayor, place) for _ in range(2)), return_exceptions=True
    )
    await plugin.on_bill_settled(mayor, event=uuid4(), bill=bills[2])

    assert lifted.count(True) == 1
    assert await stands(mayor, place) == ("valid", None)
    assert (await read_order(mayor, id))["state"] == "complied"


async def test_of_two_orders_in_force_the_place_stays_stopped_until_both_are_closed(
    mayor: Context, clerk: Context
) -> None:
    place = await a_place(mayor, state="notified")
    danger = await order(mayor, "stop-danger", place)
    improve = await order(mayor, "improve-wrong", place)
    await order_ends.serve(clerk, improve, how="posted", on=clerk.today, note="พยาน 2 คน")
    with pytest.raises(Conflict, match="past its day"):
        await order(mayor, "stop-disobeyed", place)
    later = in_days(mayor, 12)
    disobeyed = await order(later, "stop-disobeyed", place, follows=improve)
    assert (await order_list.list_orders(later))[0]["id"] == improve

    with pytest.raises(Conflict, match="nobody can have obeyed"):
        await order_ends.close(mayor, danger, state="complied", why="สะอาดแล้ว")
    await order_ends.close(mayor, danger, state="withdrawn", why="ออกผิด")
    assert (await stands(mayor, place))[0] == "stopped"
    await order_ends.serve(clerk, disobeyed, how="signed", on=later.today, note="ลงชื่อ")
    await order_ends.close(later, disobeyed, state="complied", why="แก้แล้ว")
    assert (await stands(mayor, place))[0] == "notified"
    with pytest.raises(Conflict):
        await order_ends.close(later, disobeyed, state="withdrawn", why="ซ้ำ")
    with pytest.raises(Conflict):
        await order_ends.serve(clerk, disobeyed, how="post", on=later.today, note="ซ้ำ")


async def test_who_never_notified_is_stopped_then_banned_for_two_years_at_most(
    mayor: Context, clerk: Context
) -> None:
    with pytest.raises(Conflict, match="was notified"):
        await order(mayor, "stop-unnotified", await a_place(mayor))
    with pytest.raises(Conflict, match="stop first"):
        await order(mayor, "ban-unnotified", days=30)
    stop = await order(mayor, "stop-unnotified")
    await order_ends.serve(clerk, stop, how="posted", on=clerk.today, note="พยาน")
    with pytest.raises(InvalidInput):
        await order(mayor, "ban-unnotified", days=732, follows=stop)

    ban = await order(mayor, "ban-unnotified", days=731, follows=stop)

    row = await read_order(clerk, ban)
    assert row["until"] == date(2028, 11, 19)
    assert row["place_id"] is None


async def test_sent_twice_it_is_one_order_and_of_two_officers_at_once_the_second_is_told(
    mayor: Context, ctx: Context
) -> None:
    place, key = await a_place(mayor), uuid4()
    wanted = Wanted(ground="stop-danger", days=0, facts="หนู", place=place)
    assert await orders.issue_order(mayor, wanted, key=key) == key
    assert await orders.issue_order(mayor, wanted, key=key) == key

    other = await a_place(mayor)
    results = await asyncio.gather(
        *(order(mayor, "stop-danger", other) for _ in range(4)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, UUID) for one in results) == 1
    assert sum(isinstance(one, Conflict) for one in results) == 3
    numbers = await rows(ctx, "SELECT number FROM food_cert.premises_order ORDER BY id")
    assert {one["number"] for one in numbers} == {"1/2569", "2/2569"}


async def test_nobody_signs_without_the_right_and_nothing_half_done_is_left(
    clerk: Context, mayor: Context, ctx: Context
) -> None:
    place = await a_place(ctx)
    with pytest.raises(NotAllowed):
        await order(clerk, "stop-danger", place)
    with pytest.raises(NotAllowed):
        await order_list.list_orders(an_officer(ctx, "คนอื่น", "casework.read"))
    id = await order(mayor, "improve-wrong", place)
    reader = an_officer(ctx, "คลัง", READ)
    with pytest.raises(NotAllowed):
        await order_ends.serve(reader, id, how="post", on=ctx.today, note="-")
    with pytest.raises(InvalidInput):
        await order(mayor, "no-such-ground", place)
    with pytest.raises(InvalidInput):
        await order(mayor, "improve-wrong", place, days=6)
    assert len(await rows(ctx, "SELECT id FROM documents.paper")) == 1


@pytest.fixture
async def desk(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    async with signed_in(runtime, ctx, [READ, ORDER], f"{HOME}/new") as client:
        yield client


async def test_at_the_desk_an_order_is_typed_signed_served_and_withdrawn(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    place = await licensed(ctx, name="ครัวใหญ่")
    number = (await places.get_place(ctx, place))["paper_number"]
    typed = {"about": "register", "number": "9/2500", "kind": "suspend", "days": "๙๙"}
    typed |= {"ground_suspend": "suspend-wrong", "facts": "พบแมลงสาบ", "agreed": "yes"}
    typed |= {"key": str(uuid4())}
    refused = await desk.post(f"{HOME}/new", data=typed)
    assert refused.status_code == 422
    assert 'href="#number"' in refused.text
    refused = await desk.post(f"{HOME}/new", data=typed | {"number": number})
    assert refused.status_code == 422
    assert "กำหนดได้ไม่เกิน 15 วัน" in refused.text
    assert "พบแมลงสาบ" in refused.text
    done = [
        await desk.post(f"{HOME}/new", data=typed | {"number": number, "days": "๑๕"})
        for _ in range(2)
    ]
    assert {one.headers["location"] for one in done} == {f"{HOME}/{typed['key']}"}
    home = done[0].headers["location"]
    letter = PdfReader(BytesIO((await desk.get(f"{home}/letter.pdf")).content))
    told = "".join(page.extract_text() for page in letter.pages).replace("\n", "")
    for words in ("๑๕ วัน", "มาตรา ๕๙", "อุทธรณ์", "มาตรา ๔๔", "ครัวใหญ่"):
        assert words in told, words

    today = datetime.now(UTC).astimezone(ctx.tenant.zone).date()
    day = {"on.day": str(today.day), "on.month": str(today.month), "on.year": str(today.year + 543)}
    served = {"how": "posted", "note": "พยาน 2 คน"} | day
    assert (await desk.post(f"{home}/served", data=served)).headers["location"] == home
    again = await desk.post(f"{home}/served", data=served)
    assert again.status_code == 409
    gone = {"state": "withdrawn", "why": "ออกคำสั่งผิดร้าน"}
    assert (await desk.post(f"{home}/close", data=gone)).status_code == 303
    assert "ออกคำสั่งผิดร้าน" in (await desk.get(home)).text
    assert "ครัวใหญ่" in (await desk.get(f"{HOME}?view=closed")).text
    [paper] = await rows(ctx, "SELECT code FROM documents.paper WHERE subject LIKE 'order/%'")
    assert "ออกคำสั่งผิดร้าน" in (await desk.get(f"/v/{paper['code']}")).text
    assert (await stands(ctx, place))[0] == "valid"
    shown = await desk.get(f"{HOME}/new?place={place}")
    assert "ครัวใหญ่" in shown.text
    assert 'name="about"' not in shown.text


async def test_the_demonstration_has_orders_people_and_a_complaint(ctx: Context) -> None:
    await licensed(ctx)
    await a_place(ctx)
    await demo_orders.fill(ctx)

    kinds = await rows(ctx, "SELECT kind FROM food_cert.premises_order ORDER BY issued_on, kind")
    assert [one["kind"] for one in kinds] == ["improve", "suspend", "stop"]
    assert len(await rows(ctx, "SELECT id FROM food_cert.handler")) == 6
    assert len(await rows(ctx, 'SELECT id FROM casework."case"')) == 1
