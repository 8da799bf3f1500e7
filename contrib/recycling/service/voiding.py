"""A ticket that was written by mistake is voided: it stays, and its money is posted back."""

from uuid import UUID

from contrib.recycling.rules.books import MEMBER, ON_WAY
from contrib.recycling.service.books import balance_of, post
from contrib.recycling.service.loads import ending
from contrib.recycling.service.members import hold
from contrib.recycling.service.rights import APPROVE
from contrib.recycling.service.tickets import read_ticket
from contrib.recycling.tables.centre import Closed
from core.api import Conflict, Context, Text, add, audit, need, transaction

_CLOSED = Text(
    "บัตรนี้ส่งเข้าศูนย์หรือยกเลิกไปแล้ว จึงยกเลิกไม่ได้ ถ้าน้ำหนักผิด ให้ตัดสินที่การชั่งซ้ำ",
    "This ticket came with a load, or was voided already. A wrong weight is settled with its load.",
)
_SPENT = Text(
    "สมาชิกรับเงินของบัตรนี้ไปแล้ว อนุมัติเงินทดรองให้บัญชีติดลบได้ก่อน แล้วยกเลิกอีกครั้ง",
    "The member has taken money of this ticket. Approve an advance for the account, then void it.",
)


async def void(ctx: Context, ticket: UUID, *, why: str) -> None:
    """Void a ticket that came with no load yet; its number and its lines stay.

    :raises NotAllowed: the actor approves nothing.
    :raises NotFound: there is none.
    :raises Conflict: it came with a load, was voided, or the account holds too little for it.
    """
    need(ctx, APPROVE)
    async with transaction(ctx):
        row = (await read_ticket(ctx, ticket)).row
        held = await hold(ctx, row["member_id"])
        if not await add(Closed, ending(ctx, ticket, why=why), unless=("tenant_id", "ticket_id")):
            raise Conflict(_CLOSED)
        if await balance_of(ctx, held["id"]) - row["total"] < -held["advance"]:
            raise Conflict(_SPENT)
        await post(
            ctx, MEMBER, ON_WAY, row["total"], what="voided", subject=ticket, member=held["id"]
        )
        await audit.record(
            ctx,
            "recycling.ticket.voided",
            f"ticket/{ticket}",
            owner=held["account"],
            total=row["total"],
            why=why,
        )
