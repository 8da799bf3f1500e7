"""Requests of citizens that were approved, carried out in the register: each once.

What an officer approved is done at once where who asked is who the register knows. Where it is
somebody else, or the register does not fit, the request waits for an officer, who carries it out
with the right point or lets it be, with a reason.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from core.api import (
    AppError,
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    audit,
    need,
    read_reason,
    transaction,
)
from kit.casework import Request, Status, as_decided, read_request, read_requests
from kit.geo import Address
from kit.treasury import bind_payers, my_payers
from plugins.waste_fees.rules.persons import same_person
from plugins.waste_fees.rules.register import Facts, Since
from plugins.waste_fees.service import points
from plugins.waste_fees.service.entries import SOURCE
from plugins.waste_fees.service.rights import REGISTER
from plugins.waste_fees.services import ALL, BEGIN, CHANGE, END
from plugins.waste_fees.tables.register import Point
from plugins.waste_fees.tables.requests import Granted

MOST = 100
# What a common house has at the most, where nobody says how much it is.
_COMMON_LITRES = 20
_CHANGED = ("bins", "litres", "use", "payer_name", "payer_address", "payer_phone")
TITLES = {one.code: one.title for one in ALL}

_NO_POINT = Text(
    "ไม่พบจุดให้บริการเลขที่ {number} ในทะเบียน ใส่เลขที่ที่ถูกต้องแล้วทำตามคำขอ",
    "The register has no point {number}. Give the right number and carry it out.",
)
_SOMEBODY_ELSE = Text(
    "ผู้ยื่น {name} ไม่ใช่ผู้ชำระหรือเจ้าของในทะเบียน ตรวจก่อนทำตามคำขอ",
    "{name}, who asked, is neither payer nor owner in the register. Check before carrying it out.",
)
_ENDED = Text(
    "มีผู้จัดการคำขอนี้ไปแล้ว เปิดหน้านี้ใหม่เพื่อดูรายการล่าสุด",
    "Somebody has dealt with this request already. Open the page again.",
)


async def follow(ctx: Context, case: UUID, service: str, status: str) -> None:
    """Carry out a request that was just approved; a second time nothing happens."""
    if service not in TITLES or status != Status.ISSUED:
        return
    request = await read_request(ctx, case)
    try:
        async with transaction(ctx):
            if await _note(ctx, request):
                await _carry_out(as_decided(ctx, request), request, None, sure=False)
    except AppError as refusal:
        # The citizen has the approval: somebody has to look, nothing may be lost.
        async with transaction(ctx):
            await _note(ctx, request, refusal.in_short)


async def _note(ctx: Context, request: Request, problem: Text | None = None) -> bool:
    """Keep a request as carried out, or as waiting; return whether it was not kept before."""
    row = {
        "tenant_id": ctx.tenant.id,
        "case_id": request.id,
        "service": request.service,
        "number": request.number,
        "point_id": None,
        "state": "waits" if problem else "done",
        "problem_th": problem.th[:500] if problem else "",
        "problem_en": problem.en[:500] if problem else "",
        "at": ctx.now,
        "ended_at": None,
        "ended_by_name": "",
        "ended_why": "",
    }
    return await add(Granted, row, unless=("tenant_id", "case_id"))


_Act = Callable[[Context, Request, UUID], Awaitable[None]]


async def _carry_out(ctx: Context, request: Request, number: str | None, *, sure: bool) -> None:
    """Do in the register what a request asks for, in the transaction that keeps it.

    :param number: of the point, where an officer corrected it.
    :param sure: an officer has checked that who asked may ask.
    """
    acts: Mapping[str, _Act] = {CHANGE.code: _change, END.code: _end}
    async with transaction(ctx):
        if request.service == BEGIN.code:
            point = await _begin(ctx, request)
        else:
            point = await _point_of(ctx, number or str(request.answers.get("point", "")))
            if not sure:
                await _check_person(ctx, request, point)
            await acts[request.service](ctx, request, point)
        await Granted.update({Granted.point_id: point}).where(
            Granted.of(ctx), Granted.case_id == request.id
        )


async def _point_of(ctx: Context, number: str) -> UUID:
    async with transaction(ctx):
        row = (
            await Point.select(Point.id).where(Point.of(ctx), Point.number == int(number)).first()
            if number.isascii() and number.isdigit() and len(number) < 10
            else None
        )
    if row is None:
        raise InvalidInput({"number": _NO_POINT.format(number=number)})
    found: UUID = row["id"]
    return found


async def _check_person(ctx: Context, request: Request, point: UUID) -> None:
    last = (await points.history_of(ctx, point))[-1].facts
    who = request.applicant
    if any(same_person(who.name, name) for name in (last.payer_name, last.owner)):
        return
    if who.account is not None:
        actor = replace(ctx.actor, id=who.account)
        if UUID(last.payer) in await my_payers(replace(ctx, actor=actor), SOURCE):
            return
    raise InvalidInput({"number": _SOMEBODY_ELSE.format(name=who.name)})


def _why(request: Request, more: str = "") -> str:
    said = Text("คำขอเลขที่ {number} {more}", "Request {number} {more}")
    return said.format(number=request.number, more=more).th.strip()


async def _begin(ctx: Context, request: Request) -> UUID:
    answers, who = request.answers, request.applicant
    name = answers.get("payer_name") or who.name
    values = {
        "use": answers["use"],
        "address": Address(**answers["place"]).one_line("th"),
        "bins": answers["bins"],
        "litres": answers.get("litres", _COMMON_LITRES),
        "payer_name": name,
        "payer_phone": (who.phone or "") if name == who.name else "",
        "pin": answers.get("pin"),
    }
    since = max(_day(ctx, answers.get("from_on")), ctx.today)
    point = await points.open_point(ctx, values, since=since, why=_why(request), case=request.id)
    await _bind(ctx, request, point)
    return point


async def _change(ctx: Context, request: Request, point: UUID) -> None:
    answers = request.answers
    values = {name: answers[name] for name in _CHANGED if name in answers}
    if "payer_name" in values:
        # The telephone and the address were of who paid before.
        values = {"payer_phone": "", "payer_address": ""} | values
    from_on = await _from_on(ctx, point, ctx.today)
    why = _why(request, str(answers.get("details", "")))
    await points.change_point(ctx, point, values, from_on=from_on, why=why, case=request.id)
    await _bind(ctx, request, point)


async def _end(ctx: Context, request: Request, point: UUID) -> None:
    from_on = await _from_on(ctx, point, _day(ctx, request.answers.get("from_on")))
    why = _why(request, str(request.answers.get("details", "")))
    await points.close_point(ctx, point, from_on=from_on, why=why, case=request.id)


def _day(ctx: Context, given: Any) -> date:
    return date.fromisoformat(given) if given else ctx.today


async def _from_on(ctx: Context, point: UUID, wanted: date) -> date:
    """Return the day from which a change holds: never before today, nor before the last one."""
    last: Since = (await points.history_of(ctx, point))[-1]
    return max(wanted, ctx.today, last.from_on)


async def _bind(ctx: Context, request: Request, point: UUID) -> None:
    """Give the point to the account that asked, where it is the payer who did."""
    facts: Facts = (await points.history_of(ctx, point))[-1].facts
    who = request.applicant
    if who.account is not None and same_person(who.name, facts.payer_name):
        await bind_payers(ctx, [UUID(facts.payer)], who.account)


async def waiting(ctx: Context) -> Sequence[dict[str, Any]]:
    """Return the approved requests that the register does not follow yet, the oldest first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Granted.select()
            .where(Granted.of(ctx), Granted.state == "waits")
            .order_by(Granted.at)
            .limit(MOST)
        )
    asked = await read_requests(ctx, [row["case_id"] for row in rows])
    return [
        row | {"asked": one, "point": one.answers.get("point", "")}
        for row in rows
        if (one := asked.get(row["case_id"]))
    ]


