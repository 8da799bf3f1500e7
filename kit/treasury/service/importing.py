"""Import the end-of-day file of a bank: all of it or nothing, the same file once.

A file is read to its end before anything of it is posted; what is wrong is listed line by line.
A small one is posted at once and in one transaction. A large one is posted in the background,
piece by piece, so that nobody at the counter waits for it; a piece that is in the books is not
posted again, and what stopped in the middle goes on where it was. Who wants to see first what
would come of it has it looked at, and orders it to be posted then.
"""

import contextlib
from collections.abc import Mapping
from typing import Any, BinaryIO
from uuid import UUID

import msgspec
from anyio import to_thread

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    TooLarge,
    add,
    audit,
    defer,
    new_id,
    transaction,
)
from kit.documents import Store
from kit.thai import short_moment
from kit.treasury.banking.faults import FileMalformed
from kit.treasury.banking.statement import Report
from kit.treasury.service import noting
from kit.treasury.service.bulk import MANY
from kit.treasury.service.looking import outlook
from kit.treasury.service.pieces import Pieces, Survey, read_ahead, survey
from kit.treasury.service.reversing import At
from kit.treasury.service.told import Noted
from kit.treasury.tables.banks import BankFile

JOB = "treasury.post_file"
# Bytes of a file that is posted while its officer waits: about two thousand lines.
SMALL = 512 * 1_024
LARGEST = 600 * 1_024 * 1_024

_BUSY = Text(
    "ไฟล์นี้กำลังตรวจหรือสั่งลงบัญชีแล้ว โหลดหน้านี้ใหม่เพื่อดูล่าสุด",
    "This file is being checked, or was ordered to be posted. Load the page again.",
)
_BEFORE = Text(
    "ไฟล์นี้นำเข้าแล้วเมื่อ {at} โดย {who} ชื่อไฟล์ {name} จึงไม่นำเข้าซ้ำ ยอดเงินไม่เปลี่ยน",
    "This file was imported on {at} by {who}, as {name}. It is not taken again; nothing changed.",
)


async def take(ctx: Context, source: BinaryIO, name: str, *, look: bool = False) -> UUID:
    """Take a file, and return under which id its import is found; a small one is done already.

    :param source: an open file of bytes.
    :param look: only tell what would come of it; :func:`order` has it posted then.
    :raises InvalidInput: it is empty.
    :raises TooLarge: it is larger than any file of a bank.
    :raises Conflict: the same file was taken before.
    """
    size = source.seek(0, 2)
    source.seek(0)
    if not size:
        raise InvalidInput({"file": Text("ไฟล์ว่าง เลือกไฟล์ของธนาคาร", "The file is empty.")})
    if size > LARGEST:
        raise TooLarge(Text("ไฟล์ใหญ่เกินไฟล์ของธนาคาร", "The file is too large."))
    row = new_row(ctx, name=name, size=size, standing="looking" if look else "waiting")
    async with transaction(ctx):
        file = await keep(ctx, source, row)
        if file == row["id"]:
            await _go_on(ctx, file, size)
        elif not look:
            await order(ctx, file=file)
    return file


async def order(ctx: Context, *, file: UUID) -> None:
    """Have a file posted that was only looked at.

    :raises Conflict: it is being looked at, or somebody has ordered it meanwhile.
    """
    async with transaction(ctx):
        looked = (
            await BankFile.update({BankFile.standing: "waiting", BankFile.outcome: {}})
            .where(BankFile.of(ctx), BankFile.id == file, BankFile.standing == "looked")
            .returning(BankFile.size)
        )
        if not looked:
            raise Conflict(_BUSY)
        await audit.record(ctx, "treasury.file.ordered", f"bank_file/{file}")
        await _go_on(ctx, file, looked[0]["size"])


async def _go_on(ctx: Context, file: UUID, size: int) -> None:
    if size > SMALL:
        await defer(ctx, JOB, file=str(file))
    else:
        await post_file(ctx, file=str(file))


async def keep(ctx: Context, source: BinaryIO, row: dict[str, Any]) -> UUID:
    """Keep a file and the row of its import, and return the id of that.

    It is another's where the same file was only looked at before.

    :raises Conflict: the same file was taken before.
    """
    digest = await to_thread.run_sync(_store(ctx).put_file, ctx.tenant.id, source)
    async with transaction(ctx):
        if not await add(BankFile, row | {"digest": digest}, unless=("tenant_id", "digest")):
            return await _looked_before(ctx, digest)
        await audit.record(
            ctx,
            "treasury.file.taken",
            f"bank_file/{row['id']}",
            name=row["name"],
            digest=digest,
        )
    file: UUID = row["id"]
    return file


def _store(ctx: Context) -> Store:
    return Store(ctx.settings.data / "files")


def new_row(ctx: Context, *, name: str, size: int, standing: str = "waiting") -> dict[str, Any]:
    """Return the row of an import, but for the digest of its file."""
    return {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "name": name[:200],
        "size": size,
        "format": "",
        "bank": "",
        "account": "",
        "paid_count": 0,
        "paid": 0,
        "reversed_count": 0,
        "reversed": 0,
        "standing": standing,
        "done": 0,
        "outcome": {},
        "faults": [],
        "fault_count": 0,
        "imported_by": ctx.actor.id,
        "imported_by_name": ctx.actor.name,
        "imported_at": ctx.now,
    }


