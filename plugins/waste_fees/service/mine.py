"""A citizen's own service points: what they owe, what was paid, and how they come to an account.

A point is somebody's whose account its payer has in the treasury. That comes about by a request
that was filed after signing in and approved, or by who signs in with the telephone and the name
that stand in the register and says that the point is theirs.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from markupsafe import Markup

from core.api import Card, Conflict, Context, NotFound, Text, audit, people, transaction
from kit.treasury import (
    BillPayment,
    Transfer,
    bind_payers,
    code_to_pay,
    months_of,
    my_bills,
    my_payers,
    payment_svg,
)
from plugins.waste_fees.rules.persons import same_person
from plugins.waste_fees.service.entries import SOURCE

MOST = 50
_NOT_MINE = Text(
    "ไม่พบจุดให้บริการนี้ในบัญชีของท่าน ดูรายการในหน้าค่าขยะของฉัน",
    "There is no such service point of your account. See the page of your waste fees.",
)
_TAKEN = Text(
    "จุดนี้อยู่ในบัญชีอื่นแล้ว หรือข้อมูลในทะเบียนเปลี่ยนไป ติดต่อสำนักงานพร้อมเลขที่จุดให้บริการ ไม่มีอะไรถูกเปลี่ยน",
    "This point is in another account already, or the register has changed. Ask the office, and "
    "tell the number of the point. Nothing was changed.",
)
DOOR = Card(
    Text("ค่าขยะของฉัน", "My waste fees"),
    Text("จุดให้บริการ ยอดที่ต้องชำระ ประวัติ", "Service points, what is owed, the past months"),
    "/my/waste",
    Text("เปิด", "Open"),
    order=30,
    sign="truck",
)

_MINE = """
SELECT id, number, address, open, "use", bins, litres, zone, route, payer = ANY($2) AS own
FROM waste_fees.point WHERE tenant_id = $1 AND (payer = ANY($2) OR id = ANY($3))
ORDER BY open DESC, number LIMIT $4
"""
_OF_PHONE = """
SELECT id, number, address, payer, payer_name FROM waste_fees.point
WHERE tenant_id = $1 AND payer_phone = $2 AND payer_phone <> '' AND payer <> ALL($3)
ORDER BY number LIMIT $4
"""


class Mine(msgspec.Struct, frozen=True, kw_only=True):
    """The points of an account.

    :ivar points: each with its ``bills`` that are open and what is ``owed`` of them.
    :ivar offered: points of the register that name the same telephone and the same person.
    :ivar others: how many more name the telephone, with somebody else's name.
    """

    points: list[dict[str, Any]]
    offered: list[dict[str, Any]]
    others: int

    @property
    def owed(self) -> int:
        """Satang in all."""
        return sum(one["owed"] for one in self.points)


async def my_points(ctx: Context) -> Mine:
    """Return the points of the account, and those that may be."""
    async with transaction(ctx):
        payers = await my_payers(ctx, SOURCE)
        bills = _by_point(await my_bills(ctx))
        rows = await _read(ctx, payers, list(bills))
        offered, others = await _of_phone(ctx, payers)
    for row in rows:
        row["bills"] = [one for one in bills.get(row["id"], ()) if one["state"] == "open"]
        row["owed"] = sum(one["owed"] for one in row["bills"])
    return Mine(points=rows, offered=offered, others=others)


def _by_point(bills: Sequence[dict[str, Any]]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = {}
    for one in bills:
        noun, _, id = one["subject"].partition("/")
        if one["source"] == SOURCE and noun == "point":
            found.setdefault(UUID(id), []).append(one)
    return found


async def _read(
    ctx: Context, payers: Sequence[UUID], points: Sequence[UUID]
) -> list[dict[str, Any]]:
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_MINE, ctx.tenant.id, list(payers), list(points), MOST)
    return [dict(row) for row in rows]


async def _of_phone(ctx: Context, payers: Sequence[UUID]) -> tuple[list[dict[str, Any]], int]:
    """Return the points that name the account's telephone and person, and how many only it."""
    known = await people.find_account(ctx, ctx.actor.id) if ctx.actor.id else None
    if known is None or known.kind != "citizen" or known.phone is None:
        return [], 0
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_OF_PHONE, ctx.tenant.id, known.phone, list(payers), MOST)
    same = [dict(row) for row in rows if same_person(row["payer_name"], known.name)]
    return same, len(rows) - len(same)


async def take_point(ctx: Context, point: UUID) -> None:
    """Make a point the account's that names its telephone and person.

    :raises Conflict: it does not, or its payer has another account.
    """
    async with transaction(ctx):
        offered, _ = await _of_phone(ctx, await my_payers(ctx, SOURCE))
        row = next((one for one in offered if one["id"] == point), None)
        account = ctx.actor.id
        if row is None or account is None or not await bind_payers(ctx, [row["payer"]], account):
            raise Conflict(_TAKEN)
        await audit.record(ctx, "waste_fees.point.taken", f"point/{point}", owner=account)


class Asked(msgspec.Struct, frozen=True):
    """A bill that is to be paid; ``svg`` asks an app to do so, None: at the counter only.

    :ivar by_bill: a banking app tells the office what was paid.
    """

    bill: dict[str, Any]
    svg: Markup | None
    by_bill: bool
    late: bool


class MyPoint(msgspec.Struct, frozen=True, kw_only=True):
    """One point of the account.

    :ivar row: its facts; of one that somebody else pays for now, number and address alone count.
    :ivar asked: what is to be paid, the oldest due first; the first alone has its QR.
    :ivar months: what was asked for, the newest period first.
    :ivar bills: all of them, with their ``receipts``.
    """

    row: dict[str, Any]
    asked: list[Asked]
    months: list[dict[str, Any]]
    bills: list[dict[str, Any]]

    @property
    def owed(self) -> int:
        """Satang in all."""
        return sum(one.bill["owed"] for one in self.asked)


async def my_point(ctx: Context, point: UUID) -> MyPoint:
    """Return a point of the account with its bills and past months.

    :raises NotFound: it is somebody else's, or there is none.
    """
    async with transaction(ctx):
        bills = [
            one for one in await my_bills(ctx, subject=f"point/{point}") if one["source"] == SOURCE
        ]
        payers = await my_payers(ctx, SOURCE)
        rows = await _read(ctx, payers, [point] if bills else [])
        row = next((one for one in rows if one["id"] == point), None)
        if row is None:
            raise NotFound(_NOT_MINE)
        months = await months_of(ctx, [one["id"] for one in bills])
    asked = [
        _asked(ctx, one, first=place == 0)
        for place, one in enumerate(one for one in bills if one["state"] == "open")
    ]
    return MyPoint(row=row, asked=asked, months=months, bills=bills)


def _asked(ctx: Context, bill: Mapping[str, Any], *, first: bool) -> Asked:
    code: BillPayment | Transfer | None = code_to_pay(ctx, bill)
    return Asked(
        bill=dict(bill),
        svg=payment_svg(code) if code and first else None,
        by_bill=isinstance(code, BillPayment),
        late=bill["due_on"] < ctx.today,
    )
