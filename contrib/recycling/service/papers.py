"""Papers of the waste bank: the ticket of a weighing and the statement of an account."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from contrib.recycling.rules.books import WHAT
from contrib.recycling.rules.materials import said
from contrib.recycling.service.books import STATEMENT_ROWS, balance_of, statement_of
from contrib.recycling.service.members import get_member
from contrib.recycling.service.tickets import Seen, read_ticket
from core.api import Context, audit, transaction
from kit.documents import General, Row, Signer, Table, print_at_once, stamp
from kit.thai import amount, baht, full_moment, short_moment

_LINES = ("รายการ", "จำนวน", "ราคาต่อหน่วย (บาท)", "เป็นเงิน (บาท)")
_POSTED = ("วันเวลา", "รายการ", "เลขที่", "เข้า (บาท)", "ออก (บาท)", "คงเหลือ (บาท)")


async def ticket_pdf(ctx: Context, id: UUID) -> bytes:
    """Return a ticket as a paper; the one on the screen says the same."""
    seen = await read_ticket(ctx, id)
    return await print_at_once(ctx, "recycling/ticket.typ", _ticket(ctx, seen))


def _ticket(ctx: Context, seen: Seen) -> General:
    row = seen.row
    lines = [
        (
            " ".join(filter(None, (one["title_th"], one["grade"]))),
            said(one["quantity"], one["unit"]).th,
            baht(one["price"]),
            baht(one["amount"]),
        )
        for one in seen.lines
    ]
    rows = (
        ("สมาชิก", f"{row['name']} เลขที่ {row['member_number']}"),
        ("ที่อยู่", row["address"]),
        ("ชั่งเมื่อ", full_moment(row["weighed_at"], "th")),
        ("ผู้รับซื้อ", row["collector_name"]),
        ("รับเงินสด", amount(row["cash"], "th")),
        ("เข้าบัญชีสมาชิก", amount(row["total"] - row["cash"], "th")),
    )
    return General(
        **stamp(ctx, number=row["number"], verify=None),
        title="บัตรชั่งรับซื้อวัสดุรีไซเคิล",
        mark="cancelled" if seen.voided else "",
        rows=[Row(label, value) for label, value in rows],
        table=Table(
            heads=_LINES,
            rows=[*lines, ("รวม", "", "", baht(row["total"]))],
            numbers=(1, 2, 3),
            total=True,
        ),
        paragraphs=["ราคาเป็นไปตามรายการราคาในเวลาที่ชั่ง ไม่เปลี่ยนแปลงภายหลัง"],
        signer=Signer(name=row["collector_name"], post="ผู้รับซื้อ"),
    )


async def statement_pdf(ctx: Context, member: UUID) -> bytes:
    """Return the last postings of a member with the balance after each; that is recorded.

    :raises NotFound: there is no such member, or it is another household.
    """
    row = await get_member(ctx, member)
    async with transaction(ctx):
        posted = await statement_of(ctx, member)
        balance = await balance_of(ctx, member)
        await audit.record(
            ctx, "recycling.statement.read", f"member/{member}", owner=row["account"]
        )
    cut = len(posted) == STATEMENT_ROWS
    paper = General(
        **stamp(ctx, number=str(row["number"]), verify=None),
        title="รายการบัญชีสมาชิกธนาคารขยะ",
        rows=[
            Row("สมาชิก", row["name"]),
            Row("ที่อยู่", row["address"]),
            Row("ณ เวลา", full_moment(ctx.now, "th")),
            Row("คงเหลือ", amount(balance, "th")),
            *([Row("แสดง", f"{STATEMENT_ROWS} รายการล่าสุด")] if cut else []),
        ],
        table=Table(
            heads=_POSTED, rows=[_posted(one) for one in reversed(posted)], numbers=(3, 4, 5)
        ),
    )
    return await print_at_once(ctx, "recycling/statement.typ", paper)


def _posted(one: Mapping[str, Any]) -> tuple[str, ...]:
    satang = one["amount"]
    return (
        short_moment(one["at"], "th"),
        WHAT[one["what"]].th,
        one["number"] or "",
        baht(satang) if satang > 0 else "",
        baht(-satang) if satang < 0 else "",
        baht(one["balance"]),
    )