async def _looked_before(ctx: Context, digest: str) -> UUID:
    async with transaction(ctx):
        [row] = await BankFile.select(
            BankFile.id,
            BankFile.standing,
            BankFile.name,
            BankFile.imported_at,
            BankFile.imported_by_name,
        ).where(BankFile.of(ctx), BankFile.digest == digest)
    if row["standing"] in ("looking", "looked"):
        file: UUID = row["id"]
        return file
    at = Text(*(short_moment(row["imported_at"], one) for one in ("th", "en")))
    raise Conflict(_BEFORE.format(at=at, who=row["imported_by_name"], name=row["name"]))


async def post_file(ctx: Context, *, file: str) -> None:
    """Look at a file, or post what it says and is not posted yet; a job for large files."""
    row = await read_file(ctx, UUID(file))
    if row["standing"] in ("looked", "done", "refused"):
        return
    with _store(ctx).open(ctx.tenant.id, row["digest"]) as source:
        try:
            seen = await to_thread.run_sync(survey, source)
        except FileMalformed as refusal:
            await _refuse(ctx, row["id"], refusal)
            return
        source.seek(0)
        if row["standing"] == "looking":
            outcome = await outlook(ctx, source, seen)
            await _tell(ctx, row["id"], seen.report, "looked", {BankFile.outcome: outcome})
            return
        if row["standing"] == "waiting":
            await _tell(ctx, row["id"], seen.report, "posting", {})
        await _post_pieces(ctx, row, source, seen)


async def _post_pieces(
    ctx: Context, row: Mapping[str, Any], source: BinaryIO, seen: Survey
) -> None:
    done: int = row["done"]
    # A bank sends a file of a day without payments too: of that, nothing came, and it is told.
    outcome = _added(row["outcome"], Noted())
    header = seen.report.header
    at = At("file", header.bank, header.account, row["id"])
    pieces = Pieces(source, seen, zone=ctx.tenant.zone, skip=done)
    async with contextlib.aclosing(read_ahead(pieces)) as ahead:
        async for piece in ahead:
            async with transaction(ctx) as connection:
                noted = await noting.note_all(ctx, at, piece.paid, piece.back)
                before, done = done, done + len(piece)
                # As in ``bulk``, at each time that eight times as many are there.
                if len(piece) >= MANY and before.bit_length() // 3 < done.bit_length() // 3:
                    await connection.execute("SELECT treasury.look_at_payments()")
                outcome = _added(outcome, noted)
                await _change(ctx, row["id"], {BankFile.done: done, BankFile.outcome: outcome})
    async with transaction(ctx):
        await _change(
            ctx,
            row["id"],
            {BankFile.standing: "done", BankFile.outcome: outcome, BankFile.ended_at: ctx.now},
        )
        await audit.record(ctx, "treasury.file.posted", f"bank_file/{row['id']}", **outcome)


def _added(outcome: Mapping[str, Any], noted: Noted) -> dict[str, Any]:
    more = {name: value for name, value in msgspec.structs.asdict(noted).items() if name != "waits"}
    more["known"], more["contradicted"] = len(noted.known), len(noted.contradicted)
    waits = dict(outcome.get("waits", {}))
    for reason, count in noted.waits.items():
        waits[reason] = waits.get(reason, 0) + count
    return {name: outcome.get(name, 0) + count for name, count in more.items()} | {"waits": waits}


async def _tell(
    ctx: Context, file: UUID, report: Report, standing: str, more: dict[Any, Any]
) -> None:
    """Tell what the whole of a file says, and how it stands now."""
    header, totals = report.header, report.totals
    told = {
        BankFile.standing: standing,
        BankFile.format: str(header.width),
        BankFile.bank: header.bank,
        BankFile.account: header.account,
        BankFile.day: header.effective_on,
        BankFile.paid_count: totals.paid_count,
        BankFile.paid: totals.paid,
        BankFile.reversed_count: totals.reversed_count,
        BankFile.reversed: totals.reversed,
    }
    async with transaction(ctx):
        await _change(ctx, file, told | more)


async def _refuse(ctx: Context, file: UUID, refusal: FileMalformed) -> None:
    async with transaction(ctx):
        await _change(
            ctx,
            file,
            {
                BankFile.standing: "refused",
                BankFile.faults: msgspec.to_builtins(refusal.faults),
                BankFile.fault_count: refusal.count,
                BankFile.ended_at: ctx.now,
            },
        )
        await audit.record(ctx, "treasury.file.refused", f"bank_file/{file}", faults=refusal.count)


async def _change(ctx: Context, file: UUID, values: dict[Any, Any]) -> None:
    await BankFile.update(values).where(BankFile.of(ctx), BankFile.id == file)


async def read_file(ctx: Context, file: UUID) -> dict[str, Any]:
    """Return the import of a file.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = (
            await BankFile.select()
            .where(BankFile.of(ctx), BankFile.id == file)
            .first()
            .output(load_json=True)
        )
    if row is None:
        raise NotFound(Text("ไม่พบการนำเข้านี้", "There is no such import."))
    known: dict[str, Any] = row
    return known


async def list_files(ctx: Context, *, most: int = 50) -> list[dict[str, Any]]:
    """Return the latest imports, the newest first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await BankFile.select()
            .where(BankFile.of(ctx))
            .order_by(BankFile.id, ascending=False)
            .limit(most)
            .output(load_json=True)
        )
    return rows
