"""What a request about a permit does in the register, once it was granted."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from core.api import Conflict, Context, InvalidInput, Text, audit, transaction
from kit.casework import Carrier, Request
from kit.thai import long_day, said_day
from plugins.permits.rules import renewal
from plugins.permits.rules.after import (
    AFTER,
    CERTIFY,
    COMPLETE,
    COMPLETED,
    RENEW,
    REPLACE,
    SUPERVISE,
    TRANSFER,
    VALID,
    is_house,
)
from plugins.permits.service.afterpaper import OLD_LAST
from plugins.permits.service.afterwards import find_permit, held_of
from plugins.permits.service.history import note_event
from plugins.permits.service.rights import CARRY
from plugins.permits.services import declared
from plugins.permits.tables.register import Permit

_NO_PERMIT = Text(
    "ไม่พบใบอนุญาตเลขที่ {number} ในทะเบียน ใส่เลขที่ที่ถูกต้อง หรือลงทะเบียนใบที่ออกก่อนใช้ระบบ แล้วทำตามคำขอ",
    "The register has no permit {number}. Give the right number, or enter a permit that was issued "
    "before, and carry it out.",
)
_OTHER_STATE = Text(
    "ใบอนุญาตเลขที่ {number} แจ้งแล้วเสร็จหรือถูกเพิกถอนแล้ว ตรวจก่อน ถ้าไม่ต้องแก้ทะเบียน ปิดรายการนี้",
    "Permit {number} was completed or revoked. Check; close this if the register stays.",
)
_OTHER_DAY = Text(
    "ใบต่ออายุเขียนว่าใบอนุญาตเดิมใช้ได้ถึง {paper} แต่ทะเบียนเป็น {day} เพิกถอนใบต่ออายุแล้วให้ยื่นใหม่ หรือปิดรายการนี้",
    "The paper says that the permit was valid until {paper}, the register {day}. Revoke the paper "
    "and let it be asked for anew, or close this.",
)
_CERTIFICATE = Text(
    "อาคารของใบอนุญาตเลขที่ {number} ต้องมีใบรับรองก่อน ถ้าออกใบรับรองแล้ว ทำตามคำขอ ถ้ายัง แจ้งผู้ยื่นให้ขอใบรับรอง",
    "The building of permit {number} needs a certificate first. If it has one, carry this out; "
    "if not, tell who filed to ask for one.",
)
_MEANWHILE = Text(
    "มีผู้แก้ใบอนุญาตเลขที่ {number} พร้อมกัน ตรวจใบอนุญาต แล้วทำตามคำขอ",
    "Permit {number} was changed at the same moment. Look at it, then carry this out.",
)
_RENEWED = Text("ต่ออายุครั้งที่ {count} ถึง {day}", "Renewed, no. {count}, until {day}")
_SUPERVISED = Text(
    "แจ้งผู้ควบคุมงาน {who} ตั้งแต่ {begin} ถึง {end}",
    "Supervisor {who} from {begin} to {end}",
)
_REPLACED = Text("ออกใบแทน", "A replacement was issued")
_TRANSFERRED = Text(
    "ผู้ได้รับใบอนุญาตเปลี่ยนจาก {old} เป็น {new}", "The holder changed from {old} to {new}"
)
_CERTIFIED = Text("แล้วเสร็จเมื่อ {day} ออกใบรับรองแล้ว", "Completed on {day}, and certified")
_DONE = Text("แจ้งแล้วเสร็จเมื่อ {day}", "Completed on {day}")
_OWNER = Text("เจ้าของอาคาร", "the owner")


async def carry_out(ctx: Context, request: Request, number: str, sure: bool) -> UUID:
    """Do in the register what a request asks for, and return the id of its permit.

    :param number: of the permit, where an officer corrected it.
    :param sure: an officer has checked what the register alone cannot know.
    :raises InvalidInput: the register has no such permit.
    :raises Conflict: the permit does not stand so that it can be done.
    """
    typed = number or str(request.answers.get("permit", ""))
    permit = await find_permit(ctx, typed)
    if permit is None:
        raise InvalidInput({"number": _NO_PERMIT.format(number=typed)})
    what, act = _ACTS[request.service]
    if permit["state"] not in ((VALID, COMPLETED) if request.service == REPLACE else (VALID,)):
        raise Conflict(_OTHER_STATE.format(number=permit["number"]))
    async with transaction(ctx):
        words = await act(ctx, request, permit, sure)
        id: UUID = permit["case_id"]
        await note_event(ctx, id, what=what, day=ctx.today, words=words, case=request.id)
        await audit.record(ctx, f"permits.permit.{what}", f"permit/{id}", number=permit["number"])
    return id


async def _change(ctx: Context, permit: Mapping[str, Any], values: dict[Any, Any]) -> None:
    """Change a permit that still stands as it was read.

    :raises Conflict: another request was carried out meanwhile.
    """
    changed = (
        await Permit.update({**values, Permit.changed_at: ctx.now})
        .where(
            Permit.of(ctx),
            Permit.case_id == permit["case_id"],
            Permit.state == permit["state"],
            Permit.until == permit["until"],
        )
        .returning(Permit.case_id)
    )
    if not changed:
        raise Conflict(_MEANWHILE.format(number=permit["number"]))


async def _renewed(ctx: Context, request: Request, permit: Mapping[str, Any], sure: bool) -> Text:
    until = permit["until"]
    for row in request.found.paper.rows:
        if row.label == OLD_LAST and row.value != long_day(until, "th"):
            raise Conflict(_OTHER_DAY.format(paper=row.value, day=said_day(until)))
    last = renewal.last_day(until, int(request.answers["days"]))
    count = permit["renewed"] + 1
    await _change(ctx, permit, {Permit.until: last, Permit.renewed: count})
    return _RENEWED.format(count=count, day=said_day(last))


async def _supervised(
    ctx: Context, request: Request, permit: Mapping[str, Any], sure: bool
) -> Text:
    answers, chosen = request.answers, request.answers["supervisor"]
    names = {
        "person": ("supervisor_name",),
        "engineer": ("supervising_engineer_name",),
        "architect": ("supervising_architect_name",),
        "both": ("supervising_engineer_name", "supervising_architect_name"),
    }.get(chosen, ())
    who = ", ".join(str(answers.get(name, "")) for name in names) or _OWNER
    begin, end = (date.fromisoformat(answers[f"{name}_on"]) for name in ("begin", "end"))
    return _SUPERVISED.format(who=who, begin=said_day(begin), end=said_day(end))


async def _replaced(ctx: Context, request: Request, permit: Mapping[str, Any], sure: bool) -> Text:
    return _REPLACED


async def _transferred(
    ctx: Context, request: Request, permit: Mapping[str, Any], sure: bool
) -> Text:
    answers, who = request.answers, request.applicant
    new, phone = str(answers["new_holder"]), answers["new_phone"]
    # The account goes with the permit only where the new holder is who filed.
    own = who.phone == phone and "".join(who.name.split()) == "".join(new.split())
    values = {
        Permit.holder: new,
        Permit.phone: phone,
        Permit.account: who.account if own else None,
    }
    await _change(ctx, permit, values)
    return _TRANSFERRED.format(old=permit["holder"], new=new)


async def _completed(ctx: Context, request: Request, permit: Mapping[str, Any], sure: bool) -> Text:
    if not sure and not is_house(held_of(permit), request.answers.get("use")):
        raise Conflict(_CERTIFICATE.format(number=permit["number"]))
    await _change(ctx, permit, {Permit.state: COMPLETED})
    return _DONE.format(day=said_day(date.fromisoformat(request.answers["done_on"])))


async def _certified(ctx: Context, request: Request, permit: Mapping[str, Any], sure: bool) -> Text:
    await _change(ctx, permit, {Permit.state: COMPLETED})
    return _CERTIFIED.format(day=said_day(date.fromisoformat(request.answers["done_on"])))


# By service: the word for it in the history, and what does it.
_Act = Callable[[Context, Request, Mapping[str, Any], bool], Awaitable[Text]]
_ACTS: Mapping[str, tuple[str, _Act]] = {
    RENEW: ("renewed", _renewed),
    SUPERVISE: ("supervised", _supervised),
    REPLACE: ("replaced", _replaced),
    TRANSFER: ("transferred", _transferred),
    COMPLETE: ("completed", _completed),
    CERTIFY: ("certified", _certified),
}
CARRIER = Carrier(
    plugin="permits",
    services={one.code: one.title for one in declared() if one.code in AFTER},
    carry=carry_out,
    permission=CARRY,
    path="/desk/permits/requests",
    asks="permit",
)
