"""The register of service points: add, change, hand over, end, each from a day on, with reason."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add_all,
    audit,
    need,
    new_id,
    numbers,
    read_reason,
    transaction,
)
from kit.thai import said_day
from kit.treasury import keep_payer
from plugins.waste_fees.rules.register import Facts, Since, What
from plugins.waste_fees.service.entries import change_row, point_row, who
from plugins.waste_fees.service.rights import REGISTER
from plugins.waste_fees.tables.register import Change, Point

_NOT_FOUND = Text(
    "ไม่พบจุดให้บริการนี้ กลับไปที่ทะเบียนแล้วค้นอีกครั้ง",
    "There is no such service point. Go back to the register and search again.",
)
_LOCK = """
SELECT id FROM waste_fees.point WHERE tenant_id = $1 AND id = $2 FOR UPDATE
"""


async def open_point(
    ctx: Context,
    values: Mapping[str, Any],
    *,
    since: date,
    why: str,
    mark: str = "",
    case: UUID | None = None,
) -> UUID:
    """Add a service point, and return its id.

    :param values: of ``Facts`` by name; the payer is known by ``payer_name`` and what follows.
    :param mark: its code in the office's earlier register.
    :param case: the request that it comes of, here and below.
    :raises InvalidInput: another point has this mark.
    """
    need(ctx, REGISTER)
    said = read_reason(why)
    async with transaction(ctx):
        if mark and await Point.exists().where(Point.of(ctx), Point.mark == mark):
            raise InvalidInput(
                {
                    "mark": Text(
                        "มีจุดให้บริการที่ใช้รหัสเดิมนี้แล้ว ตรวจรหัส หรือเว้นว่างไว้",
                        "Another point has this earlier code. Check it, or leave it empty.",
                    )
                }
            )
        id = new_id()
        payer = await _payer(ctx, new_id(), values)
        facts = msgspec.convert({**values, "payer": payer.hex}, Facts)
        number = await numbers.draw(ctx, "waste_fees/point")
        row = point_row(ctx, id, number, facts, since) | {"mark": mark or None}
        await add_all(Point, [row])
        await add_all(Change, [change_row(ctx, id, "opened", facts, since, said, case)])
        await audit.record(ctx, "waste_fees.point.opened", f"point/{id}", number=number, why=said)
    return id


async def change_point(
    ctx: Context,
    point: UUID,
    values: Mapping[str, Any],
    *,
    from_on: date,
    why: str,
    case: UUID | None = None,
) -> None:
    """Change the facts of a point from a day on; what is billed already stays as it is.

    Another name of the payer is another payer: what the one before owes stays with that one.

    :param values: of ``Facts`` by name, those that change.
    :raises InvalidInput: the day is before the last change.
    """
    await _from(ctx, point, "changed", values, from_on, why, case)


async def close_point(
    ctx: Context, point: UUID, *, from_on: date, why: str, case: UUID | None = None
) -> None:
    """End the service of a point; arrears stay payable.

    :raises Conflict: it has ended already.
    """
    await _from(ctx, point, "closed", {"open": False}, from_on, why, case)


async def reopen_point(ctx: Context, point: UUID, *, from_on: date, why: str) -> None:
    """Begin the service of a point again.

    :raises Conflict: it has not ended.
    """
    await _from(ctx, point, "reopened", {"open": True}, from_on, why)


async def _from(
    ctx: Context,
    point: UUID,
    what: What,
    values: Mapping[str, Any],
    from_on: date,
    why: str,
    case: UUID | None = None,
) -> None:
    need(ctx, REGISTER)
    said = read_reason(why)
    async with transaction(ctx) as connection:
        await connection.fetch(_LOCK, ctx.tenant.id, point)
        history = await history_of(ctx, point)
        if not history:
            raise NotFound(_NOT_FOUND)
        last = history[-1]
        _check(last, what, from_on)
        known = msgspec.structs.asdict(last.facts)
        merged = known | dict(values)
        if merged["payer_name"] != known["payer_name"]:
            what = "transferred" if what == "changed" else what
            merged["payer"] = (await _payer(ctx, new_id(), merged)).hex
        elif any(merged[name] != known[name] for name in ("payer_address", "payer_phone")):
            await _same_payer(ctx, UUID(merged["payer"]), merged)
        facts = msgspec.convert(merged, Facts)
        if facts == last.facts:
            raise InvalidInput({"why": Text("ยังไม่ได้เปลี่ยนข้อมูลใด", "Nothing was changed yet.")})
        await add_all(Change, [change_row(ctx, point, what, facts, from_on, said, case)])
        if from_on <= ctx.today:
            await _show(ctx, point, facts, from_on)
        await audit.record(
            ctx,
            f"waste_fees.point.{what}",
            f"point/{point}",
            from_on=from_on.isoformat(),
            fields=sorted(name for name in merged if merged[name] != known[name]),
            why=said,
        )


def _check(last: Since, what: What, from_on: date) -> None:
    if from_on < last.from_on:
        raise InvalidInput(
            {
                "from_on.day": Text(
                    "วันมีผลต้องไม่ก่อน {day} ซึ่งเป็นวันมีผลของการเปลี่ยนครั้งล่าสุด",
                    "The day is not before {day}, from which the last change holds.",
                ).format(day=said_day(last.from_on))
            }
        )
    if (what == "closed" and not last.facts.open) or (what == "reopened" and last.facts.open):
        raise Conflict(
            Text(
                "มีผู้ทำรายการนี้ไปแล้ว ดูประวัติของจุดให้บริการ",
                "Somebody has done this already. See the history of the service point.",
            )
        )


async def _payer(ctx: Context, id: UUID, values: Mapping[str, Any]) -> UUID:
    return await keep_payer(ctx, who(id, values))


async def _same_payer(ctx: Context, payer: UUID, values: Mapping[str, Any]) -> None:
    async with transaction(ctx) as connection:
        subject = await connection.fetchval(
            "SELECT subject FROM treasury.payer WHERE tenant_id = $1 AND id = $2",
            ctx.tenant.id,
            payer,
        )
    await _payer(ctx, UUID(subject.partition("/")[2]), values)


async def _show(ctx: Context, point: UUID, facts: Facts, from_on: date) -> None:
    """Bring the row of a point up to date, by which the register is searched."""
    values = msgspec.structs.asdict(facts) | {"payer": UUID(facts.payer)}
    columns = {getattr(Point, name): value for name, value in values.items()}
    await Point.update(columns | {Point.facts_on: from_on, Point.changed_at: ctx.now}).where(
        Point.of(ctx), Point.id == point
    )


async def history_of(ctx: Context, point: UUID) -> list[Since]:
    """Return the facts of a point in the order of days."""
    async with transaction(ctx):
        rows = (
            await Change.select(Change.from_on, Change.facts)
            .where(Change.of(ctx), Change.point_id == point)
            .order_by(Change.from_on)
            .order_by(Change.id)
            .output(load_json=True)
        )
    return [Since(row["from_on"], msgspec.convert(row["facts"], Facts)) for row in rows]


_DUE = """
SELECT DISTINCT ON (c.point_id) c.point_id, c.from_on, c.facts FROM waste_fees.change c
JOIN waste_fees.point p ON p.tenant_id = c.tenant_id AND p.id = c.point_id
WHERE c.tenant_id = $1 AND c.from_on <= $2 AND c.from_on > p.facts_on
ORDER BY c.point_id, c.from_on DESC, c.id DESC
"""


async def take_effect(ctx: Context) -> None:
    """Show what was changed from today on; every morning."""
    async with transaction(ctx) as connection:
        for row in await connection.fetch(_DUE, ctx.tenant.id, ctx.today):
            facts = msgspec.json.decode(row["facts"], type=Facts)
            await _show(ctx, row["point_id"], facts, row["from_on"])


async def read_point(ctx: Context, point: UUID) -> dict[str, Any]:
    """Return a point; that it was read is recorded, for it holds names and a telephone.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = (
            await Point.select()
            .where(Point.of(ctx), Point.id == point)
            .first()
            .output(load_json=True)
        )
        if row is None:
            raise NotFound(_NOT_FOUND)
        await audit.record(ctx, "waste_fees.point.read", f"point/{point}")
    found: dict[str, Any] = row
    return found


async def changes_of(ctx: Context, point: UUID) -> list[dict[str, Any]]:
    """Return the changes of a point, the newest day last, each with its ``fields``."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Change.select()
            .where(Change.of(ctx), Change.point_id == point)
            .order_by(Change.from_on)
            .order_by(Change.id)
            .output(load_json=True)
        )
    before: dict[str, Any] = {}
    for row in rows:
        row["before"], before = before, row["facts"]
    return rows
