"""The page behind the sticker of a point: what its payer of today owes, and no more than that."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from markupsafe import Markup

from core.api import Context, NotFound, Text, attempts, transaction
from kit.documents import qr_svg, read_code
from kit.treasury import BillPayment, Transfer, bills_of, code_to_pay, payment_png, payment_text
from plugins.waste_fees.tables.register import Point

_NOT_FOUND = Text(
    "ไม่พบจุดให้บริการของ QR นี้ สแกนอีกครั้ง หรือติดต่อกองคลังของหน่วยงาน",
    "No service point has this code. Scan it again, or ask the finance division.",
)


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """A bill as anybody may see it who stands before the sticker.

    :param number: place on the page, from 0.
    :param pays: the QR as markup; None where it is paid at the counter only.
    :param by_bill: a banking app tells the office what was paid.
    """

    number: int
    title: Text
    ref1: str
    ref2: str
    owed: int
    due_on: date
    late: bool
    pays: Markup | None
    by_bill: bool


class Stuck(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of a sticker shows: no name, no telephone, no history.

    :ivar point: id, which leads collectors on.
    """

    point: UUID
    code: str
    number: int
    zone: str
    bills: list[Owed]

    @property
    def owed(self) -> int:
        """Satang in all."""
        return sum(one.owed for one in self.bills)


async def behind(ctx: Context, typed: str) -> Stuck:
    """Return what is owed at a point now.

    :param typed: the code of its sticker.
    :raises NotFound: no point has it.
    :raises TooMany: many wrong ones came from this address.
    """
    row, bills = await _read(ctx, typed)
    return Stuck(
        point=row["id"],
        code=row["code"],
        number=row["number"],
        zone=row["zone"],
        bills=[_owed(ctx, number, bill) for number, bill in enumerate(bills)],
    )


async def picture(ctx: Context, typed: str, number: int) -> bytes:
    """Return the QR of a bill of a point as a PNG, to be kept and opened in a banking app.

    :raises NotFound: there is no such bill, or it is paid at the counter only.
    """
    _, bills = await _read(ctx, typed)
    asked = code_to_pay(ctx, bills[number]) if number < len(bills) else None
    if asked is None:
        raise NotFound(_NOT_FOUND)
    return payment_png(asked)


async def _read(ctx: Context, typed: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    code = read_code(typed)
    async with transaction(ctx):
        row = (
            await Point.select(Point.id, Point.code, Point.number, Point.zone, Point.payer)
            .where(Point.of(ctx), Point.code == code)
            .first()
            if code
            else None
        )
        if row is not None:
            payer: UUID = row["payer"]
            subject = f"point/{row['id']}"
            return row, await bills_of(ctx, [payer], subject=subject, owed_only=True)
    # Nobody guesses twelve signs; who tries is slowed down all the same.
    await attempts.take(ctx, "codes from", ctx.address, attempts.ADDRESS)
    raise NotFound(_NOT_FOUND)


def _owed(ctx: Context, number: int, bill: Mapping[str, Any]) -> Owed:
    asked: BillPayment | Transfer | None = code_to_pay(ctx, bill)
    return Owed(
        number=number,
        title=Text(bill["title_th"], bill["title_en"]),
        late=bill["due_on"] < ctx.today,
        pays=qr_svg(payment_text(asked)) if asked else None,
        by_bill=isinstance(asked, BillPayment),
        **{name: bill[name] for name in ("ref1", "ref2", "owed", "due_on")},
    )
