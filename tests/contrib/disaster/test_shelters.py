"""Shelters take as many as fit, and hold what their records say, never less than nothing."""

import io

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from contrib.disaster.rules.stock import after, correction
from contrib.disaster.service import shelters, stock
from core.context import Context
from core.errors import Conflict, InvalidInput
from tests.contrib.disaster.conftest import HOME, an_officer, rows

MOVES = st.lists(st.integers(-50, 50), max_size=40)


@given(st.integers(0, 100), MOVES)
def test_a_balance_is_the_sum_of_its_moves_or_some_move_takes_too_much(
    begin: int, moves: list[int]
) -> None:
    left = after(begin, moves)
    sums = [begin + sum(moves[: n + 1]) for n in range(len(moves))]

    if left is None:
        assert min(sums) < 0
    else:
        assert left == begin + sum(moves)
        assert min([begin, *sums]) >= 0


@given(st.integers(0, 1_000), st.integers(0, 1_000))
def test_a_count_sets_the_balance_to_what_was_counted(balance: int, counted: int) -> None:
    assert after(balance, [correction(balance, counted)]) == counted


async def a_shelter(ctx: Context, capacity: int = 10, name: str = "โรงเรียนเทศบาล 2"):  # type: ignore[no-untyped-def]
    facts = {"name": name, "address": "ถนนสิโรรส", "phone": "", "pin": None, "capacity": capacity}
    return await shelters.open_shelter(ctx, facts)


def people(count: int) -> dict[str, object]:
    return {"name": "นางแมะ", "phone": "", "village": "ตลาดเก่า", "people": count, "flags": []}


async def test_more_people_than_fit_are_refused_also_when_they_come_at_once(
    officer: Context,
) -> None:
    id = await a_shelter(officer)
    refused: list[str] = []

    async def come() -> None:
        try:
            await shelters.admit(officer, id, people(4))
        except Conflict as refusal:
            refused.append(refusal.sentence.th)

    async with anyio.create_task_group() as group:
        for _ in range(3):
            group.start_soon(come)
    assert refused == ["ศูนย์นี้รับได้อีก 2 คน ส่งไปศูนย์อื่น หรือรับเท่าที่รับได้"]
    assert (await shelters.get_shelter(officer, id))["people"] == 8


async def test_who_leaves_makes_room_once_and_an_empty_shelter_can_be_closed(
    officer: Context,
) -> None:
    id = await a_shelter(officer)
    stay = await shelters.admit(officer, id, people(10))
    with pytest.raises(Conflict):
        await shelters.close_shelter(officer, id)
    await shelters.leave(officer, id, stay)
    with pytest.raises(Conflict):
        await shelters.leave(officer, id, stay)

    assert (await shelters.get_shelter(officer, id))["people"] == 0
    await shelters.close_shelter(officer, id)
    with pytest.raises(Conflict):
        await shelters.admit(officer, id, people(1))


async def test_what_two_hand_out_at_once_never_goes_below_nothing(officer: Context) -> None:
    id = await a_shelter(officer)
    rice = await stock.receive(officer, id, name="ข้าวสาร", unit="kilo", quantity=100)
    water = await stock.receive(officer, id, name="น้ำดื่ม", unit="bottle", quantity=100)
    refused: list[str] = []

    async def give(first: object, second: object) -> None:
        wanted = {first: 30, second: 30}
        try:
            await stock.hand_out(officer, id, wanted, to="นายดี", signed=True, photo=None)  # type: ignore[arg-type]
        except Conflict as refusal:
            refused.append(refusal.sentence.th)

    async with anyio.create_task_group() as group:
        for n in range(5):
            group.start_soon(give, *((rice, water) if n % 2 else (water, rice)))
    held = await stock.holdings(officer, id)
    assert [(one.balance, one.agrees) for one in held] == [(10, True), (10, True)]
    assert len(refused) == 2
    assert len(await stock.handed_out(officer, id)) == 3


