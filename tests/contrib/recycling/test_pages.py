from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest

from contrib.recycling.service import books, lots, materials
from contrib.recycling.service.rights import PERMISSIONS
from core.context import Context
from core.identity import accounts, sessions
from core.runtime import Runtime
from kit.thai import BANGKOK
from tests.conftest import app_of
from tests.contrib.recycling.conftest import a_household, an_officer, rows, weighed
from tests.contrib.recycling.test_centre import a_sale, brought
from tests.desks import signed_in

HOME = "/desk/recycling"
HOUSE = {"name": "นายคำปัน ใจยา", "address": "12 หมู่ 3", "pay": "cash"}
SHOWN = {"way": "cash", "shown": "id_card", "checked": "yes"}


def yesterday(ctx: Context) -> Context:
    """The same a day before the pages, whose clock is the real one."""
    return replace(ctx, now=datetime.now(UTC) - timedelta(days=1))


@pytest.fixture
async def desk(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    """An officer who may do everything, at a browser without scripts."""
    await materials.begin_with(yesterday(ctx))
    async with signed_in(runtime, ctx, list(PERMISSIONS), f"{HOME}/prices") as client:
        yield client


@asynccontextmanager
async def at_home(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    """A citizen who has signed in, at a browser without scripts."""
    here = replace(ctx, now=datetime.now(UTC))
    account = await accounts.register_citizen(
        here, title="นาง", first_name="บัวผัน", last_name="ใจดี", phone="0812345678", verified=True
    )
    opened = await sessions.open_session(
        here, account, "citizen", browser=sessions.Browser(), how="password"
    )
    transport = httpx.ASGITransport(app_of(runtime))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", timeout=60
    ) as client:
        client.cookies.set(sessions.COOKIE, opened.token)
        page = await client.get("/my/recycling/join")
        token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
        client.headers["X-CSRFToken"] = token
        yield client


async def a_member(desk: httpx.AsyncClient) -> str:
    """Take in a household, and return the address of its page."""
    answer = await desk.post(f"{HOME}/members/new", data=HOUSE)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def opened(client: httpx.AsyncClient, path: str) -> str:
    answer = await client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.text[-2000:]}"
    return answer.text


async def sent(client: httpx.AsyncClient, path: str, **data: object) -> str:
    """Post a form, and return where it leads to."""
    answer = await client.post(path, data=data)
    assert answer.status_code == 303, f"{path}: {answer.text[-3000:]}"
    return answer.headers["location"]


async def test_everybody_sees_the_prices_and_gets_them_as_a_table(
    client: httpx.AsyncClient, ctx: Context
) -> None:
    await materials.begin_with(yesterday(ctx))

    page = await opened(client, "/recycling")
    assert "กระป๋องอะลูมิเนียม" in page
    assert "71.00" in page
    assert "ราคาตัวอย่าง" in page
    table = await client.get("/recycling/prices.csv")
    assert "alucan,aluminium,กระป๋องอะลูมิเนียม,Aluminium cans,,kg,71.00," in table.text
    assert (await client.get("/recycling/kept.csv")).text.strip().endswith("factor_verified")


async def test_a_price_that_is_set_shows_at_once(desk: httpx.AsyncClient, ctx: Context) -> None:
    assert await sent(desk, f"{HOME}/prices", p_alucan="68.50", begins="now", source="ร้านรุ่งเรือง")

    assert "68.50" in await opened(desk, "/recycling")
    await sent(desk, f"{HOME}/prices", p_alucan="70.25", begins="tomorrow")
    page = await opened(desk, "/recycling")
    assert "68.50" in page
    assert "70.25" in page


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"p_alucan": "abc"}, "p_alucan"),
        ({"p_alucan": "71.00"}, "begins"),
        ({"p_alucan": "-1"}, "p_alucan"),
    ],
)
async def test_a_price_that_is_none_comes_back_with_a_sentence(
    desk: httpx.AsyncClient, data: dict[str, str], field: str
) -> None:
    answer = await desk.post(f"{HOME}/prices", data={"begins": "now"} | data)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


async def test_a_material_is_added_and_stopped(desk: httpx.AsyncClient) -> None:
    await opened(desk, f"{HOME}/prices/new")
    facts = {"kind": "plastic", "title_th": "ฝาขวด", "title_en": "Caps", "unit": "kg"}
    await sent(desk, f"{HOME}/prices/new", code="caps", amount="5", **facts)
    assert "ฝาขวด" in await opened(desk, "/recycling")

    again = await desk.post(f"{HOME}/prices/new", data={"code": "caps", "amount": "5", **facts})
    assert again.status_code == 422
    await sent(desk, f"{HOME}/prices/caps/switch", bought="no")
    assert "ฝาขวด" not in await opened(desk, "/recycling")


