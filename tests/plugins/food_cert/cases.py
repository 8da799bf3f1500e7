"""Notices and requests that are filed, decided and told to the register as they are in life."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from core.context import EVERYWHERE, Actor, Context
from kit.casework import Examination, Post, Verdict, file_case, get_offered, read_request
from kit.casework.applicant import Applicant
from kit.casework.plugin import on_bill_settled as on_casework_settled
from kit.casework.service import examining, handling
from kit.casework.service.examining import Judging
from kit.documents import papers_of
from kit.thai import BANGKOK
from plugins.food_cert import plugin
from plugins.food_cert.rules.after import CHANGE, CLOSE, RENEW, REPLACE, TRANSFER
from plugins.food_cert.rules.instrument import LICENSE, NOTIFY
from plugins.food_cert.service.places import get_place, place_of_case
from plugins.food_cert.service.rights import PERMISSIONS
from tests.plugins.food_cert.conftest import rows
from tests.plugins.waste_fees.conftest import pay

PHONE, OTHER_PHONE = "+66812345678", "+66898765432"
KHAMPAN = Applicant(name="นางคำปัน ใจยา", phone=PHONE)
SITE = {"house_no": "88/12", "moo": "5", "subdistrict": "500109", "postcode": "50100"}
SHOP: dict[str, Any] = {
    "filed_as": "owner",
    "age": 52,
    "nationality": "thai",
    "holder_address": SITE,
    "business_name": "ครัวคำปัน",
    "kind": "sell",
    "food": "อาหารตามสั่ง",
    "area": "60",
    "market": "no",
    "workers": 3,
    "begin_on": "2026-12-01",
    "had": "no",
    "site": SITE,
    "pin": {"lat": 18.7412, "lon": 98.95},
}
LARGE = SHOP | {"area": "260", "business_name": "สวนอาหารคำปัน"}
ASKED: dict[str, dict[str, Any]] = {
    RENEW: {"changed": "no"},
    CHANGE: {"business_name": "ครัวคำปัน 2", "area": "80", "workers": 4},
    TRANSFER: {
        "ground": "consent",
        "taken_on": "2026-11-20",
        "new_is": "person",
        "new_holder": "นางบัวผัน ใจยา",
        "new_phone": OTHER_PHONE,
        "new_address": SITE,
    },
    REPLACE: {"what": "lost", "known_on": "2026-11-20"},
    CLOSE: {"closed_on": "2026-11-20"},
}
OF_SHOP = {"paper_phone": PHONE}


def on(ctx: Context, day: date) -> Context:
    """Return the context at ten in the morning of a day."""
    return replace(ctx, now=datetime(day.year, day.month, day.day, 10, tzinfo=BANGKOK))


def an_office(ctx: Context) -> Context:
    """Return an officer who sits at every desk of the municipality."""
    held = {f"casework.as_{post}": EVERYWHERE for post in Post}
    more = ("casework.read", "casework.assign", "treasury.collect", "treasury.read", *PERMISSIONS)
    held |= dict.fromkeys(more, EVERYWHERE)
    actor = Actor(kind="officer", id=uuid4(), name="สุดา รักสะอาด", post="นายก", permissions=held)
    return replace(ctx, actor=actor)


async def filed(
    ctx: Context,
    code: str,
    answers: dict[str, Any],
    who: Applicant = KHAMPAN,
    *,
    news: bool = True,
) -> UUID:
    """File a request, and let the register hear of it twice, as it may; or not yet."""
    service = await get_offered(ctx, code)
    one = await file_case(ctx, service=service, applicant=who, answers=answers, key=str(uuid4()))
    for _ in range(2 * news):
        await heard(ctx, one.id, code)
    return one.id


async def heard(ctx: Context, case: UUID, service: str) -> None:
    """Let the register hear that a case was filed."""
    await plugin.on_case_filed(ctx, event=uuid4(), case=case, service=service, number="1")


async def the_case(ctx: Context, case: UUID) -> Any:
    """Return the row of a case."""
    [row] = await rows(ctx, "SELECT * FROM casework.case WHERE id = $1", case)
    return row


async def judged(office: Context, case: UUID) -> None:
    """Judge that all holds that the rules left to an officer."""
    doubts = (await read_request(office, case)).found.doubts
    if doubts:
        await examining.judge(
            office, case, [Judging(one.rule, holds=True, why="ตรวจแล้ว") for one in doubts]
        )


async def decided(office: Context, case: UUID) -> None:
    """Take a case to its end: judged, approved, paid, its paper issued, the register told."""
    row = await the_case(office, case)
    if row["step"] == "received" or row["status"] == "submitted":
        await handling.accept(office, case, revision=row["revision"])
    await judged(office, case)
    steps = (await get_offered(office, row["service"])).steps
    row = await the_case(office, case)
    codes = [one.code for one in steps]
    for _ in steps[codes.index(row["step"]) + 1 :]:
        row = await the_case(office, case)
        await handling.forward(office, case, opinion="", revision=row["revision"])
    row = await the_case(office, case)
    await handling.approve(office, case, opinion="", revision=row["revision"])
    row = await the_case(office, case)
    if row["bill"]:
        await pay(office, row["bill"], (await read_request(office, case)).found.fee)
        await on_casework_settled(office, event=uuid4(), bill=row["bill"])
    await told(office, case)


async def told(ctx: Context, case: UUID) -> None:
    """Deliver the event of a case twice, as it may be."""
    row = await the_case(ctx, case)
    for _ in range(2):
        await plugin.on_case_moved(
            ctx, event=uuid4(), case=case, service=row["service"], status=row["status"]
        )


async def a_certified(ctx: Context, office: Context, **more: Any) -> dict[str, Any]:
    """Return a place that was notified and certified."""
    case = await filed(ctx, NOTIFY, SHOP | more)
    await decided(office, case)
    return await place_after(ctx, case)


async def a_licensed(ctx: Context, office: Context, **more: Any) -> dict[str, Any]:
    """Return a place that was licensed, its first year paid."""
    case = await filed(ctx, LICENSE, LARGE | more)
    await decided(office, case)
    return await place_after(ctx, case)


async def place_after(ctx: Context, case: UUID) -> dict[str, Any]:
    """Return the place of a case as the register has it now."""
    place = await place_of_case(ctx, case)
    assert place is not None
    return await get_place(ctx, place["id"])


async def examined(ctx: Context, code: str, answers: dict[str, Any]) -> Examination:
    """Return what the rules find in answers."""
    service = await get_offered(ctx, code)
    return await plugin.examine_request(ctx, service=service, answers=answers, on=ctx.today)


def verdicts(found: Examination) -> dict[str, Verdict]:
    """Return what was found, by rule."""
    return {one.rule: one.verdict for one in found.findings}


async def paper_of(ctx: Context, case: UUID) -> dict[str, Any]:
    """Return what the last paper of a case says."""
    id = (await papers_of(ctx, f"case/{case}"))[-1]["id"]
    [row] = await rows(ctx, "SELECT contents::text FROM documents.paper WHERE id = $1", id)
    contents: dict[str, Any] = msgspec.json.decode(row["contents"])
    return contents