async def carry_out(ctx: Context, case: UUID, *, number: str) -> UUID | None:
    """Do what a request that waits asks for, by an officer who has checked it; return its point.

    :param number: of the point, as the officer corrected it; empty as it was asked.
    :raises InvalidInput: the register does not fit; the request goes on waiting.
    :raises Conflict: somebody dealt with it already.
    """
    need(ctx, REGISTER)
    request = await read_request(ctx, case)
    async with transaction(ctx):
        await _finish(ctx, case, "done", "")
        await _carry_out(ctx, request, number, sure=True)
        row = (
            await Granted.select(Granted.point_id)
            .where(Granted.of(ctx), Granted.case_id == case)
            .first()
        )
        await audit.record(ctx, "waste_fees.request.done", f"case/{case}", number=request.number)
    return row["point_id"] if row else None


async def drop(ctx: Context, case: UUID, *, why: str) -> None:
    """Leave the register as it is; who asked is told by the office.

    :raises Conflict: somebody dealt with it already.
    """
    need(ctx, REGISTER)
    said = read_reason(why)
    async with transaction(ctx):
        await _finish(ctx, case, "dropped", said)
        await audit.record(ctx, "waste_fees.request.dropped", f"case/{case}", why=said)


async def _finish(ctx: Context, case: UUID, state: str, why: str) -> None:
    changed = (
        await Granted.update(
            {
                Granted.state: state,
                Granted.ended_at: ctx.now,
                Granted.ended_by_name: ctx.actor.name,
                Granted.ended_why: why,
            }
        )
        .where(Granted.of(ctx), Granted.case_id == case, Granted.state == "waits")
        .returning(Granted.case_id)
    )
    if not changed:
        if not await Granted.exists().where(Granted.of(ctx), Granted.case_id == case):
            raise NotFound(Text("ไม่พบคำขอนี้", "There is no such request."))
        raise Conflict(_ENDED)
