"""What a request about a place does in the register, once it was granted."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.api import Conflict, Context, Text, transaction
from kit.casework import Carrier, Request, read_course
from kit.documents import papers_of, revoke
from kit.geo import Address
from kit.thai import local, long_day, said_day
from plugins.food_cert.rules.after import (
    AFTER,
    CHANGE,
    CLOSE,
    RENEW,
    REPLACE,
    TRANSFER,
    renewed_until,
)
from plugins.food_cert.rules.places import ALIVE, STANDS, State, sameness, stands
from plugins.food_cert.service.closing import close_fees
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.places import (
    change_place,
    get_place,
    keep_paper,
    papers_about,
    place_of_paper,
)
from plugins.food_cert.service.requests import place_of_request
from plugins.food_cert.service.rights import CARRY
from plugins.food_cert.services import declared
from plugins.food_cert.tables.register import Place

_OTHER_STATE = Text(
    "สถานที่นี้มีสถานะ “{state}” ตรวจก่อน ถ้าไม่ต้องแก้ทะเบียน ปิดรายการนี้",
    "The place is “{state}”. Check; close this if the register stays.",
)
_OTHER_DAY = Text(
    "ใบที่ออกเขียนว่าใบอนุญาตเดิมใช้ได้ถึงวันอื่น แต่ทะเบียนเป็น {day} เพิกถอนใบที่ออกแล้วให้ยื่นใหม่ หรือปิดรายการนี้",
    "The paper says another last day than the register, {day}. Revoke it, or close this.",
)
_CHANGED = Text(
    "เปลี่ยนแปลง: {name} {area} ตร.ม. {workers} คน", "Changed: {name}, {area} m², {workers} people"
)
_TRANSFERRED = Text("ผู้ประกอบกิจการเปลี่ยนจาก {old} เป็น {new}", "It went from {old} to {new}")
_REPLACED = Text("ออกใบแทน", "A replacement was issued")
_RENEWED = Text("ต่ออายุถึง {day}", "Renewed until {day}")
_CLOSED = Text("เลิกกิจการตั้งแต่ {day}", "Closed since {day}")
_NEW_PAPER = Text("มีใบใหม่แทนแล้ว", "A newer paper stands in its place.")
_NO_BUSINESS = Text("เลิกกิจการแล้ว", "The business has closed.")

Values = dict[Any, Any]
_Act = Callable[[Context, Request, Mapping[str, Any]], Awaitable[tuple[Values, Text]]]


async def _carry(ctx: Context, request: Request, number: str, sure: bool) -> UUID:
    """Do in the register what a request asks for.

    :raises InvalidInput: no place, or more than one, has such a paper.
    :raises Conflict: the place does not stand so that it can be done.
    """
    about = None if number else await place_of_request(ctx, request.id)
    typed = number or str(request.answers.get("paper", ""))
    place = await get_place(ctx, about) if about else await place_of_paper(ctx, typed)
    if place["state"] not in ALIVE:
        raise Conflict(_OTHER_STATE.format(state=STANDS[stands(place, ctx.today)]))
    what, act = _ACTS[request.service]
    async with transaction(ctx):
        values, words = await act(ctx, request, place)
        await change_place(ctx, place, values, what=what, words=words, case=request.id)
    id: UUID = place["id"]
    return id


async def _with_paper(
    ctx: Context, request: Request, place: Mapping[str, Any], what: str
) -> Values:
    """Take the former paper of a place back and keep the one that was issued instead."""
    subject = f"case/{request.id}"
    paper = next(one for one in await papers_of(ctx, subject) if one["id"] == request.paper)
    for one in await papers_about(ctx, place["id"]):
        if one["paper"] == place["paper"]:
            await revoke(ctx, one["paper"], subject=one["subject"], why=_NEW_PAPER.th)
    await keep_paper(
        ctx, place["id"], paper=paper["id"], what=what, number=paper["number"], subject=subject
    )
    return {
        Place.paper: paper["id"],
        Place.paper_number: paper["number"],
        Place.issued_on: local(paper["issued_at"]).date(),
    }


async def _renewed(ctx: Context, request: Request, place: Mapping[str, Any]) -> tuple[Values, Text]:
    until = place["until"]
    if until is None:
        raise Conflict(_OTHER_STATE.format(state=STANDS[stands(place, ctx.today)]))
    for row in request.found.paper.rows:
        if row.label == "วันสิ้นอายุเดิม" and row.value != long_day(until, "th"):
            raise Conflict(_OTHER_DAY.format(day=said_day(until)))
    last = renewed_until(until, await limits_on(ctx, until))
    values = await _with_paper(ctx, request, place, place["instrument"])
    return values | {Place.until: last, Place.renewing: None}, _RENEWED.format(day=said_day(last))


async def _changed(ctx: Context, request: Request, place: Mapping[str, Any]) -> tuple[Values, Text]:
    answers = request.answers
    name, area, workers = answers["business_name"], answers["area"], int(answers["workers"])
    values = {
        Place.name: name,
        Place.area: Decimal(str(area)),
        Place.workers: workers,
        Place.sameness: sameness(name, place["kind"], Address(**place["site"])),
    }
    words = _CHANGED.format(name=name, area=area, workers=workers)
    return values | await _with_paper(ctx, request, place, place["instrument"]), words


async def _transferred(
    ctx: Context, request: Request, place: Mapping[str, Any]
) -> tuple[Values, Text]:
    answers, who = request.answers, request.applicant
    new, phone = str(answers["new_holder"]), answers["new_phone"]
    # The account goes with the place only where who takes it over is who filed.
    own = who.phone == phone and "".join(who.name.split()) == "".join(new.split())
    values = {
        Place.holder: new,
        Place.company_id: answers.get("new_company_id", ""),
        Place.phone: phone,
        Place.account: who.account if own else None,
    }
    words = _TRANSFERRED.format(old=place["holder"], new=new)
    return values | await _with_paper(ctx, request, place, place["instrument"]), words


async def _replaced(
    ctx: Context, request: Request, place: Mapping[str, Any]
) -> tuple[Values, Text]:
    return await _with_paper(ctx, request, place, "replacement"), _REPLACED


async def _closed(ctx: Context, request: Request, place: Mapping[str, Any]) -> tuple[Values, Text]:
    closed_on = date.fromisoformat(request.answers["closed_on"])
    told_on = local((await read_course(ctx, request.id)).filed_at).date()
    await close_fees(ctx, await get_place(ctx, place["id"]), told_on)
    for one in await papers_about(ctx, place["id"]):
        if one["paper"] == place["paper"]:
            await revoke(ctx, one["paper"], subject=one["subject"], why=_NO_BUSINESS.th)
    values = {Place.state: State.CLOSED, Place.closed_on: closed_on, Place.renewing: None}
    return values, _CLOSED.format(day=said_day(closed_on))


# By service: the word for it in the history, and what does it.
_ACTS: Mapping[str, tuple[str, _Act]] = {
    RENEW: ("renewed", _renewed),
    CHANGE: ("changed", _changed),
    TRANSFER: ("transferred", _transferred),
    REPLACE: ("replaced", _replaced),
    CLOSE: ("closed", _closed),
}
CARRIER = Carrier(
    plugin="food_cert",
    services={one.code: one.title for one in declared() if one.code in AFTER},
    carry=_carry,
    permission=CARRY,
    path="/desk/food/requests",
    asks="paper",
)
