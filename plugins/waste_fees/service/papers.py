"""What stands on bills and stickers, taken from their rows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, transaction
from kit import documents
from kit.documents import Paper, Row, Table
from kit.thai import baht, baht_text, long_day
from kit.treasury import BillPayment, barcode_widths, bills_by_id, code_to_pay, payment_text
from plugins.waste_fees.service.rounds import Round
from plugins.waste_fees.tables.billing import Billed
from plugins.waste_fees.tables.register import Point


class Pay(msgspec.Struct, frozen=True):
    """The Thai QR: what it holds is an address to the payer's app."""

    url: str


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """A quarter of a sheet: one bill.

    :param lines: what for, and baht.
    :param reference: by which it is paid, in figures that a banking app takes.
    :param pay: None where it is paid at the counter only.
    :param bars: widths of the barcode's bars and gaps; empty for none.
    :param settled: nothing is owed any more.
    """

    payer: str
    address: str
    place: str
    point: str
    title: str
    lines: Sequence[tuple[str, str]]
    total: str
    words: str
    due: str
    reference: str
    second: dict[str, str]
    biller: dict[str, str]
    pay: Pay | None
    bars: str
    site: str
    settled: bool


class Bills(Paper, frozen=True, kw_only=True):
    """Bills, four to a sheet."""

    bills: Sequence[Slip]


class Sticker(msgspec.Struct, frozen=True, kw_only=True):
    """What is stuck to a house or a bin for a year and longer.

    :param open: the page that shows what is owed, as a QR.
    """

    point: str
    place: str
    route: str
    open: Pay
    site: dict[str, str]


class Stickers(Paper, frozen=True, kw_only=True):
    """Stickers, ten to a sheet."""

    stickers: Sequence[Sticker]


class Walk(Paper, frozen=True, kw_only=True):
    """The list of a round, with empty cells to be written in."""

    rows: Sequence[Row]
    table: Table


async def bills_paper(ctx: Context, ids: Sequence[UUID]) -> Bills:
    """Return some bills of a run as they are printed, in their order."""
    async with transaction(ctx):
        bills = await bills_by_id(ctx, ids)
        billed = (
            await Billed.select(Billed.bill_id, Billed.point_id, Billed.lines)
            .where(Billed.of(ctx), Billed.bill_id.is_in(list(ids)))
            .output(load_json=True)
        )
        lines = {row["bill_id"]: row for row in billed}
        points = await _points(ctx, [row["point_id"] for row in billed])
    slips = [_slip(ctx, bills[id], lines[id]["lines"], points[lines[id]["point_id"]]) for id in ids]
    stamp = documents.stamp(ctx, number="", verify=None)
    return Bills(**stamp, title="ใบแจ้งค่าธรรมเนียม", bills=slips)


async def stickers_paper(ctx: Context, ids: Sequence[UUID]) -> Stickers:
    """Return the stickers of some points, in their order."""
    points = await _points(ctx, ids)
    site = ctx.origin.partition("://")[2]
    made = [
        Sticker(
            point=f"{points[id]['number']:05}",
            place=points[id]["address"],
            route=" ".join(filter(None, (points[id]["zone"], points[id]["route"]))),
            open=Pay(f"{ctx.origin}/w/{points[id]['code']}"),
            site={"reference": f"{site}/w/{points[id]['code']}"},
        )
        for id in ids
    ]
    stamp = documents.stamp(ctx, number="", verify=None)
    return Stickers(**stamp, title="สติกเกอร์จุดให้บริการ", stickers=made)


async def round_pdf(ctx: Context, walked: Round) -> bytes:
    """Return the list of a round on paper, with room to write what was taken."""
    cells = [
        [f"{one.number:05}", one.name, one.address, baht(one.owed) if one.bills else "-", "", ""]
        for one in walked.houses
    ]
    part = f" ส่วนที่ {walked.part}/{walked.parts}" if walked.parts > 1 else ""
    contents = Walk(
        **documents.stamp(ctx, number="", verify=None),
        title="รายการเก็บเงินตามเส้นทาง",
        rows=[
            Row("เส้นทาง", (walked.route or "ไม่ได้ระบุเส้นทาง") + part),
            Row("ผู้เก็บเงิน", ctx.actor.name),
            Row("ยอดค้างเมื่อ", long_day(ctx.today, "th")),
        ],
        table=Table(
            heads=("จุดที่", "ผู้ชำระ", "ที่อยู่", "ค้าง (บาท)", "รับเงิน", "เลขที่ใบรับ"),
            rows=[*cells, ["", f"ค้าง {walked.owing} บ้าน", "", baht(walked.owed), "", ""]],
            numbers=(3,),
            total=True,
        ),
    )
    return await documents.print_at_once(ctx, "waste_fees/round.typ", contents)


async def _points(ctx: Context, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    async with transaction(ctx):
        rows = await Point.select(
            Point.id, Point.number, Point.code, Point.address, Point.zone, Point.route
        ).where(Point.of(ctx), Point.id.is_in(list(ids)))
    return {row["id"]: row for row in rows}


def _slip(
    ctx: Context, bill: dict[str, Any], lines: Sequence[dict[str, Any]], point: dict[str, Any]
) -> Slip:
    asked = code_to_pay(ctx, bill)
    by_bill = asked if isinstance(asked, BillPayment) else None
    return Slip(
        payer=bill["payer_name"],
        address=bill["payer_address"],
        place=point["address"],
        point=f"{point['number']:05}",
        title=bill["title_th"],
        lines=summed(lines),
        total=baht(bill["owed"]),
        words=baht_text(bill["owed"]),
        due=long_day(bill["due_on"], "th"),
        reference=bill["ref1"],
        second={"reference": bill["ref2"]},
        biller={"reference": by_bill.biller if by_bill else ""},
        pay=Pay(payment_text(asked)) if asked else None,
        bars=barcode_widths(by_bill) if by_bill else "",
        site=f"{ctx.origin.partition('://')[2]}/w/{point['code']}",
        settled=bill["state"] != "open",
    )


def summed(lines: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the lines of a bill: those of one reason are one, with how many months it covers."""
    months: dict[str, int] = {}
    amounts: dict[str, int] = {}
    for line in lines:
        why = line["why"][0]
        months[why] = months.get(why, 0) + 1
        amounts[why] = amounts.get(why, 0) + line["amount"]
    return [
        (f"{why} ({months[why]} เดือน)" if months[why] > 1 else why, baht(amount))
        for why, amount in amounts.items()
    ]
