"""Who acts in whose post: รักษาราชการแทน, ปฏิบัติราชการแทน, รักษาการในตำแหน่ง.

While an order counts, its actor has the permissions of the post. It stops by
its last day or by being ended; what was signed under it stays signed.

Law: Municipality Act B.E. 2496, s. 48 visati (the mayor's deputies and delegates).
"""

from datetime import date
from typing import Any, Literal
from uuid import UUID

import asyncpg
import msgspec

from core import audit, db
from core.context import Context
from core.errors import Conflict, InvalidInput, NotFound
from core.identity import accounts, holders
from core.identity.tables import ActingOrder
from core.text import Text

Mode = Literal["replacing", "delegated", "filling"]

# The words under a signature, before the name of the post.
MODES: dict[str, Text] = {
    "replacing": Text("รักษาราชการแทน", "Acting for"),
    "delegated": Text("ปฏิบัติราชการแทน", "By delegation of"),
    "filling": Text("รักษาการในตำแหน่ง", "Acting in the vacant post of"),
}

_LONGEST = {"post": 200, "order_no": 60}
_FILL_IN = {
    "post": Text(
        "กรอกตำแหน่งที่แทน เช่น นายกเทศมนตรีเมืองแม่เหียะ",
        "Give the post that is acted for, as it stands under a signature.",
    ),
    "order_no": Text("กรอกเลขที่คำสั่ง เช่น 123/2569", "Give the number of the order, e.g. 123/2569."),
}
_MODE = Text("เลือกแบบการแทนจากรายการ", "Choose how the post is acted for.")
_BACKWARDS = Text("วันสุดท้ายต้องไม่ก่อนวันแรก", "The last day must not be before the first.")
_SELF = Text("ผู้แทนต้องไม่ใช่เจ้าของตำแหน่งเอง", "Nobody acts for themselves.")
_OVERLAP = Text(
    "มีผู้รักษาราชการแทนตำแหน่งนี้อยู่แล้วในช่วงวันดังกล่าว ยุติคำสั่งเดิมก่อน หรือเปลี่ยนวัน",
    "Somebody replaces this post on these days already. End that order, or change the days.",
)
_NO_ORDER = Text("ไม่พบคำสั่งนี้ หรือยุติไปแล้ว", "There is no such order, or it has ended.")

# Days without an end reach as far as days do.
_OVERLAPS = """
SELECT EXISTS (
  SELECT FROM core.acting
  WHERE tenant_id = $1 AND role = $2 AND unit IS NOT DISTINCT FROM $3
    AND mode = 'replacing' AND ended_at IS NULL
    AND from_on <= coalesce($5::date, 'infinity') AND $4 <= coalesce(to_on, 'infinity')
)
"""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """By whose order who acts in which post, and when. The post is a role in a unit.

    :param unit: where the role counts; None: everywhere.
    :param post: as it stands under a signature.
    :param to_on: the last day; None: until it is ended.
    :param principal: whose post it is; None when it is vacant.
    """

    actor: UUID
    role: str
    unit: str | None = None
    post: str
    mode: Mode
    order_no: str
    order_on: date
    from_on: date
    to_on: date | None = None
    principal: UUID | None = None


async def appoint_acting(ctx: Context, order: Order) -> UUID:
    """Enter the order by which an officer acts in a post.

    For one post two may not replace at the same time.

    :returns: the id under which it is kept.
    :raises InvalidInput: something is missing, or the days run backwards.
    :raises Conflict: somebody replaces that post on one of the days already.
    """
    order = msgspec.structs.replace(
        order, post=" ".join(order.post.split()), order_no=" ".join(order.order_no.split())
    )
    if problems := _problems(ctx, order):
        raise InvalidInput(problems)
    held = await holders.get_role(ctx, order.role)
    holders.check_reach(ctx, held["permissions"], order.unit)
    await _check_officers(ctx, order.actor, order.principal)
    id = db.new_id()
    given: dict[str, Any] = msgspec.structs.asdict(order)
    row = ActingOrder(tenant_id=ctx.tenant.id, id=id, created_at=ctx.now, **given)
    async with db.transaction(ctx) as connection:
        if order.mode == "replacing":
            await _refuse_overlap(ctx, connection, order)
        await ActingOrder.insert(row)
        await holders.renew_rights(ctx, order.actor)
        detail = {"role": order.role, "mode": order.mode}
        await audit.record(
            ctx, "core.acting.appointed", f"acting/{id}", owner=order.actor, **detail
        )
    return id


def _problems(ctx: Context, order: Order) -> dict[str, Text]:
    problems = {
        field: _FILL_IN[field]
        for field, longest in _LONGEST.items()
        if not 0 < len(getattr(order, field)) <= longest
    }
    if order.mode not in MODES:
        problems["mode"] = _MODE
    if order.to_on is not None and order.to_on < order.from_on:
        problems["to_on"] = _BACKWARDS
    if order.principal == order.actor:
        problems["principal"] = _SELF
    if order.unit is not None and order.unit not in ctx.tenant.units:
        problems["unit"] = holders.NO_UNIT
    return problems


async def _check_officers(ctx: Context, *people: UUID | None) -> None:
    for person in people:
        if person is not None and (await accounts.get(ctx, person))["kind"] != "officer":
            raise NotFound(accounts.NO_ACCOUNT)


async def _refuse_overlap(ctx: Context, connection: asyncpg.Connection, order: Order) -> None:
    # The role's row is the lock: of two orders entered at once the second sees the first.
    await connection.execute(
        "SELECT FROM core.role WHERE tenant_id = $1 AND code = $2 FOR UPDATE",
        ctx.tenant.id,
        order.role,
    )
    if await connection.fetchval(
        _OVERLAPS, ctx.tenant.id, order.role, order.unit, order.from_on, order.to_on
    ):
        raise Conflict(_OVERLAP)


async def end_acting(ctx: Context, *, order: UUID) -> None:
    """End an order from now on, before its last day.

    :raises NotFound: there is none, or it has been ended already.
    """
    async with db.transaction(ctx):
        row = (
            await ActingOrder.select()
            .where(ActingOrder.of(ctx), ActingOrder.id == order, ActingOrder.ended_at.is_null())
            .lock_rows("UPDATE")
            .first()
        )
        if row is None:
            raise NotFound(_NO_ORDER)
        role = await holders.get_role(ctx, row["role"])
        holders.check_reach(ctx, role["permissions"], row["unit"])
        await ActingOrder.update({ActingOrder.ended_at: ctx.now}).where(
            ActingOrder.of(ctx), ActingOrder.id == order
        )
        await holders.renew_rights(ctx, row["actor"])
        await audit.record(ctx, "core.acting.ended", f"acting/{order}", owner=row["actor"])


async def acting_orders(ctx: Context, *, actor: UUID | None = None) -> list[dict[str, Any]]:
    """Return the orders that count today or later, of one officer or of all, the next first."""
    query = (
        ActingOrder.select()
        .where(
            ActingOrder.of(ctx),
            ActingOrder.ended_at.is_null(),
            (ActingOrder.to_on.is_null()) | (ActingOrder.to_on >= ctx.today),
        )
        .order_by(ActingOrder.from_on)
    )
    async with db.transaction(ctx):
        rows: list[dict[str, Any]] = await (
            query if actor is None else query.where(ActingOrder.actor == actor)
        )
    return rows
