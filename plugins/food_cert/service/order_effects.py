"""What an order does to its place: how it stands then, with its history, and how it comes back."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.api import Conflict, Context, Text, transaction
from kit.documents import revoke
from kit.thai import long_day, said_day
from plugins.food_cert.rules.orders import KINDS, stand_under
from plugins.food_cert.rules.places import OWES, RUNS, State
from plugins.food_cert.service.places import change_place, same_place
from plugins.food_cert.tables.register import Place, PlacePaper

_ORDERED = Text("คำสั่งที่ {number} {kind}", "Order {number}: {kind}")
_UNTIL = Text(" ถึง {day}", " until {day}")
_COMPLIED = Text("ปฏิบัติตามคำสั่งที่ {number} แล้ว", "Order {number} was obeyed")
_WITHDRAWN = Text("ยกเลิกคำสั่งที่ {number}", "Order {number} was withdrawn")
_REVOKED = Text("ถูกเพิกถอนตามคำสั่งที่ {number} ลงวันที่ {day}", "Revoked by order {number} of {day}")
_SPOT = Text(
    "มีกิจการเดียวกันลงทะเบียนใหม่ที่จุดนี้แล้ว คืนใบอนุญาตเดิมไม่ได้ ปรึกษาฝ่ายกฎหมายก่อน",
    "The same business was entered anew at this spot, so the old licence cannot come back. Ask "
    "your lawyers first.",
)
# What the history of a place calls an order of each kind.
_WHAT = {
    "improve": "ordered",
    "suspend": "suspended",
    "revoke": "revoked",
    "stop": "stopped",
    "ban": "stopped",
}


async def follow_issued(
    ctx: Context,
    place: Mapping[str, Any],
    order: Mapping[str, Any],
    others: Sequence[Mapping[str, Any]],
) -> None:
    """Let a place stand as an order says.

    :param place: as it was read in the transaction of the order.
    :param others: orders about it that are open.
    """
    day = order["until"]
    until = _UNTIL.format(day=said_day(day)) if day else Text("", "")
    said = _ORDERED.format(kind=KINDS[order["kind"]], number=order["number"])
    words = Text(f"{said.th}{until.th}", f"{said.en}{until.en}")
    values = _standing(ctx, place, [*others, order], order["before"]) if order["before"] else {}
    await change_place(ctx, place, values, what=_WHAT[order["kind"]], words=words)
    if values and order["kind"] == "revoke":
        await _revoke_paper(ctx, place, order)


async def follow_closed(
    ctx: Context,
    place: Mapping[str, Any],
    order: Mapping[str, Any],
    others: Sequence[Mapping[str, Any]],
    state: str,
) -> None:
    """Let a place come back to how it stands without an order that was closed.

    One that has been closed meanwhile, or whose licence was revoked, stays as it is.

    :param others: orders about it that are still open.
    :raises Conflict: the same business was entered anew at the spot.
    """
    values: dict[Any, Any] = {}
    back = order["kind"] == "revoke" and state == "withdrawn"
    stays = {State.REVOKED} if back else OWES
    if order["before"] and place["state"] in stays:
        if back and await same_place(ctx, place["sameness"]):
            raise Conflict(_SPOT)
        values = _standing(ctx, place, others, order["before"])
    said = _COMPLIED if state == "complied" else _WITHDRAWN
    resumes = values and values[Place.state] in RUNS and place["state"] not in RUNS
    await change_place(
        ctx,
        place,
        values,
        what="resumed" if resumes else "settled",
        words=said.format(number=order["number"]),
    )


def _standing(
    ctx: Context, place: Mapping[str, Any], orders: Sequence[Mapping[str, Any]], before: str
) -> dict[Any, Any]:
    # A notice that was certified meanwhile is waited for no more.
    waits = before == State.NOTIFIED and place["paper"] is None
    base = State.NOTIFIED if waits else State.VALID
    state, until = stand_under([one for one in orders if one["before"]], base, ctx.today)
    return {Place.state: state, Place.state_until: until}


async def _revoke_paper(ctx: Context, place: Mapping[str, Any], order: Mapping[str, Any]) -> None:
    """Take back the licence itself, so that its verification page says so."""
    if place["paper"] is None:
        return
    async with transaction(ctx):
        paper = (
            await PlacePaper.select(PlacePaper.subject)
            .where(PlacePaper.of(ctx), PlacePaper.paper == place["paper"])
            .first()
        )
        if paper is not None:
            day = long_day(ctx.today, "th")
            why = _REVOKED.format(number=order["number"], day=day).th
            await revoke(ctx, place["paper"], subject=paper["subject"], why=why)
