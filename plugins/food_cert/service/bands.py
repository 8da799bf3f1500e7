"""Tariffs of bands: set by an officer from a day on, and an example until the first is set."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    audit,
    need,
    new_id,
    read_reason,
    transaction,
)
from plugins.food_cert.rules.bands import Band, Bounds, Tariff, bands_on, faults
from plugins.food_cert.rules.places import CERTIFICATE, LICENCE
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.rights import FEES
from plugins.food_cert.tables.fees import BandTariff

_PAST = Text(
    "อัตราเริ่มใช้ย้อนหลังไม่ได้ เลือกวันนี้หรือวันหลังจากนี้ ใบแจ้งที่ออกแล้วไม่เปลี่ยน",
    "A tariff does not begin in the past. Choose today or later; bills that were made stay.",
)
_SAME_DAY = Text(
    "มีอัตราที่เริ่มวันนี้อยู่แล้ว เลือกวันอื่น หรือถอนอัตราเดิมก่อน",
    "Another tariff begins on this day. Choose another day, or withdraw that one first.",
)
_BEGUN = Text(
    "อัตรานี้เริ่มใช้แล้ว จึงถอนไม่ได้ ให้ตั้งอัตราใหม่ที่เริ่มวันหลังจากนี้",
    "This tariff counts already, so it stays. Set a new one that begins on a later day.",
)
_NONE = Text("ไม่พบอัตรานี้ หรือถอนไปแล้ว", "There is no such tariff, or it was withdrawn.")


class Example(msgspec.Struct, frozen=True):
    """The tariff that counts before the office has set one.

    :param source: whose it is, and that it was not checked.
    """

    about: str
    source: Text
    verified: bool
    bands: tuple[Band, ...]


_FILE = Path(__file__).parents[1] / "data" / "bands.json"
EXAMPLE = msgspec.json.decode(_FILE.read_bytes(), type=Example)


_KEEP = """
INSERT INTO food_cert.band_tariff (tenant_id, id, from_on, bands, source, made_at, made_by_name)
VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7)
ON CONFLICT (tenant_id, from_on) WHERE withdrawn_at IS NULL DO NOTHING RETURNING id
"""


async def set_bands(ctx: Context, bands: Sequence[Band], *, from_on: date, source: str) -> UUID:
    """Set what fees are for years that begin on a day or later; bills that were made stay.

    :param source: the ordinance that says so.
    :raises InvalidInput: for ``from_on.day``, or ``<column>_<line>`` with lines from 1: the day is
        past or taken, bands leave a gap, overlap, cost nothing or more than the ceiling.
    """
    need(ctx, FEES)
    if from_on < ctx.today:
        raise InvalidInput({"from_on.day": _PAST})
    problems = {
        f"{one.column}_{one.at + 1}": one.sentence
        for one in faults(bands, await _bounds(ctx, from_on))
    }
    if problems:
        raise InvalidInput(problems)
    id, said = new_id(), read_reason(source)
    content = msgspec.json.encode(bands).decode()
    async with transaction(ctx) as connection:
        kept = await connection.fetchval(
            _KEEP, ctx.tenant.id, id, from_on, content, said, ctx.now, ctx.actor.name
        )
        if kept is None:
            raise InvalidInput({"from_on.day": _SAME_DAY})
        await audit.record(
            ctx,
            "food_cert.bands.set",
            f"bands/{id}",
            from_on=from_on.isoformat(),
            source=said,
        )
    return id


async def _bounds(ctx: Context, on: date) -> Bounds:
    limits = await limits_on(ctx, on)
    ceilings = {code: limits[f"ceiling.{code}"].whole for code in (CERTIFICATE, LICENCE)}
    return Bounds(limits["area.most"].number, ceilings)


async def withdraw_bands(ctx: Context, tariff: UUID) -> None:
    """Take back a tariff that has not begun; bills that were made by it stay.

    :raises Conflict: it has begun.
    :raises NotFound: there is none.
    """
    need(ctx, FEES)
    async with transaction(ctx):
        begins = (
            await BandTariff.update({BandTariff.withdrawn_at: ctx.now})
            .where(BandTariff.of(ctx), BandTariff.id == tariff, BandTariff.withdrawn_at.is_null())
            .returning(BandTariff.from_on)
        )
        if not begins:
            raise NotFound(_NONE)
        if begins[0]["from_on"] <= ctx.today:
            raise Conflict(_BEGUN)
        await audit.record(ctx, "food_cert.bands.withdrawn", f"bands/{tariff}")


async def band_rows(ctx: Context) -> list[dict[str, Any]]:
    """Return the tariffs of the office, the newest day first, ``bands`` as ``Band``."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await BandTariff.select()
            .where(BandTariff.of(ctx), BandTariff.withdrawn_at.is_null())
            .order_by(BandTariff.from_on, ascending=False)
            .output(load_json=True)
        )
    return [row | {"bands": msgspec.convert(row["bands"], tuple[Band, ...])} for row in rows]


async def tariffs_of(ctx: Context) -> list[Tariff]:
    """Return the tariffs of the office as they are reckoned with."""
    return [Tariff(row["from_on"], row["bands"]) for row in await band_rows(ctx)]


def counting(tariffs: Sequence[Tariff], day: date) -> tuple[Band, ...]:
    """Return the bands for fee years that begin on a day; those of the example before the first."""
    return bands_on(tariffs, day) or EXAMPLE.bands
