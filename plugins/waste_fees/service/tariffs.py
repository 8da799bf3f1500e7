"""Kinds of fees and their tariffs: set by an officer, dated, kept once bills came of them."""

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
    add,
    audit,
    need,
    new_id,
    read_reason,
    transaction,
)
from kit.treasury import Revenue
from plugins.waste_fees.rules.fees import Kind
from plugins.waste_fees.rules.tariffs import Content, Measure, Tariff, faults
from plugins.waste_fees.service.rights import TARIFF
from plugins.waste_fees.tables.tariffs import FeeKind, TariffRow

# The digits begin the references of bills; an office keeps one list of them.
REVENUES = (
    Revenue(
        code="waste_fees.collection",
        title=Text("ค่าธรรมเนียมเก็บและขนมูลฝอย", "Fee for collecting waste"),
        kind="01",
    ),
    Revenue(
        code="waste_fees.wastewater",
        title=Text("ค่าบริการบำบัดน้ำเสีย", "Charge for treating wastewater"),
        kind="02",
    ),
    Revenue(
        code="waste_fees.other",
        title=Text("ค่าธรรมเนียมอื่นด้านสิ่งแวดล้อม", "Other environmental fees"),
        kind="03",
    ),
)
_STARTING = Path(__file__).parents[1] / "data" / "starting.json"
_NOT_FOUND = Text("ไม่พบค่าธรรมเนียมนี้", "There is no such fee.")
_BEGUN = Text(
    "มีใบแจ้งที่ออกตามอัตรานี้แล้ว จึงถอนไม่ได้ ให้ตั้งอัตราใหม่ที่เริ่มวันหลังจากนี้",
    "Bills were issued by this tariff, so it stays. Set a new one that begins on a later day.",
)


class FoundKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of fee with what is kept of it."""

    code: str
    title: Text
    revenue: str
    measure: Measure
    factor: int

    @property
    def how(self) -> Kind:
        """How it is measured."""
        return Kind(self.measure, self.factor)

    @property
    def digits(self) -> str:
        """The two digits with which references of its bills begin."""
        return next(one.kind for one in REVENUES if one.code == self.revenue)


async def make_kind(
    ctx: Context, *, code: str, title: Text, revenue: str, measure: Measure, factor: int = 100
) -> None:
    """Make a kind of fee; it costs nothing until it has a tariff.

    :raises InvalidInput: the code is taken.
    """
    need(ctx, TARIFF)
    row = {
        "tenant_id": ctx.tenant.id,
        "code": code,
        "title_th": title.th,
        "title_en": title.en,
        "revenue": revenue,
        "measure": measure,
        "factor": factor,
        "made_at": ctx.now,
    }
    async with transaction(ctx):
        if not await add(FeeKind, row, unless=("tenant_id", "code")):
            raise InvalidInput(
                {"code": Text("รหัสนี้มีแล้ว ใช้รหัสอื่น", "This code is taken. Use another.")}
            )
        await audit.record(ctx, "waste_fees.kind.made", f"kind/{code}", measure=measure)


async def kinds_of(ctx: Context) -> list[FoundKind]:
    """Return the kinds of fees of the office, the oldest first."""
    async with transaction(ctx):
        rows = await FeeKind.select().where(FeeKind.of(ctx)).order_by(FeeKind.made_at)
    return [_kind(row) for row in rows]


async def get_kind(ctx: Context, code: str) -> FoundKind:
    """Return a kind of fee.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = await FeeKind.select().where(FeeKind.of(ctx), FeeKind.code == code).first()
    if row is None:
        raise NotFound(_NOT_FOUND)
    return _kind(row)


def _kind(row: dict[str, Any]) -> FoundKind:
    return FoundKind(
        title=Text(row["title_th"], row["title_en"]),
        **{name: row[name] for name in ("code", "revenue", "measure", "factor")},
    )


