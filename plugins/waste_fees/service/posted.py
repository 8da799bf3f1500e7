"""Letters that were made: how each stands, what was sent or came back, files for the printer."""

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
from kit.documents import Store, join_pdfs
from kit.treasury import bills_by_id
from plugins.waste_fees.service.demanding import subject_of
from plugins.waste_fees.service.rights import BILL
from plugins.waste_fees.tables.dues import Demand, DemandFile

JOB = "waste_fees.print_letters"
PAGE, IN_A_FILE, IN_A_JOB = 50, 250, 2
_MADE = ("made", "sent", "returned")

_NO_LETTER = Text("ไม่พบหนังสือฉบับนี้", "There is no such letter.")
_DONE = Text(
    "มีผู้บันทึกไปแล้ว เปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
    "Somebody has noted it already. Open the page again to see how it stands.",
)


async def letters_of(ctx: Context, run: UUID, *, skip: int = 0) -> list[dict[str, Any]]:
    """Return a page of the letters and drafts of a set, each with what is ``owed`` of it now."""
    async with transaction(ctx):
        rows = (
            await Demand.select()
            .where(Demand.of(ctx), Demand.run_id == run, Demand.state != "skipped")
            .order_by(Demand.place)
            .offset(skip)
            .limit(PAGE)
            .output(load_json=True)
        )
        return await _with_owed(ctx, rows)


async def letters_to(ctx: Context, point: UUID) -> list[dict[str, Any]]:
    """Return the letters that were made for a point, the newest first, as above."""
    async with transaction(ctx):
        rows = (
            await Demand.select()
            .where(Demand.of(ctx), Demand.point_id == point, Demand.made_on.is_not_null())
            .order_by(Demand.made_on, ascending=False)
            .limit(PAGE)
            .output(load_json=True)
        )
        return await _with_owed(ctx, rows)


