"""What an approved request does in the register.

It is done at once where who asked is who the register knows. Where it is somebody else, or the
register does not fit, an officer has to look first.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from core.api import Context, InvalidInput, Text, transaction
from kit.casework import Carrier, Request
from kit.geo import Address
from kit.treasury import bind_payers, my_payers
from plugins.waste_fees.rules.persons import same_person
from plugins.waste_fees.rules.register import Facts, Since
from plugins.waste_fees.service import points
from plugins.waste_fees.service.entries import SOURCE
from plugins.waste_fees.service.rights import REGISTER
from plugins.waste_fees.services import ALL, BEGIN, CHANGE, END
from plugins.waste_fees.tables.register import Point

# What a common house has at the most, where nobody says how much it is.
_COMMON_LITRES = 20
_CHANGED = ("bins", "litres", "use", "payer_name", "payer_address", "payer_phone")

_NO_POINT = Text(
    "ไม่พบจุดให้บริการเลขที่ {number} ในทะเบียน ใส่เลขที่ที่ถูกต้องแล้วทำตามคำขอ",
    "The register has no point {number}. Give the right number and carry it out.",
)
_SOMEBODY_ELSE = Text(
    "ผู้ยื่น {name} ไม่ใช่ผู้ชำระหรือเจ้าของในทะเบียน ตรวจก่อนทำตามคำขอ",
    "{name}, who asked, is neither payer nor owner in the register. Check before carrying it out.",
)

_Act = Callable[[Context, Request, UUID], Awaitable[None]]


async def carry_out(ctx: Context, request: Request, number: str, sure: bool) -> UUID:
    """Do in the register what a request asks for, and return the id of its point.

    :param number: of the point, where an officer corrected it.
    :param sure: an officer has checked that who asked may ask.
    :raises AppError: the register does not fit, or who asked is not known at the point.
    """
    acts: Mapping[str, _Act] = {CHANGE.code: _change, END.code: _end}
    if request.service == BEGIN.code:
        return await _begin(ctx, request)
    point = await _point_of(ctx, number or str(request.answers.get("point", "")))
    if not sure:
        await _check_person(ctx, request, point)
    await acts[request.service](ctx, request, point)
    return point


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


CARRIER = Carrier(
    plugin="waste_fees",
    services={one.code: one.title for one in ALL},
    carry=carry_out,
    permission=REGISTER,
    path="/desk/waste/requests",
    asks="point",
)
