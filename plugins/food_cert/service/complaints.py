"""Complaints about places of the register: linked once, shown on both sides, to be looked into."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.api import Card, Context, NotFound, Text, add, audit, transaction
from kit.casework import CLOSED, Examination, Whereabouts, cases_at, read_request, read_requests
from plugins.food_cert.rules.places import STANDS, stands
from plugins.food_cert.service.places import get_place, place_of_code
from plugins.food_cert.service.rights import READ, UNIT
from plugins.food_cert.services.complaint import CODE, LOOK
from plugins.food_cert.tables.complaints import Complaint

MOST = 200
_UNKNOWN = Text(
    "ไม่พบรหัสร้านนี้ ตรวจตัวอักษรใต้ QR อีกครั้ง หรือลบรหัสแล้วใส่ชื่อร้านและที่ตั้ง",
    "No place has this code. Look at the letters below the QR again, or take the code out and give "
    "name and spot.",
)
_WHICH = Text(
    "บอกว่าร้านใด ใส่รหัสใต้ QR หรือชื่อร้านและที่ตั้ง",
    "Say which place: the code below its QR, or its name and spot.",
)
_WHERE = Text(
    "บอกที่ตั้งหรือจุดสังเกตของร้าน เพื่อให้เจ้าหน้าที่หาพบ",
    "Say where it is, or a landmark, so that an officer finds it.",
)
_OPEN_PLACE = Text("เปิดทะเบียน", "Open the register")
_TITLE = Text("เรื่องร้องเรียนร้านนี้", "Complaints about this place")
_COUNTS = Text("ยังไม่เสร็จ {open} เรื่อง จากทั้งหมด {all} เรื่อง", "Open: {open}, of {all} in all")
_OPEN_CASE = Text("เปิดเรื่องล่าสุด", "Open the latest")


async def examined(ctx: Context, answers: Mapping[str, Any]) -> Examination:
    """Return what is wrong with a complaint: nobody would find the place."""
    code, shop = answers.get("place", ""), answers.get("shop", "")
    if code:
        known = await _of_code(ctx, code)
        return Examination(problems={} if known else {"place": _UNKNOWN})
    if not shop:
        return Examination(problems={"shop": _WHICH})
    found = answers.get("spot") or answers.get("pin")
    return Examination(problems={} if found else {"spot": _WHERE})


async def _of_code(ctx: Context, code: str) -> dict[str, Any] | None:
    try:
        return await place_of_code(ctx, code)
    except NotFound:
        return None


async def link(ctx: Context, case: UUID, service: str) -> None:
    """Keep which place of the register a complaint is about; told twice it is kept once."""
    if service != CODE:
        return
    code = (await read_request(ctx, case)).answers.get("place", "")
    place = await _of_code(ctx, code) if code else None
    if place is None:
        return
    row = {
        "tenant_id": ctx.tenant.id,
        "case_id": case,
        "place_id": place["id"],
        "filed_on": ctx.today,
    }
    async with transaction(ctx):
        if await add(Complaint, row, unless=("tenant_id", "case_id")):
            subject = f"place/{place['id']}"
            await audit.record(ctx, "food_cert.complaint.linked", subject, case=str(case))


async def complained(ctx: Context) -> dict[UUID, Whereabouts]:
    """Return the places that are to be looked at because of a complaint, each with its case.

    In the order in which the cases are due; of several about one place the earliest.
    """
    waiting = {one.id: one for one in await cases_at(ctx, CODE, LOOK, units=None, limit=MOST)}
    if not waiting:
        return {}
    async with transaction(ctx):
        rows = await Complaint.select().where(
            Complaint.of(ctx), Complaint.case_id.is_in(list(waiting))
        )
    place_of = {row["case_id"]: row["place_id"] for row in rows}
    found: dict[UUID, Whereabouts] = {}
    for case, where in waiting.items():
        if case in place_of:
            found.setdefault(place_of[case], where)
    return found


async def cards(ctx: Context, case: UUID, service: str, area: str) -> list[Card]:
    """Return the place that a case complains about, for the officer's page of the case."""
    if service != CODE or area != "desk" or not ctx.actor.may(READ):
        return []
    async with transaction(ctx):
        row = (
            await Complaint.select(Complaint.place_id)
            .where(Complaint.of(ctx), Complaint.case_id == case)
            .first()
        )
    if row is None:
        return []
    place = await get_place(ctx, row["place_id"])
    said = STANDS[stands(place, ctx.today)]
    body = Text(f"{place['address']} · {said.th}", f"{place['address']} · {said.en}")
    title = Text(place["name"], place["name"])
    return [Card(title, body, f"/desk/food/places/{place['id']}", _OPEN_PLACE, 20, "food")]


async def cards_of_place(ctx: Context, place: Mapping[str, Any]) -> list[Card]:
    """Return the complaints about a place, counted, for who may read cases of the division."""
    if not ctx.actor.may("casework.read", UNIT):
        return []
    async with transaction(ctx):
        cases = (
            await Complaint.select(Complaint.case_id)
            .where(Complaint.of(ctx), Complaint.place_id == place["id"])
            .order_by(Complaint.case_id)
            .output(as_list=True)
        )
    if not cases:
        return []
    known = await read_requests(ctx, cases[-MOST:])
    open_ones = [id for id in cases if id in known and known[id].status not in CLOSED]
    said = _COUNTS.format(open=len(open_ones), all=len(cases))
    latest = (open_ones or cases)[-1]
    return [Card(_TITLE, said, f"/desk/cases/{latest}", _OPEN_CASE, order=10, sign="alert")]
