"""Bills and stickers on paper: files of some hundred each, made in the background.

Many pieces are set in one go, since the typesetter's start costs as much as some dozens of
them. A file is printed once and kept; it shows what was owed when it was made.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.api import (
    Conflict,
    Context,
    NotFound,
    Text,
    add_all,
    audit,
    defer,
    need,
    new_id,
    transaction,
)
from kit import documents
from kit.documents import Store
from plugins.waste_fees.service.papers import bills_paper, stickers_paper
from plugins.waste_fees.service.rights import BILL
from plugins.waste_fees.tables.billing import Sheets

JOB = "waste_fees.print"
# Pieces in a file, and files that one job makes before it leaves its place to others.
IN_A_FILE = {"bills": 200, "stickers": 400}
IN_A_JOB = 20

_ITEMS = {
    "bills": """
SELECT b.bill_id AS id FROM waste_fees.billed b
JOIN waste_fees.point p ON p.tenant_id = b.tenant_id AND p.id = b.point_id
WHERE b.tenant_id = $1 AND b.run_id = $2 ORDER BY p.zone, p.route, p.number
""",
    "stickers": """
SELECT p.id FROM waste_fees.point p
WHERE p.tenant_id = $1 AND EXISTS (SELECT 1 FROM waste_fees.billed b
  WHERE b.tenant_id = $1 AND b.run_id = $2 AND b.point_id = p.id)
ORDER BY p.zone, p.route, p.number
""",
}


async def print_bills(ctx: Context, run: UUID) -> None:
    """Have the bills of a run printed.

    :raises Conflict: they are being printed already.
    """
    await _print(ctx, run, "bills")


async def print_stickers(ctx: Context, run: UUID) -> None:
    """Have a sticker printed for each point that a run billed.

    :raises Conflict: they are being printed already.
    """
    await _print(ctx, run, "stickers")


async def _print(ctx: Context, run: UUID, what: str) -> None:
    need(ctx, BILL)
    size = IN_A_FILE[what]
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_ITEMS[what], ctx.tenant.id, run)
        ids = [row["id"].hex for row in rows]
        files = [
            {
                "tenant_id": ctx.tenant.id,
                "id": new_id(),
                "run_id": run,
                "what": what,
                "part": at // size + 1,
                "items": ids[at : at + size],
            }
            for at in range(0, len(ids), size)
        ]
        unless = ("tenant_id", "run_id", "what", "part")
        if await add_all(Sheets, files, unless=unless) < len(files) or not files:
            raise Conflict(
                Text(
                    "ชุดนี้เตรียมไว้แล้ว เปิดหน้านี้ใหม่เพื่อดู",
                    "These were prepared already. Open the page anew.",
                )
            )
        await audit.record(
            ctx, "waste_fees.sheets.ordered", f"run/{run}", what=what, pieces=len(ids)
        )
        await _later(ctx, run)


async def _later(ctx: Context, run: UUID) -> None:
    await defer(ctx, JOB, lock=f"{JOB}/{ctx.tenant.id}/{run}", run=str(run))


async def work(ctx: Context, run: str) -> None:
    """Print files that are not printed yet; the job of the worker."""
    for _ in range(IN_A_JOB):
        if not await print_next(ctx, UUID(run)):
            return
    async with transaction(ctx):
        await _later(ctx, UUID(run))


async def print_next(ctx: Context, run: UUID) -> bool:
    """Print one file of a run; return whether there was one to print."""
    async with transaction(ctx):
        row = (
            await Sheets.select()
            .where(Sheets.of(ctx), Sheets.run_id == run, Sheets.digest.is_null())
            .order_by(Sheets.what)
            .order_by(Sheets.part)
            .first()
            .output(load_json=True)
        )
    if row is None:
        return False
    ids = [UUID(one) for one in row["items"]]
    made = await (bills_paper if row["what"] == "bills" else stickers_paper)(ctx, ids)
    pdf = await documents.print_at_once(ctx, f"waste_fees/{row['what']}.typ", made)
    digest = await Store(ctx.settings.data / "files").put_async(ctx.tenant.id, pdf)
    async with transaction(ctx):
        await Sheets.update({Sheets.digest: digest}).where(
            Sheets.of(ctx), Sheets.id == row["id"], Sheets.digest.is_null()
        )
    return True


async def sheets_of(ctx: Context, run: UUID) -> Sequence[Mapping[str, Any]]:
    """Return the files of a run, those that wait to be printed too."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Sheets.select()
            .where(Sheets.of(ctx), Sheets.run_id == run)
            .order_by(Sheets.what)
            .order_by(Sheets.part)
            .output(load_json=True)
        )
    return rows


async def read_sheets(ctx: Context, run: UUID, sheets: UUID) -> tuple[bytes, str]:
    """Return a printed file and a name for it; that names and addresses were read is recorded.

    :raises NotFound: there is none, or it is not printed yet.
    """
    async with transaction(ctx):
        row = (
            await Sheets.select()
            .where(Sheets.of(ctx), Sheets.id == sheets, Sheets.run_id == run)
            .first()
        )
        if row is None or row["digest"] is None:
            raise NotFound(
                Text(
                    "ไฟล์นี้ยังไม่พร้อม ลองอีกครั้งในหนึ่งนาที",
                    "This file is not ready. Try again in a minute.",
                )
            )
        await audit.record(ctx, "waste_fees.sheets.read", f"run/{run}", part=row["part"])
    pdf = await Store(ctx.settings.data / "files").read_async(ctx.tenant.id, row["digest"])
    return pdf, f"{row['what']}-{row['part']:03}.pdf"
