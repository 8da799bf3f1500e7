"""A person's own food premises: theirs alone, with their papers and what can be done next."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from core.context import SYSTEM, Context
from core.db import transaction
from core.identity import sessions
from core.runtime import Runtime
from kit.documents import General, Issued, Stamp, issue, signer
from kit.thai import baht
from plugins.food_cert.rules.places import LICENCE
from plugins.food_cert.rules.standing import STEPS, steps_of
from plugins.food_cert.service import billing, mine, owing, places
from tests.conftest import app_of
from tests.plugins.food_cert.conftest import a_place
from tests.plugins.waste_fees.conftest import a_citizen


@pytest.fixture
async def owner(ctx: Context) -> Context:
    return await a_citizen(replace(ctx, now=datetime.now(UTC)))


@pytest.fixture
async def browser(runtime: Runtime, owner: Context) -> AsyncIterator[httpx.AsyncClient]:
    app = app_of(runtime)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", timeout=60
    ) as client:
        assert owner.actor.id
        opened = await sessions.open_session(
            owner, owner.actor.id, "citizen", browser=sessions.Browser(), how="password"
        )
        client.cookies.set(sessions.COOKIE, opened.token)
        yield client


async def a_paper(ctx: Context, place: Any, what: str = "certificate") -> Issued:
    """Issue a paper about a place, as a case does, and keep it."""
    subject = f"case/{uuid4()}"

    def make(stamp: Stamp) -> General:
        return General(
            title="หนังสือรับรองการแจ้ง", paragraphs=["ครัวคำปัน"], signer=signer(ctx), **stamp
        )

    async with transaction(ctx):
        paper = await issue(ctx, "general", subject=subject, make=make, series=f"food_cert.{what}")
        await places.keep_paper(
            ctx, place, paper=paper.id, what=what, number=paper.number, subject=subject
        )
    return paper


async def test_the_owner_sees_how_a_place_stands_its_papers_and_what_comes_next(
    browser: httpx.AsyncClient, owner: Context
) -> None:
    place = await a_place(
        owner, account=owner.actor.id, instrument=LICENCE, paper_number="3/2569", grade="good",
        score=84, until=owner.today + timedelta(days=20),
    )  # fmt: skip
    paper = await a_paper(owner, place)
    await a_place(owner, name="ร้านคนอื่น", account=uuid4())

    seen = await browser.get("/my/food")
    opened = await browser.get(f"/my/food/{place}/papers/{paper.id}")

    assert seen.status_code == 200
    for said in ("ครัวคำปัน", "ใบอนุญาต 3/2569", "เปิดได้ตามกฎหมาย", "84 คะแนน", paper.number,
                 'href="/services/food_cert.renew?paper=3%2F2569"'):  # fmt: skip
        assert said in seen.text, said
    assert "ร้านคนอื่น" not in seen.text
    assert opened.headers["content-type"] == "application/pdf"
    assert opened.content.startswith(b"%PDF")
    assert 'href="/my/food"' in (await browser.get("/my")).text


async def test_the_owner_sees_what_is_owed_and_who_works_there(
    browser: httpx.AsyncClient, owner: Context
) -> None:
    begun = owner.today - timedelta(days=340)
    place = await a_place(owner, account=owner.actor.id, paper_number="3/2569", opened_on=begun)
    await billing.bill(replace(owner, actor=SYSTEM))
    [bill] = (await owing.bills_to_pay(owner, [place]))[place]

    seen = await browser.get("/my/food")

    assert f'href="{bill["href"]}"' in seen.text
    assert baht(bill["owed"]) in seen.text
    assert f'href="/my/food/{place}/handlers"' in seen.text


async def test_papers_of_other_places_are_not_given(
    browser: httpx.AsyncClient, owner: Context
) -> None:
    mine_, theirs = await a_place(owner, account=owner.actor.id), await a_place(owner)
    paper = await a_paper(owner, theirs)

    for place in (mine_, theirs, uuid4()):
        assert (await browser.get(f"/my/food/{place}/papers/{paper.id}")).status_code == 404
    browser.cookies.clear()
    assert (await browser.get("/my/food")).status_code in (302, 303, 401)


async def test_who_has_no_place_is_told_how_one_comes_and_has_no_card(
    browser: httpx.AsyncClient, owner: Context
) -> None:
    assert "ยังไม่มีร้านในบัญชีนี้" in (await browser.get("/my/food")).text
    assert await mine.cards(owner) == []


async def test_the_desk_opens_the_papers_of_a_place(
    desk: httpx.AsyncClient, owner: Context
) -> None:
    place = await a_place(owner)
    paper = await a_paper(owner, place)
    path = f"/desk/food/places/{place}/papers/{paper.id}"

    assert f'href="{path}"' in (await desk.get(f"/desk/food/places/{place}")).text
    assert (await desk.get(path)).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("instrument", "stands", "first", "count"),
    [
        ("certificate", "valid", "food_cert.change", 4),
        ("licence", "valid", "food_cert.renew", 5),
        ("licence", "renewing", "food_cert.change", 4),
        ("licence", "expired", "food_cert.licence", 2),
        ("licence", "suspended", "food_cert.renew", 3),
        ("certificate", "stopped", "food_cert.replace", 2),
        ("certificate", "notified", "food_cert.close", 1),
    ],
)
def test_what_can_be_asked_for_follows_from_how_a_place_stands(
    instrument: str, stands: str, first: str, count: int
) -> None:
    steps = steps_of(instrument, stands)

    assert (steps[0], len(steps)) == (first, count)
    assert set(steps) <= set(STEPS)


@pytest.mark.parametrize("stands", ["applied", "revoked", "lapsed", "refused", "closed"])
def test_of_a_place_that_is_no_more_nothing_can_be_asked_for(stands: str) -> None:
    assert steps_of(LICENCE, stands) == ()
