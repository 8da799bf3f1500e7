"""What of places stands on the page of a case, for its officers and for who follows it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.api import Card, Context, Text
from kit.casework import Status, grant_problem, read_request
from kit.thai import baht, said_day
from plugins.food_cert.rules.after import AFTER
from plugins.food_cert.rules.instrument import LICENSE, NOTIFY
from plugins.food_cert.rules.places import STANDS, stands
from plugins.food_cert.service import complaints
from plugins.food_cert.service.carrying import CARRIER
from plugins.food_cert.service.owing import bills_to_pay
from plugins.food_cert.service.places import get_place, place_of_case, places_of_paper
from plugins.food_cert.service.requests import place_of_request
from plugins.food_cert.service.rights import CARRY, READ

_OWN = (NOTIFY, LICENSE)
_PLACE = Text("สถานที่ในทะเบียน", "The place in the register")
_ROW = Text("{name} ทะเบียนที่ {number} {stands}", "{name}, no. {number}: {stands}")
_NONE = Text(
    "ไม่พบเอกสารเลขที่ {number} ในทะเบียน ตรวจเลขที่กับผู้ยื่น",
    "The register has no paper {number}. Check the number with who files.",
)
_DOUBLED = Text(
    "มีสถานที่เดียวกันในทะเบียนแล้ว ตรวจว่ายื่นซ้ำหรือไม่",
    "The register has this place already: see whether it was filed twice.",
)
_OPEN = Text("เปิดทะเบียน", "Open the register")
_WAITS = Text("อนุมัติแล้ว แต่ยังไม่ได้แก้ทะเบียน", "Granted, but not yet in the register")
_PUT_RIGHT = Text("ไปแก้ทะเบียน", "Put the register right")
_PAY = Text("ค่าธรรมเนียมรายปี ต้องชำระ {baht} บาท", "Yearly fee: {baht} baht to be paid")
_DUE = Text("{title} ชำระภายใน {day}", "{title}, to be paid by {day}")
_BY_QR = Text("ชำระด้วย QR", "Pay by QR")
_PUBLIC = Text("หน้าของร้าน", "Page of the place")
_WALL = Text(
    "ลูกค้าสแกน QR บนเอกสารแล้วกดดูหน้านี้ได้ บอกว่าร้านเปิดถูกต้องและผลตรวจสุขลักษณะ",
    "Who scans the QR on the paper is led to it: that the place is in order, and its hygiene.",
)
_SEE = Text("ดูหน้าของร้าน", "See it")


async def cards(ctx: Context, case: UUID, service: str, status: str, area: str) -> Sequence[Card]:
    """Return the cards of a case, the next thing to do first."""
    if service not in (*_OWN, *AFTER):
        return await complaints.cards(ctx, case, service, area)
    place = await _place(ctx, case)
    if area == "desk":
        return await _for_officer(ctx, case, service, place)
    if place is None or service not in _OWN or status != Status.ISSUED:
        return []
    return await _for_holder(ctx, place)


async def _place(ctx: Context, case: UUID) -> dict[str, Any] | None:
    known = await place_of_case(ctx, case)
    if known is not None:
        return known
    about = await place_of_request(ctx, case)
    return await get_place(ctx, about) if about else None


async def _for_officer(
    ctx: Context, case: UUID, service: str, place: dict[str, Any] | None
) -> list[Card]:
    if not ctx.actor.may(READ):
        return []
    found = []
    if service in AFTER:
        number = str((await read_request(ctx, case)).answers.get("paper", ""))
        if place is None:
            named = await places_of_paper(ctx, number)
            found += [_of_register(ctx, one, doubled=False) for one in named]
            if not named:
                words = _NONE.format(number=number)
                found.append(Card(_PLACE, words, "", Text("", ""), order=20))
        problem = await grant_problem(ctx, CARRIER, case) if ctx.actor.may(CARRY) else None
        if problem is not None:
            found.append(Card(_WAITS, problem, CARRIER.path, _PUT_RIGHT, order=10))
    if place is not None:
        found.append(_of_register(ctx, place, doubled=service in _OWN and place["case_id"] != case))
    return found


def _of_register(ctx: Context, place: Mapping[str, Any], *, doubled: bool) -> Card:
    words = _ROW.format(
        name=place["name"], number=place["number"], stands=STANDS[stands(place, ctx.today)]
    )
    if doubled and not place["renewing"]:
        words = Text(f"{words.th} {_DOUBLED.th}", f"{words.en} {_DOUBLED.en}")
    return Card(_PLACE, words, f"/desk/food/places/{place['id']}", _OPEN, order=20, sign="food")


async def _for_holder(ctx: Context, place: Mapping[str, Any]) -> list[Card]:
    found = [Card(_PUBLIC, _WALL, f"/food/places/{place['code']}", _SEE, order=40, sign="food")]
    for bill in (await bills_to_pay(ctx, [place["id"]])).get(place["id"], ())[:1]:
        title = Text(bill["title_th"], bill["title_en"])
        words = _DUE.format(title=title, day=said_day(bill["due_on"]))
        due = _PAY.format(baht=baht(bill["owed"]))
        found.insert(0, Card(due, words, bill["href"], _BY_QR, order=10, sign="pay"))
    return found