async def test_all_is_handed_out_or_nothing(officer: Context) -> None:
    id = await a_shelter(officer)
    rice = await stock.receive(officer, id, name="ข้าวสาร", unit="kilo", quantity=5)
    water = await stock.receive(officer, id, name="น้ำดื่ม", unit="bottle", quantity=50)

    with pytest.raises(Conflict, match="Not enough"):
        await stock.hand_out(officer, id, {rice: 6, water: 10}, to="ก", signed=True, photo=None)
    with pytest.raises(InvalidInput):
        await stock.hand_out(officer, id, {rice: 0}, to="ก", signed=True, photo=None)
    assert {one.balance for one in await stock.holdings(officer, id)} == {5, 50}


async def test_a_count_is_a_move_with_its_reason(officer: Context) -> None:
    id = await a_shelter(officer)
    rice = await stock.receive(officer, id, name="ข้าวสาร", unit="kilo", quantity=5)
    await stock.set_right(officer, id, rice, 3, "ถุงแตก")

    [one] = await stock.holdings(officer, id)
    assert (one.balance, one.agrees) == (3, True)
    [move] = await rows(officer, "SELECT * FROM disaster.stock_move WHERE why = 'counted'")
    assert (move["quantity"], move["note"]) == (-2, "ถุงแตก")


def photo() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(written, "JPEG")
    return written.getvalue()


async def test_a_shelter_is_run_at_the_desk(desk: httpx.AsyncClient, ctx: Context) -> None:
    opened = await desk.post(
        f"{HOME}/shelters/new", data={"name": "ศูนย์วัด", "address": "ถนนวัด", "capacity": "5"}
    )
    here = opened.headers["location"]
    came = {"name": "นางแมะ สาและ", "people": "3", "flags": ["elderly"]}
    assert (await desk.post(f"{here}/stays/new", data=came)).status_code == 303
    full = await desk.post(f"{here}/stays/new", data=came)
    assert full.status_code == 409
    assert "รับได้อีก 2 คน" in full.text
    taken = {"name": "น้ำดื่ม", "unit": "bottle", "quantity": "24", "note": "กาชาด"}
    assert (await desk.post(f"{here}/stock/new", data=taken)).status_code == 303
    [thing] = await rows(ctx, "SELECT id FROM disaster.stock")
    item = f"item_{thing['id'].hex}"
    given = {"to": "นายดี", item: "6", "signed": "yes", "idempotency_key": "aaaa-bbbb-1"}
    files = {"photo": ("p.jpg", photo(), "image/jpeg")}
    assert (await desk.post(f"{here}/give", data=given, files=files)).status_code == 303
    assert (await desk.post(f"{here}/give", data=given, files=files)).status_code == 303
    short = await desk.post(
        f"{here}/give", data=given | {item: "99", "idempotency_key": "aaaa-bbbb-2"}
    )
    assert short.status_code == 422
    page = (await desk.get(here)).text
    assert "ตรงกับบันทึก" in page
    assert "น้ำดื่ม 6 ขวด" in page
    picture = page.split(f"{here}/given/")[1].split('"')[0]
    assert (await desk.get(f"{here}/given/{picture}")).headers["content-type"] == "image/jpeg"
    counted = await desk.post(f"{here}/stock/{thing['id']}", data={"counted": "17", "why": "แตก 1"})
    assert counted.status_code == 303
    assert ">17<" in (await desk.get(here)).text
    stay = (await desk.get(here)).text.split(f"{here}/stays/")[2].split("/out")[0]
    assert (await desk.post(f"{here}/stays/{stay}/out")).status_code == 303
    assert (await desk.post(f"{here}/close")).status_code == 303
    assert "ปิดแล้ว" in (await desk.get(f"{HOME}/shelters")).text


async def test_another_office_sees_nothing_of_a_shelter(officer: Context, other: Context) -> None:
    await a_shelter(officer)

    assert await shelters.read_shelters(an_officer(other)) == []
