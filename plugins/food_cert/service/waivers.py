"""Waivers: between two days everybody is let off a part of the fees that fall due."""

from datetime import date
from typing import Any
from uuid import UUID

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    audit,
    defer,
    need,
    new_id,
    read_reason,
    transaction,
)
from plugins.food_cert.rules.fees import Waived
from plugins.food_cert.rules.places import INSTRUMENTS
from plugins.food_cert.service.rights import FEES
from plugins.food_cert.tables.fees import Waiver

# Bills that are there are brought in step with the waivers in the background.
JOB = "food_cert.reduce"

_BACKDATED = Text(
    "ยกเว้นย้อนหลังไม่ได้ เริ่มวันนี้หรือหลังจากนี้ ถ้าจะลดหนี้ที่ครบกำหนดก่อนหน้านี้ "
    "ให้ผู้อำนวยการกองคลังลดหรือยกเว้นทีละใบในหน้าใบแจ้ง",
    "A waiver begins today or later. What fell due before is let off bill by bill: "
    "ask the director of finance to do so on the page of the bill.",
)
_BACKWARDS = Text(
    "วันสุดท้ายต้องไม่ก่อนวันแรกของการยกเว้น แก้วันใดวันหนึ่ง",
    "The last day is not before the first one. Change one of them.",
)
_PERCENT = Text("ใส่ร้อยละ 1 ถึง 100", "Give 1 to 100 per cent.")
_INSTRUMENT = Text("เลือกประเภทที่ยกเว้น", "Choose what is waived.")
_NONE = Text("ไม่พบการยกเว้นนี้ หรือถอนไปแล้ว", "There is no such waiver, or it was withdrawn.")
_BEGUN = Text(
    "การยกเว้นนี้เริ่มแล้ว จึงถอนไม่ได้ ผู้ที่ได้ยกเว้นแล้วเชื่อตามนี้",
    "This waiver has begun, so it stays: people rely on it.",
)


async def add_waiver(
    ctx: Context,
    *,
    from_on: date,
    until_on: date,
    percent: int,
    instrument: str = "",
    law: str,
    why: str,
) -> UUID:
    """Let everybody off a part of the fees that fall due from one day to another.

    Bills that were made and are not paid are reduced in the background.

    :param until_on: inclusive.
    :param percent: 1 to 100; of two waivers the larger counts.
    :param instrument: of which fees; empty for all.
    :param law: that allows it, up to 500 characters, as ``why``.
    :raises InvalidInput: by field.
    """
    need(ctx, FEES)
    problems: dict[str, Text] = {}
    if from_on < ctx.today:
        problems["from_on.day"] = _BACKDATED
    if until_on < from_on:
        problems["until_on.day"] = _BACKWARDS
    if not 1 <= percent <= 100:
        problems["percent"] = _PERCENT
    if instrument and instrument not in INSTRUMENTS:
        problems["instrument"] = _INSTRUMENT
    if problems:
        raise InvalidInput(problems)
    id = new_id()
    row = {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "from_on": from_on,
        "until_on": until_on,
        "percent": percent,
        "instrument": instrument,
        "law": read_reason(law),
        "why": read_reason(why),
        "made_at": ctx.now,
        "made_by_name": ctx.actor.name,
    }
    async with transaction(ctx):
        await add(Waiver, row)
        await audit.record(
            ctx,
            "food_cert.waiver.added",
            f"waiver/{id}",
            days=[from_on.isoformat(), until_on.isoformat()],
            percent=percent,
            instrument=instrument,
            why=row["why"],
        )
        await _reduce_later(ctx)
    return id


async def withdraw_waiver(ctx: Context, waiver: UUID) -> None:
    """Take back a waiver that has not begun; what nobody has paid is billed in full again.

    :raises Conflict: it has begun.
    :raises NotFound: there is none.
    """
    need(ctx, FEES)
    async with transaction(ctx):
        begins = (
            await Waiver.update({Waiver.withdrawn_at: ctx.now})
            .where(Waiver.of(ctx), Waiver.id == waiver, Waiver.withdrawn_at.is_null())
            .returning(Waiver.from_on)
        )
        if not begins:
            raise NotFound(_NONE)
        if begins[0]["from_on"] <= ctx.today:
            raise Conflict(_BEGUN)
        await audit.record(ctx, "food_cert.waiver.withdrawn", f"waiver/{waiver}")
        await _reduce_later(ctx)


async def _reduce_later(ctx: Context) -> None:
    await defer(ctx, JOB, lock=f"{JOB}/{ctx.tenant.id}")


async def waivers_of(ctx: Context) -> list[dict[str, Any]]:
    """Return the waivers that were not withdrawn, the latest first: rows of ``Waiver``."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Waiver.select()
            .where(Waiver.of(ctx), Waiver.withdrawn_at.is_null())
            .order_by(Waiver.from_on, ascending=False)
            .order_by(Waiver.id, ascending=False)
        )
    return rows


_COUNTING = """
SELECT from_on, until_on, percent, instrument FROM food_cert.waiver
WHERE tenant_id = $1 AND withdrawn_at IS NULL FOR SHARE
"""


async def waived_of(ctx: Context) -> list[Waived]:
    """Return the waivers as they are reckoned with; this transaction keeps them as they are."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_COUNTING, ctx.tenant.id)
    return [Waived(**row) for row in rows]