async def test_a_household_is_weighed_credited_and_paid_without_a_script(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    member = await a_member(desk)
    await opened(desk, f"{member}/weigh")
    ticket = await sent(
        desk, f"{member}/weigh", q_carton="12.5", q_beer="4", pay="credit", weighed_at="", said=""
    )
    page = await opened(desk, ticket)
    assert "12.500" in page
    assert "57.50" in page

    short = await desk.post(f"{member}/withdraw", data={"amount": "60"} | SHOWN)
    assert short.status_code == 422
    assert "57.50" in short.text
    unseen = await desk.post(
        f"{member}/withdraw", data={"amount": "20", "way": "cash", "shown": "id_card"}
    )
    assert unseen.status_code == 422
    key = "0123456789"
    await sent(desk, f"{member}/withdraw", amount="20", idempotency_key=key, **SHOWN)
    await sent(desk, f"{member}/withdraw", amount="20", idempotency_key=key, **SHOWN)
    assert "37.50" in await opened(desk, member)
    assert await books.balance_of(ctx, UUID(member.rpartition("/")[2])) == 3_750


async def test_every_page_of_the_desk_opens(desk: httpx.AsyncClient, ctx: Context) -> None:
    member = await a_member(desk)
    for path in ("change", "withdraw", "advance", "weigh"):
        await opened(desk, f"{member}/{path}")
    await sent(
        desk, f"{member}/change", **(HOUSE | {"pay": "promptpay", "promptpay": "0812345678"})
    )
    assert "+66812345678" in await opened(desk, member)
    await sent(desk, f"{member}/advance", amount="100", why="ค่าเทอม")
    capital = {"amount": "5000", "into": "cash", "idempotency_key": "capital-0001"}
    await sent(desk, f"{HOME}/capital", **capital)
    await sent(desk, f"{HOME}/capital", **capital)
    [paid] = await rows(ctx, "SELECT amount FROM recycling.posting WHERE what = 'capital'")
    assert paid["amount"] == 500_000
    ticket = await sent(desk, f"{member}/weigh", q_carton="10", pay="cash")
    for path in ("", "/members", "/members?q=คำปัน", "/calls", "/round", "/lots", "/dividends"):
        await opened(desk, f"{HOME}{path}")
    for paper in (f"{ticket}/ticket.pdf", f"{member}/statement.pdf"):
        assert (await desk.get(paper)).content.startswith(b"%PDF")
    assert (await desk.get(f"{ticket}/photos/1")).status_code == 404
    await opened(desk, f"{ticket}/void")
    await sent(desk, f"{ticket}/void", why="ชั่งผิด")
    page = await opened(desk, ticket)
    assert "ยกเลิกแล้ว" in page
    assert f"{ticket}/void" not in page
    assert (await desk.post(f"{ticket}/void", data={"why": "อีกครั้ง"})).status_code == 409


async def test_a_load_is_weighed_again_settled_and_sold(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    member = await a_member(desk)
    await sent(desk, f"{member}/weigh", q_carton="10", pay="credit")
    page = await opened(desk, f"{HOME}/loads")
    carried = page.split(f"{HOME}/loads/of/")[1].split('"')[0]
    form = await opened(desk, f"{HOME}/loads/of/{carried}")
    tickets = form.split('name="tickets" value="')[1].split('"')[0]

    empty = await desk.post(f"{HOME}/loads/of/{carried}", data={"tickets": tickets})
    assert empty.status_code == 422
    load = await sent(desk, f"{HOME}/loads/of/{carried}", tickets=tickets, q_carton="8")
    assert f"{load}/settle" in await opened(desk, load)
    await opened(desk, f"{load}/settle")
    await sent(desk, f"{load}/settle", bearer="loss", why="เปียกฝน")
    assert "เปียกฝน" in await opened(desk, load)

    await opened(desk, f"{HOME}/lots/new")
    sale = {
        "factory": "โรงงานกระดาษ",
        "note": "118",
        "truck": "80-1234",
        "idempotency_key": "sale-00001",
        "q_carton": "8",
        "p_carton": "4.50",
        "sold_on.day": str(datetime.now(BANGKOK).day),
        "sold_on.month": str(datetime.now(BANGKOK).month),
        "sold_on.year": str(datetime.now(BANGKOK).year + 543),
    }
    wrong = await desk.post(f"{HOME}/lots/new", data=sale | {"q_carton": "9", "p_carton": ""})
    assert wrong.status_code == 422
    lot = await sent(desk, f"{HOME}/lots/new", **sale)
    assert lot == await sent(desk, f"{HOME}/lots/new", **sale)
    assert "36.00" in await opened(desk, lot)


async def test_a_citizen_joins_calls_and_cancels_without_a_script(
    runtime: Runtime, ctx: Context, client: httpx.AsyncClient
) -> None:
    await materials.begin_with(yesterday(ctx))
    async with at_home(runtime, ctx) as home:
        early = await home.get("/my/recycling/call")
        assert early.status_code == 409
        assert "สมัคร" in await opened(home, "/my/recycling")
        bad = await home.post(
            "/my/recycling/join", data=HOUSE | {"pay": "promptpay", "promptpay": "12"}
        )
        assert bad.status_code == 422
        await sent(home, "/my/recycling/join", **HOUSE)
        await opened(home, "/my/recycling/change")
        form = await opened(home, "/my/recycling/call")
        key = form.split('name="idempotency_key" value="')[1].split('"')[0]
        now = datetime.now(BANGKOK)
        call = {
            "idempotency_key": key,
            "kinds": "paper",
            "kilos": "12",
            "slot": "morning",
            "address": "8 หมู่ 1",
            "slot_on.day": str(now.day),
            "slot_on.month": str(now.month),
            "slot_on.year": str(now.year + 543),
        }
        wrong = await home.post("/my/recycling/call", data=call | {"kilos": "มาก"})
        assert wrong.status_code == 422
        await sent(home, "/my/recycling/call", **call)
        await sent(home, "/my/recycling/call", **call)
        [made] = await rows(ctx, "SELECT id FROM recycling.call")
        await sent(home, f"/my/recycling/calls/{made['id']}/cancel")
        assert "ยกเลิก" in await opened(home, "/my/recycling")
        assert (await home.get("/my/recycling/statement.pdf")).content.startswith(b"%PDF")
        assert (await home.get(HOME)).status_code == 403


async def test_what_a_stranger_may_not_see_asks_to_sign_in(client: httpx.AsyncClient) -> None:
    for path in ("/my/recycling", HOME, f"{HOME}/members", f"{HOME}/loads"):
        assert (await client.get(path)).status_code in (303, 401)


async def test_a_dividend_is_reckoned_looked_at_and_given(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    then = an_officer(yesterday(ctx))
    await weighed(then, await a_household(then), carton=10_000)
    await brought(then, carton=10_000)
    await lots.sell(then, a_sale(then, carton=(10_000, 450)), key="lot")
    day = then.today
    days = {
        f"{name}.{part}": str(value)
        for name in ("first_on", "last_on")
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year + 543))
    }

    page = await desk.post(f"{HOME}/dividends", data=days)
    assert page.status_code == 200
    assert "10.50" in page.text
    changed = await desk.post(f"{HOME}/dividends", data=days | {"seen": "1"})
    assert changed.status_code == 409
    await sent(desk, f"{HOME}/dividends", **days, seen="1050")
    assert "10.50" in await opened(desk, f"{HOME}/dividends")
    again = await desk.post(f"{HOME}/dividends", data=days)
    assert again.status_code == 422


async def test_what_no_person_would_send_is_refused_in_words(desk: httpx.AsyncClient) -> None:
    member = await a_member(desk)
    odd = "\x00\u202e" + "9" * 300

    await opened(desk, f"{HOME}/members?q=%00")
    for path, data in (
        (f"{member}/withdraw", {"amount": odd, "idempotency_key": odd}),
        (f"{member}/weigh", {"q_carton": odd, "said": odd, "weighed_at": odd, "pay": odd}),
        (f"{HOME}/prices", {"p_carton": odd, "source": odd}),
        (f"{HOME}/lots/new", {"q_carton": odd, "factory": odd}),
        (f"{HOME}/dividends", {"first_on.day": odd, "seen": odd}),
    ):
        answer = await desk.post(path, data=data)
        assert answer.status_code == 422, path
    assert (await desk.post(f"{HOME}/prices/{odd[2:22]}/switch")).status_code == 404
