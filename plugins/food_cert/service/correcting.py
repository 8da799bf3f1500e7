"""Facts of a place put right by an officer, with the reason; of two at once the second is told."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import asyncpg

from core.api import Conflict, Context, InvalidInput, Text, need, read_reason, transaction
from kit.geo import Address
from plugins.food_cert.rules.correcting import Facts, changed, told
from plugins.food_cert.rules.places import sameness
from plugins.food_cert.service.places import change_place, get_place, same_place
from plugins.food_cert.service.rights import CARRY
from plugins.food_cert.tables.register import Place

_SAME = Text(
    "ทะเบียนมีสถานที่ชื่อนี้ที่ที่ตั้งเดียวกันแล้ว เลขทะเบียน {number} ตรวจชื่อ หรือเลิกแห่งที่ไม่มีจริง",
    "The register has a place of this name at the same address, no. {number}. Check the name, or "
    "close the one that is not there.",
)
_NOTHING = Text(
    "ยังไม่ได้แก้ข้อมูลใด แก้ช่องที่ไม่ตรงแล้วบันทึกอีกครั้ง",
    "Nothing was changed. Change what is not so, and keep it again.",
)
_MEANWHILE = Text(
    "มีผู้แก้ข้อมูลสถานที่นี้หลังจากท่านเปิดหน้านี้ เปิดหน้านี้ใหม่แล้วดูก่อนแก้อีกครั้ง",
    "This place was changed after you opened this page. Open it again and look before you go on.",
)


async def correct(ctx: Context, id: UUID, facts: Facts, *, revision: int, why: str) -> None:
    """Put facts of a place right.

    :param revision: of the place as it was read.
    :raises InvalidInput: there is no reason, nothing differs, or another place is called so.
    :raises Conflict: somebody changed it meanwhile.
    :raises NotFound: there is none.
    """
    need(ctx, CARRY)
    why = read_reason(why)
    try:
        async with transaction(ctx):
            await _change(ctx, await get_place(ctx, id), facts, revision=revision, why=why)
    except asyncpg.UniqueViolationError as clash:
        place = await get_place(ctx, id)
        there = await same_place(ctx, _same(place, facts))
        number = there["number"] if there else "–"
        raise InvalidInput({"name": _SAME.format(number=number)}) from clash


async def _change(
    ctx: Context, place: Mapping[str, Any], facts: Facts, *, revision: int, why: str
) -> None:
    if place["revision"] != revision:
        raise Conflict(_MEANWHILE)
    new = changed(place, facts)
    if not new:
        raise InvalidInput({"name": _NOTHING})
    columns = {getattr(Place, name): value for name, value in new.items()}
    columns[Place.sameness] = _same(place, facts)
    await change_place(ctx, place, columns, what="corrected", words=told(place, new, why))


def _same(place: Mapping[str, Any], facts: Facts) -> str:
    return sameness(facts.name, place["kind"], Address(**place["site"]))
