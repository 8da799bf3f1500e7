"""A request of the fast lane on its way to a permit, for tests of what comes after."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from core.api import transaction
from core.context import EVERYWHERE, Actor, Context
from kit.casework import Post, Verdict, file_case, get_offered, read_request
from kit.casework.applicant import Applicant
from kit.casework.plugin import on_bill_settled
from kit.casework.service import examining, handling
from kit.casework.service.examining import Judging
from kit.casework.tables import Case
from kit.treasury import open_till, read_bill, take_cash
from tests.plugins.permits.requests import changed

SOMCHAI = Applicant(name="นายสมชาย ใจดี", national_id="1234545678781", phone="+66812345678")
SITE = {"site": {"subdistrict": "500109", "postcode": "50100"}, "pin": {"lat": 18.74, "lon": 98.93}}


def an_office(ctx: Context) -> Context:
    """An officer who sits at every desk, the till's too."""
    held = {f"casework.as_{post}": EVERYWHERE for post in Post}
    held |= dict.fromkeys(("casework.read", "treasury.collect", "treasury.read"), EVERYWHERE)
    actor = Actor(kind="officer", id=uuid4(), name="วิชัย สร้างบ้าน", post="นายก", permissions=held)
    return replace(ctx, actor=actor)


def after(ctx: Context, **more: float) -> Context:
    """The same some time later: ``after(ctx, minutes=12)``."""
    return replace(ctx, now=ctx.now + timedelta(**more))


async def the_case(ctx: Context, id: UUID) -> Any:
    async with transaction(ctx):
        return await Case.objects().where(Case.of(ctx), Case.id == id).first()


async def checked(office: Context, service: str = "permits.small") -> UUID:
    """File a request and check it from afar: it stands at the counter."""
    filed = await file_case(
        office,
        service=await get_offered(office, service),
        applicant=SOMCHAI,
        answers=changed(SITE),
        key=str(uuid4()),
    )
    await handling.accept(office, filed.id, revision=1)
    found = (await read_request(office, filed.id)).found
    doubts = [one.rule for one in found.findings if one.verdict is not Verdict.PASS]
    await examining.judge(
        office, filed.id, [Judging(rule, holds=True, why="ตรวจแล้ว") for rule in doubts]
    )
    await handling.forward(office, filed.id, opinion="", revision=2)
    return filed.id


async def pay(office: Context, case: UUID) -> None:
    """Pay the fee at the counter, and let casework hear of it."""
    bill = (await the_case(office, case)).bill
    owed = (await read_bill(office, bill))["total"]
    await open_till(office, "1")
    await take_cash(office, bill, amount=owed, tendered=owed, till="1", key=str(uuid4()))
    await on_bill_settled(office, event=uuid4(), bill=bill)


async def issued(office: Context) -> UUID:
    """Bring a request to its permit, and return the case."""
    case = await checked(office)
    await handling.approve(office, case, opinion="", revision=3)
    await pay(office, case)
    return case