async def _with_owed(ctx: Context, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = [UUID(one) for row in rows for one in row["bills"]]
    bills = await bills_by_id(ctx, ids)
    return [
        row | {"owed": sum(_owed(bills.get(UUID(one))) for one in row["bills"])} for row in rows
    ]


def _owed(bill: Mapping[str, Any] | None) -> int:
    return bill["owed"] if bill and bill["state"] == "open" else 0


async def note_sent(ctx: Context, run: UUID) -> None:
    """Note that all letters of a set that were made were sent today.

    :raises Conflict: there is none that was not sent.
    """
    need(ctx, BILL)
    async with transaction(ctx):
        sent = (
            await Demand.update({Demand.state: "sent", Demand.sent_on: ctx.today})
            .where(Demand.of(ctx), Demand.run_id == run, Demand.state == "made")
            .returning(Demand.id)
        )
        if not sent:
            raise Conflict(_DONE)
        await audit.record(ctx, "waste_fees.demands.sent", f"demands/{run}", count=len(sent))


async def note_returned(ctx: Context, demand: UUID) -> UUID:
    """Note that a letter came back, and return its set.

    :raises Conflict: it was not sent, or has come back already.
    """
    need(ctx, BILL)
    async with transaction(ctx):
        rows = (
            await Demand.update({Demand.state: "returned", Demand.returned_on: ctx.today})
            .where(Demand.of(ctx), Demand.id == demand, Demand.state == "sent")
            .returning(Demand.run_id)
        )
        if not rows:
            raise Conflict(_DONE)
        await audit.record(ctx, "waste_fees.demands.returned", f"demand/{demand}")
    run: UUID = rows[0]["run_id"]
    return run


async def read_letter(ctx: Context, demand: UUID) -> tuple[bytes, str]:
    """Return a letter as a PDF file, and a name for it.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = await Demand.select(Demand.paper).where(Demand.of(ctx), Demand.id == demand).first()
        if row is None or row["paper"] is None:
            raise NotFound(_NO_LETTER)
        await audit.record(ctx, "waste_fees.demands.read", f"demand/{demand}")
    return await documents.read_pdf(ctx, row["paper"], subject=subject_of(demand))


async def print_all(ctx: Context, run: UUID) -> None:
    """Have all letters of a set put into files for the printer.

    :raises Conflict: that is being done already, or there are none.
    """
    need(ctx, BILL)
    async with transaction(ctx):
        rows = (
            await Demand.select(Demand.id)
            .where(Demand.of(ctx), Demand.run_id == run, Demand.state.is_in(list(_MADE)))
            .order_by(Demand.place)
        )
        files = [
            {
                "tenant_id": ctx.tenant.id,
                "id": new_id(),
                "run_id": run,
                "part": at // IN_A_FILE + 1,
                "items": [row["id"].hex for row in rows[at : at + IN_A_FILE]],
                "digest": None,
            }
            for at in range(0, len(rows), IN_A_FILE)
        ]
        added = await add_all(DemandFile, files, unless=("tenant_id", "run_id", "part"))
        if added < len(files) or not files:
            raise Conflict(_DONE)
        await audit.record(ctx, "waste_fees.demands.printed", f"demands/{run}", count=len(rows))
        await _later(ctx, run)


async def _later(ctx: Context, run: UUID) -> None:
    await defer(ctx, JOB, lock=f"{JOB}/{ctx.tenant.id}/{run}", run=str(run))


async def work(ctx: Context, run: str) -> None:
    """Make files that are not made yet; the job of the worker."""
    for _ in range(IN_A_JOB):
        if not await print_next(ctx, UUID(run)):
            return
    async with transaction(ctx):
        await _later(ctx, UUID(run))


async def print_next(ctx: Context, run: UUID) -> bool:
    """Make one file of a set; return whether there was one to make."""
    async with transaction(ctx):
        row = (
            await DemandFile.select()
            .where(DemandFile.of(ctx), DemandFile.run_id == run, DemandFile.digest.is_null())
            .order_by(DemandFile.part)
            .first()
            .output(load_json=True)
        )
        if row is None:
            return False
        ids = [UUID(one) for one in row["items"]]
        papers = await Demand.select(Demand.id, Demand.paper).where(
            Demand.of(ctx), Demand.id.is_in(ids)
        )
    known = {one["id"]: one["paper"] for one in papers}
    pages = [(await documents.read_pdf(ctx, known[id], subject=subject_of(id)))[0] for id in ids]
    store = Store(ctx.settings.data / "files")
    digest = await store.put_async(ctx.tenant.id, join_pdfs(pages))
    async with transaction(ctx):
        await DemandFile.update({DemandFile.digest: digest}).where(
            DemandFile.of(ctx), DemandFile.id == row["id"], DemandFile.digest.is_null()
        )
    return True


async def files_of(ctx: Context, run: UUID) -> list[dict[str, Any]]:
    """Return the files of a set, those that are not made yet too."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await DemandFile.select()
            .where(DemandFile.of(ctx), DemandFile.run_id == run)
            .order_by(DemandFile.part)
            .output(load_json=True)
        )
    return rows


async def read_file(ctx: Context, file: UUID) -> tuple[bytes, str]:
    """Return a file of letters and a name for it; that names were read is recorded.

    :raises NotFound: there is none, or it is not made yet.
    """
    async with transaction(ctx):
        row = await DemandFile.select().where(DemandFile.of(ctx), DemandFile.id == file).first()
        if row is None or row["digest"] is None:
            raise NotFound(
                Text(
                    "ไฟล์นี้ยังไม่พร้อม ลองอีกครั้งในหนึ่งนาที",
                    "This file is not ready. Try again in a minute.",
                )
            )
        await audit.record(ctx, "waste_fees.demands.read", f"demands/{row['run_id']}")
    store = Store(ctx.settings.data / "files")
    return await store.read_async(ctx.tenant.id, row["digest"]), f"letters-{row['part']:03}.pdf"
