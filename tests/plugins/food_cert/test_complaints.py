"""Complaints: from the QR on the wall to the list of inspections, without a name."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from core.context import EVERYWHERE, Actor, Context
from core.runtime import Runtime
from kit.casework import Post, file_case, get_offered
from kit.casework.applicant import Applicant
from kit.casework.service import handling
from plugins.food_cert import plugin
from plugins.food_cert.rules.book import LATEST
from plugins.food_cert.service import complaints, places
from plugins.food_cert.service.rights import READ
from plugins.food_cert.services.complaint import CODE, complaint
from tests.conftest import app_of
from tests.plugins.food_cert.conftest import a_place, an_officer, rows

ABOUT = {"wrong": ["pests"], "on": "2026-11-19", "details": "หนูวิ่งในครัว"}


def an_office(ctx: Context) -> Context:
    """An officer who sits at every desk of the division."""
    held = {f"casework.as_{post}": EVERYWHERE for post in Post}
    held |= dict.fromkeys(("casework.read", READ), EVERYWHERE)
    return replace(
        ctx, actor=Actor(kind="officer", id=uuid4(), name="สุดา รักสะอาด", permissions=held)
    )


async def filed(ctx: Context, **answers: Any) -> UUID:
    case = await file_case(
        ctx,
        service=await get_offered(ctx, CODE),
        applicant=Applicant(name="นายผู้ร้อง ใจกล้า"),
        answers=ABOUT | answers,
        key=str(uuid4()),
    )
    for _ in range(2):
        await plugin.on_case_filed(ctx, event=uuid4(), case=case.id, service=CODE, number="1/2569")
    return case.id


async def code_of(ctx: Context, place: UUID) -> str:
    code: str = (await places.get_place(ctx, place))["code"]
    return code


def test_its_steps_fit_into_the_days_of_the_office() -> None:
    service = complaint(LATEST)
    assert service.within.count == 10
    assert sum(step.within.count for step in service.steps) == 10
    assert [step.code for step in service.steps] == ["look", "answer"]


async def test_a_place_that_nobody_would_find_is_asked_for(ctx: Context) -> None:
    code = await code_of(ctx, await a_place(ctx))
    for answers, wrong in (
        ({}, {"shop"}),
        ({"place": "2222-2222-2222"}, {"place"}),
        ({"shop": "ครัวไม่มีชื่อ"}, {"spot"}),
        ({"shop": "ครัวไม่มีชื่อ", "spot": "ปากซอย 4"}, set()),
        ({"shop": "ครัวไม่มีชื่อ", "pin": {"lat": 18.7, "lon": 98.9}}, set()),
        ({"place": code.lower()}, set()),
    ):
        assert set((await complaints.examined(ctx, answers)).problems) == wrong


async def test_a_complaint_is_linked_once_counted_and_to_be_looked_into(ctx: Context) -> None:
    office, place = an_office(ctx), await a_place(ctx)
    other = await a_place(ctx, name="ครัวบัวผัน")
    code = await code_of(ctx, place)
    first, second = await filed(ctx, place=code), await filed(ctx, place=code)
    nowhere = await filed(ctx, shop="ครัวไม่มีชื่อ", spot="ปากซอย 4")
    linked = await rows(ctx, "SELECT case_id, place_id FROM food_cert.complaint")
    assert {(one["case_id"], one["place_id"]) for one in linked} == {
        (first, place),
        (second, place),
    }
    assert await complaints.complained(ctx) == {}
    for case in (first, second, nowhere):
        await handling.accept(office, case, revision=1)
    assert (await complaints.complained(ctx))[place].id == first

    found = await places.get_place(ctx, place)
    [card] = await complaints.cards_of_place(office, found)
    assert card.body.en == "Open: 2, of 2 in all"
    assert card.href == f"/desk/cases/{second}"
    assert await complaints.cards_of_place(office, await places.get_place(ctx, other)) == []
    assert await complaints.cards_of_place(an_officer(ctx, "คลัง", READ), found) == []

    await handling.forward(office, first, opinion="ตรวจแล้ว", revision=2)
    assert (await complaints.complained(ctx))[place].id == second
    await handling.approve(office, first, opinion="", revision=3)
    [card] = await complaints.cards_of_place(office, found)
    assert card.body.en == "Open: 1, of 2 in all"
    assert "ผู้ร้อง" not in f"{card}"


async def test_the_page_of_the_case_leads_to_the_place(ctx: Context) -> None:
    office, place = an_office(ctx), await a_place(ctx, name="ครัวใหญ่")
    case = await filed(ctx, place=await code_of(ctx, place))
    facts: dict[str, Any] = {
        "ctx": office,
        "case": case,
        "service": CODE,
        "status": "submitted",
        "step": None,
    }

    [card] = await plugin.cards_for_case(**facts, area="desk")
    assert card.href == f"/desk/food/places/{place}"
    assert card.title.th == "ครัวใหญ่"
    assert list(await plugin.cards_for_case(**facts, area="track")) == []


@pytest.fixture
async def browser(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    app = app_of(runtime)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://maehia.localhost",
        follow_redirects=True,
        timeout=60,
    ) as client:
        yield client


async def send(browser: httpx.AsyncClient, page: httpx.Response, to: str, **more: Any) -> Any:
    token = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)
    assert token, page.text[:2000]
    return await browser.post(to, data={"_csrf_token": token[1]} | more)


async def test_from_the_code_on_the_wall_a_stranger_complains_without_a_name(
    browser: httpx.AsyncClient, ctx: Context
) -> None:
    place = await a_place(ctx)
    code = await code_of(ctx, place)
    guide = await browser.get(f"/services/{CODE}?place={code}")
    assert code in guide.text
    person = await send(browser, guide, f"/services/{CODE}", place=code)
    draft = str(person.url).split("/")[-2]
    which = await send(browser, person, f"/apply/{draft}/1", name="", phone="")
    assert f'value="{code}"' in which.text
    wrong = await send(browser, which, f"/apply/{draft}/2", place=code)
    today = datetime.now(UTC).astimezone(ctx.tenant.zone).date()
    day = {"on.day": str(today.day), "on.month": str(today.month), "on.year": str(today.year + 543)}
    about = {"wrong": ["dirty", "pests"], "details": "พบหนูในครัว"} | day
    photos = await send(browser, wrong, f"/apply/{draft}/3", **about)
    check = await send(browser, photos, f"/apply/{draft}/4")
    done = await send(browser, check, f"/apply/{draft}/file", declared="yes", fee="0")
    assert done.url.path.startswith("/t/"), done.text[:3000]

    [case] = await rows(ctx, 'SELECT id, applicant_name, unit FROM casework."case"')
    assert (case["applicant_name"], case["unit"]) == ("", "health")
    await plugin.on_case_filed(ctx, event=uuid4(), case=case["id"], service=CODE, number="")
    [linked] = await rows(ctx, "SELECT place_id FROM food_cert.complaint")
    assert linked["place_id"] == place
