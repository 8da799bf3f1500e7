"""How a permit stands today, for who checks its paper."""

from uuid import UUID

from core.api import Context, Text, transaction
from kit.documents import PaperStanding
from kit.thai import said_day
from plugins.permits.service.finding import STANDS, stands_of
from plugins.permits.tables.register import Permit

_UNTIL = Text("ใช้ได้ถึง {day}", "Valid until {day}.")
_EXPIRED = Text("ใช้ได้ถึง {day} และไม่ได้ต่ออายุ", "It was valid until {day} and was not renewed.")
_DONE = Text("แจ้งก่อสร้างแล้วเสร็จแล้ว", "The work was completed.")
_REGISTER = Text("ดูในทะเบียน", "See it in the register")


async def standing(ctx: Context, paper: UUID) -> PaperStanding | None:
    """Return how the permit of a paper stands; None where the paper is none of a permit."""
    async with transaction(ctx):
        row = (
            await Permit.select(Permit.case_id, Permit.number, Permit.until)
            .where(Permit.of(ctx), Permit.paper == paper)
            .first()
        )
    if row is None:
        return None
    stands = await stands_of(ctx, row["case_id"])
    words = {"expired": _EXPIRED, "completed": _DONE}.get(stands, _UNTIL)
    return PaperStanding(
        title=STANDS[stands],
        words=words.format(day=said_day(row["until"])),
        tone="bad" if stands == "expired" else "warn" if stands == "expiring" else "ok",
        href=f"/permits/register?q={row['number']}",
        action=_REGISTER,
    )
