"""A collector's round: the list, cash at the doors, what a phone tells hours later."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from core.api import InvalidInput, NotAllowed, NotFound, Text
from core.context import Context
from core.runtime import Runtime
from kit.thai import ascii_digits
from kit.treasury import Asked, Due, cancel_bill, make_bill, raise_charges
from kit.treasury.service import tills
from plugins.waste_fees.rules.cash import Told
from plugins.waste_fees.service import cash, points, rounds
from plugins.waste_fees.service.rights import PERMISSIONS, READ
from tests.desks import signed_in
from tests.plugins.waste_fees.conftest import Point, an_officer, rows
from tests.plugins.waste_fees.test_printing import run

House = Callable[..., Awaitable[tuple[UUID, list[Asked]]]]
ROUND = "/desk/waste/rounds"
RIGHTS = [*PERMISSIONS, "treasury.collect", "treasury.read"]


@pytest.fixture
def collector(ctx: Context) -> Context:
    return an_officer(ctx, *RIGHTS)


@pytest.fixture
def house(officer: Context, point: Point) -> House:
    """Add a house on route 1 with a bill for each amount, satang."""

    async def house(*amounts: int, route: str = "สาย 1", **more: Any) -> tuple[UUID, list[Asked]]:
        id = await point(route=route, **more)
        return id, [await bill(officer, id, amount, n) for n, amount in enumerate(amounts)]

    return house


async def bill(ctx: Context, point: UUID, amount: int, month: int = 0) -> Asked:
    title, due_on = Text("ค่าเก็บขนมูลฝอย", "Waste collection"), date(2026, month + 1, 28)
    payer = (await points.read_point(ctx, point))["payer"]
    due = Due(
        reference=f"{uuid4()}",
        revenue="waste_fees.collect",
        title=title,
        amount=amount,
        due_on=due_on,
    )
    raised = await raise_charges(ctx, source="waste_fees", payer=payer, dues=[due])
    return await make_bill(
        ctx,
        source="waste_fees",
        subject=f"point/{point}",
        kind="01",
        title=title,
        charges=list(raised.values()),
        due_on=due_on,
    )


def told(point: str, amount: int, **more: Any) -> Told:
    known: dict[str, Any] = {"point": point, "amount": amount, "tendered": amount}
    return Told(**(known | more))


async def take(ctx: Context, what: Told, key: str | None = None) -> cash.Taking:
    id = await cash.take_at_house(ctx, what, key=key or str(uuid4()))
    return await cash.read_taking(ctx, id)


async def test_a_round_lists_its_houses_as_they_are_walked_with_what_each_owes(
    collector: Context, house: House
) -> None:
    await house(6500, zone="หมู่ 2", address="1 หมู่ 2")
    _, bills = await house(6500, 4000, zone="หมู่ 1", address="2 หมู่ 1")
    await house(zone="หมู่ 1", address="3 หมู่ 1")
    await house(9900, route="สาย 2")

    found = await rounds.read_round(collector, "สาย 1")

    assert [one.address for one in found.houses] == ["2 หมู่ 1", "3 หมู่ 1", "1 หมู่ 2"]
    assert [one.owed for one in found.houses] == [10500, 0, 6500]
    assert [one["id"] for one in found.houses[0].bills] == [one.id for one in bills]
    assert (found.owing, found.owed, found.parts) == (2, 17000, 1)
    assert await rounds.routes_of(collector) == [("สาย 1", 3), ("สาย 2", 1)]
    [trail] = await rows(
        collector,
        "SELECT detail FROM core.audit_entry WHERE action = 'waste_fees.round.read'",
    )
    assert "สาย 1" in trail["detail"]


async def test_an_ended_service_is_on_the_round_while_something_is_owed(
    collector: Context, house: House
) -> None:
    ended, _ = await house(6500)
    settled, _ = await house()
    for one in (ended, settled):
        await points.close_point(collector, one, from_on=collector.today, why="ย้ายออก")

    found = await rounds.read_round(collector, "สาย 1")

    assert [one.id for one in found.houses] == [ended]


async def test_a_long_route_is_walked_in_parts(
    collector: Context, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "PART", 2)
    for _ in range(5):
        await house()

    parts = [await rounds.read_round(collector, "สาย 1", part) for part in (0, 1, 2, 3, 9)]

    assert [(one.part, len(one.houses)) for one in parts] == [
        (1, 2),
        (1, 2),
        (2, 2),
        (3, 1),
        (3, 1),
    ]
    numbers = [one.number for part in parts[1:4] for one in part.houses]
    assert numbers == sorted(set(numbers))


async def test_nobody_sees_a_round_without_the_right_and_none_is_of_a_route_that_is_not_there(
    ctx: Context, collector: Context
) -> None:
    with pytest.raises(NotAllowed):
        await rounds.read_round(an_officer(ctx, "treasury.collect"), "สาย 1")
    with pytest.raises(NotFound):
        await rounds.read_round(collector, "สาย 9")


async def test_a_house_is_found_by_its_number_and_by_its_sticker_however_they_are_typed(
    collector: Context, house: House
) -> None:
    id, _ = await house(6500)
    known = await points.read_point(collector, id)
    code, number = known["code"], known["number"]

    for typed in (f"{number:05}", f" {number} ", code, code.lower(), f"http://x/w/{code}", "๑"):
        assert (await rounds.find_house(collector, typed)).id == id
    for typed in ("", "99999", "AAAA-AAAA-AAAA", "9" * 40, "x"):
        with pytest.raises(NotFound):
            await rounds.find_house(collector, typed)


async def test_what_a_phone_tells_late_is_received_even_where_nothing_is_owed_any_more(
    collector: Context, house: House
) -> None:
    _, [owed] = await house(6500)
    await tills.open_till(collector, "1")
    said = collector.now - timedelta(minutes=40)
    phone = told("1", 6500, bill=owed.id, seen=6500, said_at=said)

    first = await take(collector, phone)
    second = await take(collector, phone)

    assert (first.row["beyond"], second.row["beyond"]) == (0, 6500)
    assert [one["no"] for one in second.row["receipts"]] == ["1/0002/2570"]
    assert first.route == "สาย 1"
    with pytest.raises(InvalidInput) as refused:
        await take(collector, told("1", 6500))
    assert "Give the money back" in refused.value.problems["amount"].en


async def test_a_typing_mistake_is_refused_whoever_tells_of_it(
    collector: Context, house: House
) -> None:
    _, [owed] = await house(6500)
    late = {"bill": owed.id, "seen": 6500, "said_at": collector.now}

    for wrong, field in [
        (told("1", 65000), "amount"),
        (told("1", 65000, **late), "amount"),
        (told("1", 6500, tendered=600), "tendered"),
        (told("7", 6500), "point"),
    ]:
        with pytest.raises(InvalidInput) as refused:
            await take(collector, wrong)
        assert list(refused.value.problems) == [field]
    assert await rows(collector, "SELECT 1 FROM treasury.collected") == []


async def test_a_bill_of_another_house_is_not_taken_for_this_one(
    collector: Context, house: House
) -> None:
    await house(6500)
    _, [other] = await house(4000)
    await tills.open_till(collector, "1")

    taking = await take(collector, told("1", 6500, bill=other.id, seen=6500, said_at=collector.now))

    assert taking.number == 1
    [left] = await rows(collector, "SELECT owed FROM treasury.bill WHERE state = 'open'")
    assert left["owed"] == 4000


async def test_cash_is_received_for_a_bill_that_was_cancelled_and_for_who_paid_before_a_transfer(
    collector: Context, ctx: Context, house: House
) -> None:
    id, [first] = await house(6500)
    moved, [second] = await house(4000)
    await tills.open_till(collector, "1")
    director = an_officer(ctx, "treasury.adjust", "treasury.cancel")
    await cancel_bill(director, first.id, why="ออกผิด")
    await points.change_point(
        collector, moved, {"payer_name": "นางใหม่ มาแทน"}, from_on=collector.today, why="ขายบ้าน"
    )

    late = [
        await take(collector, told("1", 6500, bill=first.id, seen=6500, said_at=collector.now)),
        await take(collector, told("2", 4000, bill=second.id, seen=4000, said_at=collector.now)),
    ]

    assert [one.row["beyond"] for one in late] == [6500, 0]
    assert late[1].row["payer_name"] == "นายสมชาย ใจดี"
    assert id == late[0].point


async def test_a_house_that_never_had_a_bill_takes_no_money(
    collector: Context, house: House
) -> None:
    await house()

    with pytest.raises(InvalidInput) as refused:
        await take(collector, told("1", 6500, seen=6500, said_at=collector.now))

    assert "Nothing was ever billed here" in refused.value.problems["point"].en


@pytest.fixture
async def phone(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    """A collector at a browser without scripts."""
    async with signed_in(runtime, ctx, RIGHTS, "/desk/till") as client:
        yield client


async def test_without_a_script_the_round_is_walked_through_pages(
    phone: httpx.AsyncClient, ctx: Context, house: House
) -> None:
    id, _ = await house(6500, 4000)
    home = await phone.get(ROUND)
    assert "สาย 1" in home.text
    assert "วันนี้ยังไม่ได้เปิดช่องรับเงิน" in home.text
    walked = await phone.get(ROUND, params={"route": "สาย 1"})
    assert f'href="{ROUND}/points/{id}"' in walked.text
    assert '<meta name="offline"' in walked.text
    await phone.post("/desk/till", data={"till": "1"})
    found = await phone.get(ROUND, params={"q": "1"})
    assert f'href="{ROUND}/points/{id}"' in found.text
    here = await phone.get(f"{ROUND}/points/{id}")
    assert 'value="105.00"' in here.text
    key = here.text.split('name="idempotency_key" value="')[1].split('"')[0]
    form = {"point": "00001", "amount": "105", "tendered": "1๒0", "idempotency_key": key}

    wrong = await phone.post(ROUND, data=form | {"tendered": "100"})
    sent = await phone.post(ROUND, data=form)
    again = await phone.post(ROUND, data=form)

    assert wrong.status_code == 422
    assert "ขาดอีก 5.00 บาท" in wrong.text
    assert sent.status_code == again.status_code == 303
    assert sent.headers["location"] == again.headers["location"]
    shown = await phone.get(sent.headers["location"])
    assert "15.00 <small>บาท" in shown.text
    assert shown.text.count("/original.pdf") == 2
    today = await phone.get(f"{ROUND}/today")
    assert "1/0001/" in today.text
    assert "1/0002/" in today.text
    assert "105.00 บาท" in today.text
    assert len(await rows(ctx, "SELECT 1 FROM treasury.collected")) == 1


async def test_cash_told_of_without_a_till_waits_and_opening_one_gives_the_receipt(
    phone: httpx.AsyncClient, ctx: Context, house: House
) -> None:
    _, [owed] = await house(6500)
    form = {
        "point": "00001",
        "amount": "65",
        "tendered": "100",
        "bill": str(owed.id),
        "seen": "6500",
        "taken_at": datetime.now(UTC).isoformat(),
        "slip": "12/40",
    }
    json = {"Accept": "application/json", "Idempotency-Key": "0123456789"}

    told = await phone.post(ROUND, data=form, headers=json)
    assert told.json()["words"] == "รอเปิดช่องรับเงินจึงออกใบเสร็จ"
    page = await phone.get(told.json()["location"])
    till = await phone.get("/desk/till")
    day = await phone.get("/desk/treasury/day")
    opened = await phone.post("/desk/till", data={"till": "1"})
    after = await phone.get(told.json()["location"])

    assert opened.status_code == 303
    assert "ยังไม่มีใบเสร็จ" in page.text
    assert "12/40" in page.text
    for one in (till, day):
        assert "เก็บเงินนอกสถานที่ 1 รายการ รวม 65.00 บาท ยังไม่ลงบัญชี" in one.text
    assert "1/0001/" in after.text
    other = await phone.post(ROUND, data=form | {"amount": "60"}, headers=json)
    assert other.status_code == 409
    wrong = await phone.post(
        ROUND, data=form | {"amount": "มาก"}, headers=json | {"Idempotency-Key": "abcdefghij"}
    )
    assert wrong.status_code == 422
    assert list(wrong.json()["problems"]) == ["amount"]


async def test_a_round_is_printed_for_who_walks_it_without_a_phone(
    phone: httpx.AsyncClient, house: House, tmp_path: Path
) -> None:
    await house(6500, 4000)
    await house(payer_name="นางบัวผัน ใจยา")
    printed = await phone.get(f"{ROUND}/list.pdf", params={"route": "สาย 1"})
    (tmp_path / "it.pdf").write_bytes(printed.content)

    text = ascii_digits(run("pdftotext", "-layout", tmp_path / "it.pdf", "-").decode())

    assert "รายการเก็บเงินตามเส้นทาง" in text
    assert re.search(r"00001 .*105\.00", text)
    assert re.search(r"00002 .* -", text)
    assert "ค้าง 1 บ้าน" in text
    assert (await phone.get(f"{ROUND}/list.pdf")).status_code == 404


async def test_who_is_signed_in_takes_cash_from_the_sticker_and_nobody_else_is_offered_it(
    phone: httpx.AsyncClient, client: httpx.AsyncClient, collector: Context, house: House
) -> None:
    id, _ = await house(6500)
    code = (await points.read_point(collector, id))["code"]

    scanned = await phone.get(f"/w/{code}")
    stranger = await client.get(f"/w/{code}")

    assert f'href="{ROUND}/points/{id}"' in scanned.text
    assert "เก็บเงินที่บ้านนี้" in scanned.text
    assert str(id) not in stranger.text
    assert "เก็บเงินที่บ้านนี้" not in stranger.text


async def test_a_round_is_for_collectors_who_may_read_the_register(
    runtime: Runtime, ctx: Context, house: House
) -> None:
    await house(6500)
    for rights in ([READ, "treasury.read"], ["treasury.collect", "treasury.read"]):
        async with signed_in(runtime, ctx, rights, "/account") as client:
            assert (await client.get(ROUND)).status_code == 403
            assert (await client.post(ROUND, data={"point": "1"})).status_code == 403
