"""Take cash at a house: what was typed there becomes money that the treasury has received."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, InvalidInput, NotFound, Text, transaction
from kit.thai import baht
from kit.treasury import (
    Handed,
    bills_by_id,
    bills_of,
    collect,
    collected_on,
    find_collected,
    read_collected,
)
from plugins.waste_fees.rules.cash import Told
from plugins.waste_fees.service.entries import SOURCE
from plugins.waste_fees.service.rounds import House, find_house
from plugins.waste_fees.tables.register import Point

_NO_BILL = Text(
    "จุดนี้ยังไม่มีใบแจ้ง จึงยังรับเงินไม่ได้ ถ้ารับเงินมาแล้ว แจ้งกองคลังพร้อมเลขที่จุด ข้อมูลที่กรอกยังอยู่",
    "Nothing was ever billed here, so no money can be taken. If you have taken some, tell the "
    "finance division with the number of the point; what you typed is kept.",
)


async def take_at_house(ctx: Context, told: Told, *, key: str) -> UUID:
    """Take cash, once for each key, and return what it is known by.

    What a device tells of was taken before, from a list of some hours ago: it is received even
    where nothing is owed any more. Without a device the payer still stands there, and what is
    too much is given back at once.

    :raises InvalidInput: there is no such point, or more than it owed was typed.
    """
    if (known := await find_collected(ctx, key)) is not None:
        # Sent again: by now nothing may be owed, because it was taken then.
        return known
    try:
        house = await find_house(ctx, told.point)
    except NotFound as wrong:
        raise InvalidInput({"point": wrong.sentence}) from None
    bill = await _bill(ctx, house, told.bill)
    most = house.owed if told.said_at is None else max(house.owed, told.seen or 0)
    if told.amount > most:
        raise InvalidInput({"amount": _too_much(most)})
    handed = Handed(
        bill=bill,
        amount=told.amount,
        tendered=told.tendered,
        said_at=told.said_at,
        slip=told.slip,
        key=key,
    )
    return await collect(ctx, handed)


def _too_much(most: int) -> Text:
    if not most:
        return Text(
            "จุดนี้ไม่มียอดค้างแล้ว อาจมีผู้ชำระทางอื่น คืนเงินให้ผู้ชำระ",
            "Nothing is owed here any more; somebody may have paid otherwise. Give the money back.",
        )
    return Text(
        "รับเงินได้ไม่เกินยอดค้าง {owed} บาท ตรวจจำนวนเงินอีกครั้ง",
        "No more than the {owed} baht owed can be taken. Check the amount.",
    ).format(owed=baht(most))


async def _bill(ctx: Context, house: House, named: UUID | None) -> UUID:
    """Return the bill that the money is for: the one on the list, or the oldest of today."""
    subject = f"point/{house.id}"
    if named is not None:
        known = (await bills_by_id(ctx, [named])).get(named)
        if known and (known["source"], known["subject"]) == (SOURCE, subject):
            return named
    if house.bills:
        found: UUID = house.bills[0]["id"]
        return found
    bills = await bills_of(ctx, [house.payer], subject=subject)
    if not bills:
        raise InvalidInput({"point": _NO_BILL})
    last: UUID = bills[-1]["id"]
    return last


class Taking(msgspec.Struct, frozen=True):
    """What was collected at a house: a row of the treasury, and where it was.

    :ivar route: on which one goes on.
    """

    row: Mapping[str, Any]
    point: UUID
    number: int
    address: str
    route: str

    @property
    def change(self) -> int:
        """Satang that were given back."""
        back: int = self.row["tendered"] - self.row["amount"]
        return back


async def read_taking(ctx: Context, id: UUID) -> Taking:
    """Return what the actor has collected at a house.

    :raises NotFound: there is none, or it is another collector's.
    """
    [taking] = await _at_houses(ctx, [await read_collected(ctx, id)])
    return taking


async def takings_today(ctx: Context) -> list[Taking]:
    """Return what the actor has collected today, and what still waits, by time."""
    return await _at_houses(ctx, await collected_on(ctx, ctx.today, source=SOURCE))


async def _at_houses(ctx: Context, rows: list[dict[str, Any]]) -> list[Taking]:
    ids = [UUID(row["subject"].partition("/")[2]) for row in rows]
    columns = (Point.id, Point.number, Point.address, Point.route)
    async with transaction(ctx):
        found = (
            await Point.select(*columns).where(Point.of(ctx), Point.id.is_in(ids)) if ids else []
        )
    places = {one["id"]: one for one in found}
    return [
        Taking(row, id, *(places[id][name] for name in ("number", "address", "route")))
        for row, id in zip(rows, ids, strict=True)
    ]
