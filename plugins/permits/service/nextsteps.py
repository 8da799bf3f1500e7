"""What stands on the pages of a case: the way on from a permit, and what the register says."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from core.api import Card, Context, Text, transaction
from kit.casework import Status, grant_problem, read_request
from kit.thai import said_day
from plugins.permits.rules.after import AFTER, COMPLETED, REVOKED, VALID
from plugins.permits.rules.ways import BUILD, SMALL
from plugins.permits.service.afterwards import find_permit
from plugins.permits.service.carrying import CARRIER
from plugins.permits.service.rights import CARRY
from plugins.permits.tables.register import Permit

NEXT = "/permits/after"
_TITLE = Text("ระหว่างและหลังก่อสร้าง", "While you build, and after")
_VALID = Text(
    "ใบอนุญาตเลขที่ {number} ใช้ได้ถึง {day} ถ้างานไม่เสร็จ ต่ออายุก่อนวันนั้น",
    "Permit {number} is valid until {day}. If the work is not done by then, renew it before.",
)
_EXPIRED = Text(
    "ใบอนุญาตเลขที่ {number} หมดอายุเมื่อ {day} ถ้างานยังไม่เสร็จ หยุดงานแล้วยื่นขอใบอนุญาตใหม่",
    "Permit {number} expired on {day}. If the work is not done, stop it and ask for a new permit.",
)
_CHOOSE = Text("เลือกเรื่องที่จะทำ", "Choose what to do")
_REGISTER = Text("ใบอนุญาตในทะเบียน", "The permit in the register")
_ROW = Text(
    "เลขที่ {number} ผู้ได้รับใบอนุญาต {holder} ใช้ได้ถึง {day} {state}",
    "No. {number}, holder {holder}, valid until {day}, {state}",
)
_STATES = {
    VALID: Text("ยังใช้อยู่", "in use"),
    COMPLETED: Text("แจ้งแล้วเสร็จแล้ว", "completed"),
    REVOKED: Text("ถูกเพิกถอน", "revoked"),
}
_NONE = Text(
    "ไม่พบใบอนุญาตเลขที่ {number} ในทะเบียน ตรวจเลขที่กับผู้ยื่น",
    "The register has no permit {number}. Check the number with who files.",
)
_WAITS = Text("อนุมัติแล้ว แต่ยังไม่ได้แก้ทะเบียน", "Granted, but not yet in the register")
_SEE = Text("ไปแก้ทะเบียน", "Put the register right")


async def cards(ctx: Context, case: UUID, service: str, status: str, area: str) -> Sequence[Card]:
    """Return the cards for a page of a case, as the hook ``cards_for_case`` asks."""
    if area == "track" and service in (SMALL, BUILD) and status == Status.ISSUED:
        return await _for_holder(ctx, case)
    if area == "desk" and service in AFTER and ctx.actor.may(CARRY):
        return await _for_officer(ctx, case)
    return []


async def _for_holder(ctx: Context, case: UUID) -> list[Card]:
    async with transaction(ctx):
        row = await Permit.select().where(Permit.of(ctx), Permit.case_id == case).first()
    if row is None or row["state"] != VALID:
        return []
    known = urlencode({"permit": row["number"], "work": row["work"]})
    body = _VALID if ctx.today <= row["until"] else _EXPIRED
    words = body.format(number=row["number"], day=said_day(row["until"]))
    return [Card(_TITLE, words, f"{NEXT}?{known}", _CHOOSE)]


async def _for_officer(ctx: Context, case: UUID) -> list[Card]:
    request = await read_request(ctx, case)
    number = str(request.answers.get("permit", ""))
    row = await find_permit(ctx, number)
    found = _NONE.format(number=number)
    if row is not None:
        state = _STATES[row["state"]]
        found = _ROW.format(
            number=row["number"], holder=row["holder"], state=state, day=said_day(row["until"])
        )
    cards = [Card(_REGISTER, found, "", Text("", ""), order=20)]
    problem = await grant_problem(ctx, CARRIER, case)
    if problem is not None:
        cards.insert(0, Card(_WAITS, problem, CARRIER.path, _SEE, order=10))
    return cards
