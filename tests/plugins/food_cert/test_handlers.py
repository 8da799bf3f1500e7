"""Food handlers: a card that is over stands first, owners are told once, nobody else sees it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Conflict, NotAllowed, NotFound, new_id
from core.context import Context
from core.identity import sessions
from core.runtime import Runtime
from plugins.food_cert.rules.book import LATEST
from plugins.food_cert.rules.training import card_stands, expires_on
from plugins.food_cert.service import handler_reminders, handlers
from plugins.food_cert.service.rights import CARRY, READ
from tests.conftest import app_of
from tests.desks import signed_in
from tests.plugins.food_cert.conftest import a_place, an_officer, rows
from tests.plugins.waste_fees.conftest import a_citizen, in_days

TRAINED = date(2024, 1, 20)


def a_card(trained_on: date = TRAINED, **more: Any) -> dict[str, Any]:
    return {"organiser": "เทศบาลเมืองแม่เหียะ", "card": "12/2567", "trained_on": trained_on} | more


async def added(ctx: Context, place: UUID, name: str = "นางบัวผัน ใจยา", **more: Any) -> UUID:
    key = new_id()
    card = a_card(**more)
    await handlers.add_handler(ctx, place, key=key, name=name, role="handler", card=card)
    return key


@given(st.dates(date(2015, 1, 1), date(2060, 1, 1)), st.integers(-2000, 2000))
def test_a_card_counts_three_years_and_is_warned_of_sixty_days_before(day: date, past: int) -> None:
    last = expires_on(day, LATEST)
    assert last.year == day.year + 3
    assert (last.month, last.day) in ((day.month, day.day), (3, 1))
    stands = card_stands(last, None, last - timedelta(days=past), LATEST)
    assert stands == ("expired" if past < 0 else "soon" if past <= 60 else "fine")
    assert card_stands(last, day, last, LATEST) == "left"


async def test_people_are_added_once_renewed_and_noted_as_gone(officer: Context) -> None:
    place = await a_place(officer)
    key = new_id()
    for _ in range(2):
        await handlers.add_handler(
            officer, place, key=key, name="นางบัวผัน ใจยา", role="operator", card=a_card()
        )
    soon = await added(officer, place, "นายคำ แสงดาว", trained_on=date(2024, 1, 1))
    fine = await added(officer, place, "นายมา ใจดี", expires_on=date(2030, 1, 1))
    later = in_days(officer, 43)
    people = await handlers.handlers_of(later, place)
    assert [(one["id"], one["stands"]) for one in people] == [
        (soon, "expired"),
        (key, "soon"),
        (fine, "fine"),
    ]
    said = (await handlers.cards_said(later, [place]))[place]
    assert said.th == "3 คน บัตรหมดอายุ 1 ใกล้หมดอายุ 1"

    renewed = await asyncio.gather(
        *(
            handlers.renew_card(later, place, soon, card=a_card(date(2026, 12, 1)), revision=1)
            for _ in range(2)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Conflict) for one in renewed) == 1
    await handlers.note_left(later, place, key, on=later.today, revision=1)
    with pytest.raises(Conflict):
        await handlers.note_left(later, place, key, on=later.today, revision=2)
    people = await handlers.handlers_of(later, place)
    assert [one["stands"] for one in people] == ["fine", "fine", "left"]
    acts = await rows(
        officer, "SELECT action FROM core.audit_entry WHERE action LIKE 'food_cert.handler.%'"
    )
    assert sorted(one["action"].rpartition(".")[2] for one in acts) == [
        "added",
        "added",
        "added",
        "left",
        "renewed",
    ]


async def test_owners_are_reminded_once_of_each_card_and_again_of_a_new_one(
    officer: Context,
) -> None:
    owner = await a_citizen(officer)
    place = await a_place(officer, account=owner.actor.id)
    closed = await a_place(officer, account=owner.actor.id, state="closed")
    one = await added(officer, place, trained_on=date(2023, 11, 30))
    await added(officer, place, "นายคำ แสงดาว", trained_on=date(2023, 12, 30))
    await added(officer, place, "นายมา ใจดี", trained_on=date(2026, 1, 1))
    await added(officer, closed, trained_on=date(2020, 1, 1))
    gone = await added(officer, place, trained_on=date(2020, 1, 1))
    await handlers.note_left(officer, place, gone, on=officer.today, revision=1)

    await asyncio.gather(*(handler_reminders.remind(officer) for _ in range(3)))
    await handler_reminders.remind(in_days(officer, 1))

    sent = "SELECT subject_th, href FROM core.message WHERE channel = 'inbox' ORDER BY id"
    [first] = await rows(officer, sent)
    assert first["href"] == f"/my/food/{place}/handlers"
    assert "2 ใบ" in first["subject_th"]
    assert "30 พฤศจิกายน 2569" in first["subject_th"]
    await handlers.renew_card(
        officer, place, one, card=a_card(expires_on=date(2026, 12, 20)), revision=1
    )
    await handler_reminders.remind(in_days(officer, 2))
    assert len(await rows(officer, sent)) == 2


async def test_only_who_runs_a_place_and_officers_with_the_right_see_its_people(
    officer: Context,
) -> None:
    owner, stranger = await a_citizen(officer), await a_citizen(officer, "0899999999", "คนอื่น")
    place = await a_place(officer, account=owner.actor.id)
    assert (await handlers.place_for(owner, place, own=True))["id"] == place
    for nobody in (stranger, officer):
        with pytest.raises(NotFound):
            await handlers.place_for(nobody, place, own=True)
    with pytest.raises(NotAllowed):
        await handlers.place_for(owner, place, own=False)
    reader = an_officer(officer, "คลัง", READ)
    assert await handlers.place_for(reader, place, own=False)
    with pytest.raises(NotAllowed):
        await handlers.place_for(reader, place, own=False, change=True)
    other = await a_place(officer)
    with pytest.raises(NotFound):
        await handlers.get_handler(officer, other, await added(officer, place))


@pytest.fixture
async def clerk(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    path = f"/desk/food/places/{await a_place(ctx)}/handlers/new"
    async with signed_in(runtime, ctx, [READ, CARRY], path) as client:
        client.headers["X-Home"] = path.removesuffix("/new")
        yield client


def three(name: str, day: date) -> dict[str, str]:
    year = str(day.year + 543)
    return {f"{name}.day": str(day.day), f"{name}.month": str(day.month), f"{name}.year": year}


async def test_at_the_desk_a_card_is_typed_mended_and_renewed(
    clerk: httpx.AsyncClient, ctx: Context
) -> None:
    home = clerk.headers["X-Home"]
    typed = {"name": "นางบัวผัน ใจยา", "role": "handler", "organiser": "อบจ.", "key": str(uuid4())}
    typed |= three("trained_on", TRAINED)
    for wrong, control in (
        ({"card": "3-1006-00445-63-5"}, "card"),
        (three("expires_on", date(2023, 1, 1)), "expires_on.day"),
    ):
        refused = await clerk.post(f"{home}/new", data=typed | wrong)
        assert refused.status_code == 422
        assert f'href="#{control}"' in refused.text
        assert "นางบัวผัน ใจยา" in refused.text
    for _ in range(2):
        done = await clerk.post(f"{home}/new", data=typed)
        assert (done.status_code, done.headers["location"]) == (303, home)
    [row] = await rows(ctx, "SELECT id, expires_on FROM food_cert.handler")
    assert row["expires_on"] == date(2027, 1, 20)
    shown = await clerk.get(home)
    assert "นางบัวผัน ใจยา" in shown.text
    card = {"organiser": "สสจ.", "revision": "1"} | three("trained_on", date(2026, 1, 5))
    assert (await clerk.post(f"{home}/{row['id']}", data=card)).status_code == 303
    assert (await clerk.post(f"{home}/{row['id']}", data=card)).status_code == 409
    today = datetime.now(UTC).astimezone(ctx.tenant.zone).date()
    gone = {"revision": "2"} | three("left_on", today)
    assert (await clerk.post(f"{home}/{row['id']}/left", data=gone)).status_code == 303
    looked = await rows(
        ctx, "SELECT 1 FROM core.audit_entry WHERE action = 'food_cert.handler.read'"
    )
    assert len(looked) == 1


async def test_the_owner_keeps_the_list_and_another_citizen_finds_none(
    runtime: Runtime, ctx: Context
) -> None:
    here = replace(ctx, now=datetime.now(UTC))
    owner, stranger = await a_citizen(here), await a_citizen(here, "0899999999", "คนอื่น")
    place = await a_place(here, account=owner.actor.id)
    home, app = f"/my/food/{place}/handlers", app_of(runtime)
    for person, status in ((owner, 200), (stranger, 404)):
        assert person.actor.id is not None
        opened = await sessions.open_session(
            here, person.actor.id, "citizen", browser=sessions.Browser(), how="password"
        )
        transport: Any = httpx.ASGITransport(app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://maehia.localhost"
        ) as client:
            client.cookies.set(sessions.COOKIE, opened.token)
            for path in (home, f"{home}/new"):
                assert (await client.get(path)).status_code == status
            assert (await client.get(f"/desk/food/places/{place}/handlers")).status_code == 403
