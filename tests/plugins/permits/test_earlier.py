"""Permits that were issued on paper before: entered, counted on from, and held like all others."""

import asyncio
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx
import pytest

from core.api import Conflict, InvalidInput, NotAllowed
from core.context import Context
from core.runtime import Runtime
from kit.casework import get_offered
from kit.geo import Address
from plugins.permits.plugin import examine_request
from plugins.permits.rules.earlier import Earlier
from plugins.permits.service.earlier import enter
from plugins.permits.service.history import history_of
from plugins.permits.service.register import follow, get_permit
from plugins.permits.service.rights import READ
from tests.plugins.permits.conftest import an_officer, rows
from tests.plugins.permits.granted import an_office, issued

HOME = "/desk/permits/register"
SITE = Address(house_no="88/12", subdistrict="500109", postcode="50100")
FILLED = {
    "number": "๑๒/๒๕๖๘",
    "issued_on.day": "1", "issued_on.month": "9", "issued_on.year": "2568",
    "until.day": "31", "until.month": "8", "until.year": "2599",
    "holder": "นางบัวผัน ใจยา", "phone": "0812345678",
    "work": "build", "use": "house", "storeys": "2", "area": "149.5", "deed": "41200",
    "site.house_no": "88/12", "site.subdistrict": "500109-50100",
    "pin": "18.7412, 98.95",
}  # fmt: skip


def earlier(number: str, **more: Any) -> Earlier:
    facts: dict[str, Any] = {
        "work": "build",
        "use": "house",
        "storeys": 1,
        "area": Decimal(84),
        "holder": "นางบัวผัน ใจยา",
        "phone": "+66812345678",
        "site": SITE,
        "deed": "41200",
        "issued_on": date(2026, 3, 2),
        "until": date(2027, 3, 1),
    }
    return Earlier(number=number, **facts | more)


async def test_a_permit_is_entered_from_its_paper_and_stands_in_the_register(
    desk: httpx.AsyncClient, ctx: Context, runtime: Runtime
) -> None:
    await rows(ctx, "UPDATE core.tenant SET subdistricts = '{500109}' RETURNING 1")
    runtime.directory.forget()
    assert "ลงทะเบียนใบอนุญาตที่ออกก่อนใช้ระบบ" in (await desk.get(HOME)).text
    wrong = await desk.post(f"{HOME}/new", data=FILLED | {"number": "12", "holder": ""})
    assert wrong.status_code == 422
    assert 'value="149.5"' in wrong.text
    backwards = await desk.post(f"{HOME}/new", data=FILLED | {"until.year": "2560"})
    assert "วันหมดอายุอยู่ก่อนวันที่ออก" in backwards.text

    done = await desk.post(f"{HOME}/new", data=FILLED)
    assert done.status_code == 303, done.text
    shown = (await desk.get(done.headers["location"])).text
    assert "12/2568" in shown
    assert "ลงทะเบียนจากใบอนุญาตฉบับกระดาษ" in shown
    assert "เปิดเรื่องที่ออกใบอนุญาต" not in shown
    assert "นางบัวผัน ใจยา" in (await desk.get(HOME)).text
    bare = {"number": "13/2568", "phone": "", "deed": "", "pin": ""}
    assert (await desk.post(f"{HOME}/new", data=FILLED | bare)).status_code == 303
    again = await desk.post(f"{HOME}/new", data=FILLED)
    assert again.status_code == 422
    assert "มีในทะเบียนแล้ว" in again.text
    kept = await get_permit(ctx, "12/2568")
    assert (kept["area"], kept["phone"], kept["paper"]) == (Decimal("149.50"), "+66812345678", None)
    assert [one["what"] for one in await history_of(ctx, kept["case_id"])] == ["entered"]


async def test_its_holder_renews_it_and_gets_a_replacement(ctx: Context) -> None:
    await enter(an_officer(ctx), earlier("7/2569"))
    which = {"permit": "7/2569", "permit_phone": "+66812345678"}
    for code, answers in (
        ("permits.renew", {"work": "build", "stage": "structure", "reason": "ฝนตก", "days": 100}),
        ("permits.replace", {"what": "lost", "known_on": ctx.today.isoformat()}),
    ):
        service = await get_offered(ctx, code)
        found = await examine_request(ctx, service=service, answers=which | answers, on=ctx.today)
        assert found.problems == {}
        assert {one.rule: one.verdict for one in found.findings}["holder"] == "pass"
        assert "นางบัวผัน ใจยา" in str(found.paper.rows)


async def test_the_numbers_of_the_year_go_on_after_those_on_paper(ctx: Context) -> None:
    office = an_office(ctx)
    await enter(an_officer(ctx), earlier("40/2569"))
    await enter(an_officer(ctx), earlier("39/2569"))
    case = await issued(office)
    await follow(ctx, case, "permits.small", "issued")

    numbers = await rows(ctx, "SELECT number FROM permits.permit ORDER BY number")
    assert [one["number"] for one in numbers] == ["39/2569", "40/2569", "41/2569"]
    # From here on nobody has issued a higher one.
    with pytest.raises(Conflict, match="41/2569"):
        await enter(an_officer(ctx), earlier("50/2569"))
    with pytest.raises(InvalidInput):
        await enter(an_officer(ctx), earlier("41/2569"))
    await enter(an_officer(ctx), earlier("3/2569"))
    second = await issued(office)
    await follow(ctx, second, "permits.small", "issued")
    assert (await get_permit(ctx, "42/2569"))["case_id"] == second


async def test_of_many_who_enter_the_same_paper_at_once_one_does(ctx: Context) -> None:
    officer = an_officer(ctx)
    done = await asyncio.gather(
        *(enter(officer, earlier(f"{5 + n % 2}/2569")) for n in range(12)), return_exceptions=True
    )

    assert sorted(type(one).__name__ for one in done) == ["InvalidInput"] * 10 + ["UUID"] * 2


@pytest.mark.parametrize("number", ["12", "0/2569", "12/2569/1", "12/2599", "12/2500", "ก/2569"])
async def test_a_number_that_cannot_be_is_refused(ctx: Context, number: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await enter(an_officer(ctx), earlier(number))
    assert "number" in refusal.value.problems


async def test_who_only_reads_the_register_enters_nothing(ctx: Context) -> None:
    reader = replace(an_officer(ctx, "วิชัย", READ), now=ctx.now)
    with pytest.raises(NotAllowed):
        await enter(reader, earlier(f"{uuid4().int % 90 + 1}/2569"))
