"""The fast lane through the services: examined, judged, approved, paid, issued, registered."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from core.context import EVERYWHERE, Actor, Context
from core.db import transaction
from kit.casework import Post, Service, file_case, get_offered
from kit.casework.applicant import Applicant
from kit.casework.plugin import on_bill_settled
from kit.casework.service import deciding, examining, handling
from kit.casework.service.acting import take
from kit.casework.service.examining import Judging
from kit.casework.tables import Case
from kit.documents import papers_of, read_pdf
from kit.treasury import open_till, read_bill, take_cash
from plugins.permits.plugin import on_case_moved
from plugins.permits.service.register import get_permit
from tests.plugins.permits.requests import changed

WIPHADA = Applicant(name="นางสาววิภาดา แสงคำ", phone="+66812345678", national_id="1234545678781")

SITE = {
    "site": {"moo": "5", "subdistrict": "500109", "postcode": "50100"},
    "pin": {"lat": 18.7412, "lon": 98.9498},
}


def at_every_desk(ctx: Context) -> Context:
    held = {f"casework.as_{post}": EVERYWHERE for post in Post}
    held |= dict.fromkeys(("casework.read", "treasury.collect", "treasury.read"), EVERYWHERE)
    actor = Actor(kind="officer", id=uuid4(), name="วิชัย สร้างบ้าน", post="นายก", permissions=held)
    return replace(ctx, actor=actor)


async def the_case(ctx: Context, id: UUID) -> Any:
    async with transaction(ctx):
        return await Case.objects().where(Case.of(ctx), Case.id == id).first()


async def filed(ctx: Context, service: Service, **answers: Any) -> UUID:
    one = await file_case(
        ctx, service=service, applicant=WIPHADA, answers=changed(SITE | answers), key=str(uuid4())
    )
    return one.id


async def test_a_house_goes_from_the_request_to_the_register_with_its_fee(ctx: Context) -> None:
    desk = at_every_desk(ctx)
    case = await filed(desk, await get_offered(desk, "permits.small"))
    await handling.accept(desk, case, revision=1)
    doubts = examining.found_in(await take(desk, case)).doubts
    await examining.judge(
        desk, case, [Judging(one.rule, holds=True, why="ตรวจแล้ว") for one in doubts]
    )
    await handling.forward(desk, case, opinion="", revision=2)
    draft = await deciding.draft_paper(desk, case, revision=3)
    assert draft.startswith(b"%PDF")
    await handling.approve(desk, case, opinion="", revision=3)
    bill = await read_bill(desk, (await the_case(desk, case)).bill)
    assert bill["total"] == 8000

    await open_till(desk, "1")
    await take_cash(desk, bill["id"], amount=8000, tendered=8000, till="1", key=str(uuid4()))
    await on_bill_settled(desk, event=uuid4(), bill=bill["id"])
    for _ in range(2):
        await on_case_moved(
            desk, event=uuid4(), case=case, service="permits.small", status="issued"
        )
    paper = (await papers_of(desk, f"case/{case}"))[-1]
    assert (paper["number"], paper["title"]) == ("1/2569", "ใบอนุญาตก่อสร้าง ดัดแปลง หรือรื้อถอนอาคาร")
    pdf, _ = await read_pdf(desk, paper["id"], subject=f"case/{case}")
    assert pdf.startswith(b"%PDF")
    permit = await get_permit(desk, "๑/๒๕๖๙")
    assert (permit["case_id"], permit["holder"], permit["fee"]) == (case, WIPHADA.name, 8000)
    assert (permit["until"] - permit["issued_on"]).days == 240