async def set_tariff(
    ctx: Context, kind: str, *, from_on: date, content: Content, source: str
) -> UUID:
    """Set what a fee costs from a day on.

    :param source: the ordinance that says so.
    :raises InvalidInput: it could be read in two ways, or another begins on that day.
    """
    need(ctx, TARIFF)
    known = await get_kind(ctx, kind)
    wrong = list(faults(known.measure, content))
    if wrong:
        raise InvalidInput({"bands": wrong[0]})
    row = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "kind": kind,
        "from_on": from_on,
        "content": msgspec.to_builtins(content),
        "source": read_reason(source),
        "made_at": ctx.now,
        "made_by_name": ctx.actor.name,
    }
    async with transaction(ctx):
        same = (TariffRow.kind == kind, TariffRow.from_on == from_on)
        if await TariffRow.exists().where(
            TariffRow.of(ctx), *same, TariffRow.withdrawn_at.is_null()
        ):
            raise InvalidInput(
                {
                    "from_on.day": Text(
                        "มีอัตราที่เริ่มวันนี้อยู่แล้ว เลือกวันอื่น หรือถอนอัตราเดิมก่อน",
                        "Another tariff begins on this day. Choose another, or withdraw that one.",
                    )
                }
            )
        await add(TariffRow, row)
        await audit.record(
            ctx,
            "waste_fees.tariff.set",
            f"tariff/{row['id']}",
            kind=kind,
            from_on=from_on.isoformat(),
            source=row["source"],
        )
    made: UUID = row["id"]
    return made


_USED = """
SELECT EXISTS (SELECT 1 FROM waste_fees.run r WHERE r.tenant_id = $1 AND r.kind = $2
  AND r.bills > 0 AND r.state <> 'counted' AND r.state <> 'counting'
  AND r.first_month + make_interval(months => r.months) > $3::date)
"""


async def withdraw_tariff(ctx: Context, tariff: UUID) -> None:
    """Take back a tariff by which nothing was billed.

    :raises Conflict: something was, or it was taken back already.
    """
    need(ctx, TARIFF)
    async with transaction(ctx) as connection:
        rows = (
            await TariffRow.update({TariffRow.withdrawn_at: ctx.now})
            .where(TariffRow.of(ctx), TariffRow.id == tariff, TariffRow.withdrawn_at.is_null())
            .returning(TariffRow.kind, TariffRow.from_on)
        )
        if not rows:
            raise Conflict(Text("อัตรานี้ถอนไปแล้ว", "This tariff was withdrawn already."))
        if await connection.fetchval(_USED, ctx.tenant.id, rows[0]["kind"], rows[0]["from_on"]):
            raise Conflict(_BEGUN)
        await audit.record(
            ctx, "waste_fees.tariff.withdrawn", f"tariff/{tariff}", kind=rows[0]["kind"]
        )


async def tariff_rows(ctx: Context, kind: str) -> list[dict[str, Any]]:
    """Return the tariffs of a fee, the newest day first, ``content`` as a ``Content``."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await TariffRow.select()
            .where(TariffRow.of(ctx), TariffRow.kind == kind, TariffRow.withdrawn_at.is_null())
            .order_by(TariffRow.from_on, ascending=False)
            .output(load_json=True)
        )
    return [row | {"content": msgspec.convert(row["content"], Content)} for row in rows]


async def tariffs_of(ctx: Context, kind: str) -> Sequence[Tariff]:
    """Return the tariffs of a fee as they are reckoned with."""
    return [Tariff(row["from_on"], row["content"]) for row in await tariff_rows(ctx, kind)]


async def begin_with(ctx: Context) -> None:
    """Give a municipality that has no fee the first one, with a tariff as an example.

    The figures are of other local governments; the office puts its own ordinance in their place.
    """
    if await kinds_of(ctx):
        return
    for known in msgspec.json.decode(_STARTING.read_bytes())["kinds"]:
        async with transaction(ctx):
            await make_kind(
                ctx,
                code=known["code"],
                title=Text(*known["title"]),
                revenue=known["revenue"],
                measure=known["measure"],
            )
            for tariff in known["tariffs"]:
                await set_tariff(
                    ctx,
                    known["code"],
                    from_on=date.fromisoformat(tariff["from_on"]),
                    content=msgspec.convert(tariff["content"], Content),
                    source=tariff["source"],
                )
