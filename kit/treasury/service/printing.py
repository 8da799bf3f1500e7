"""Give receipts out as files: the original once, copies from then on.

The paper is issued when it is first asked for; every copy comes from the snapshot that was kept
then and differs by its mark alone.
"""

from uuid import UUID

from core.api import Context, audit, transaction
from kit import documents
from kit.documents import Mark
from kit.treasury.service.papers import receipt_paper
from kit.treasury.service.receipts import read_receipt
from kit.treasury.tables.books import Receipt

ROLL = "treasury/receipt_slip.typ"


async def receipt_pdf(
    ctx: Context, receipt: UUID, *, original: bool = False, roll: bool = False
) -> tuple[bytes, str]:
    """Return a receipt as a PDF file, and a name for it.

    :param original: ask for the original; it is given out once, and then a copy in its place.
        Of a cancelled receipt the sheet says that it is cancelled.
    :param roll: for a printer of rolls, 80 mm wide, instead of A4.
    :raises NotFound: there is none.
    """
    async with transaction(ctx) as connection:
        await connection.fetch(
            "SELECT id FROM treasury.receipt WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
            ctx.tenant.id,
            receipt,
        )
        row = await read_receipt(ctx, receipt)
        mark: Mark = "original" if original and row["original_at"] is None else "copy"
        mark = "cancelled" if row["cancelled_at"] else mark
        paper = row["paper"]
        if paper is None:
            issued = await documents.issue(
                ctx,
                "general",
                subject=f"receipt/{receipt}",
                number=row["no"],
                make=lambda stamp: receipt_paper(row, stamp),
            )
            paper = issued.id
        original_at = ctx.now if mark == "original" else row["original_at"]
        await Receipt.update({Receipt.paper: paper, Receipt.original_at: original_at}).where(
            Receipt.of(ctx), Receipt.id == receipt
        )
        await audit.record(
            ctx, "treasury.receipt.printed", f"receipt/{receipt}", number=row["no"], mark=mark
        )
    shape = ROLL if roll else ""
    return await documents.read_pdf(
        ctx, paper, subject=f"receipt/{receipt}", mark=mark, template=shape
    )
