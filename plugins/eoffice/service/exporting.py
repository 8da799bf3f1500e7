"""Make the package of a register and year: every entry, every letter, every file as it is kept.

The job of the worker. A hundred entries at a time are looked up, and go to the disk one after
another; a file that is not what was kept stops it, with the name of that file.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from anyio import to_thread

from core.api import Context, NotFound, Text, audit, transaction
from kit.documents import Store, csv_of
from plugins.eoffice.rules import packages
from plugins.eoffice.rules.packages import COLUMNS, Told, file_name, folder_of, proof_name
from plugins.eoffice.rules.registers import MASKED, title_of
from plugins.eoffice.service import registers
from plugins.eoffice.service.endorsements import plain
from plugins.eoffice.service.exports import get_export
from plugins.eoffice.service.packing import Altered, Package
from plugins.eoffice.service.seals import public_key, seal
from plugins.eoffice.tables.exchange import Arrival, Dispatch
from plugins.eoffice.tables.keeping import Export
from plugins.eoffice.tables.letters import File, Letter
from plugins.eoffice.tables.routing import Endorsement

AT_ONCE = 100
_ALTERED = Text(
    "ไฟล์ {name} ไม่ตรงกับที่เก็บไว้ หรือไม่มีในที่เก็บ จึงไม่จัดทำชุดส่งออก แจ้งผู้ดูแลระบบตรวจที่เก็บไฟล์",
    "The file {name} is not what was kept, or is gone, so nothing is exported. Tell the "
    "administrator to look at the store.",
)
_HEAD = (
    "way", "kind", "state", "number", "dated_on", "subject", "sender", "recipient", "secrecy",
    "speed", "due_at", "unit", "keywords", "retention", "closed_on", "created_at", "answers",
)  # fmt: skip
_SENT = (
    "what", "receiver", "channel", "state", "created_at", "sent_at", "received_at", "answered_at",
    "accept_number", "why",
)  # fmt: skip
_CAME = ("channel", "key", "arrived_at", "doubt")


class Counts(msgspec.Struct):
    """What went into a package."""

    entries: int = 0
    letters: int = 0
    files: int = 0
    secret: int = 0


class Making(msgspec.Struct):
    """A package that is being made, and what of the register is in it so far."""

    package: Package
    store: Store
    counts: Counts
    lines: list[dict[str, Any]]


async def make(ctx: Context, export: str) -> None:
    """Make what was asked for and keep it; one that is made already is left alone."""
    row = await get_export(ctx, UUID(export))
    if row["state"] != "waiting":
        return
    store = Store(ctx.settings.data / "files")
    # Whoever was cut off left its folder behind, and the next attempt begins anew.
    folder = ctx.settings.data / "exports" / export
    await to_thread.run_sync(_clear, folder)
    folder.mkdir(parents=True)
    try:
        await _make(ctx, row, folder / "package.zip", store)
    finally:
        await to_thread.run_sync(_clear, folder)


def _clear(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


async def _make(ctx: Context, row: Mapping[str, Any], path: Path, store: Store) -> None:
    try:
        counts = await _write(ctx, row, path, store)
    except Altered as altered:
        await _fail(ctx, row, altered.name)
        return
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        digest = await to_thread.run_sync(store.put_file, ctx.tenant.id, file)
    await _done(ctx, row, counts, digest, size)


async def _write(ctx: Context, row: Mapping[str, Any], path: Path, store: Store) -> Counts:
    with Package(path, ctx.now.astimezone(ctx.tenant.zone)) as package:
        making = Making(package, store, Counts(), [])
        first, last = 1, (await registers.last_numbers(ctx, row["year"]))[row["register"]]
        while first <= last:
            entries = await registers.span_of(
                ctx, row["register"], row["year"], first, first + AT_ONCE - 1
            )
            await _write_entries(ctx, making, entries)
            first += AT_ONCE
        told = Told(
            office=ctx.tenant.name,
            title=title_of(row["register"], ctx.tenant),
            year=row["year"],
            origin=ctx.origin,
            key=await public_key(ctx),
            made_at=ctx.now,
            secret=making.counts.secret,
        )
        await to_thread.run_sync(_finish, making, told, await seal(ctx))
    return making.counts


def _finish(making: Making, told: Told, private: str) -> None:
    heads = [title.th for title in COLUMNS.values()]
    table = [[_cell(line[name]) for name in COLUMNS] for line in making.lines]
    making.package.add(packages.REGISTER_CSV, csv_of(heads, table))
    making.package.add(packages.REGISTER_JSON, _json(making.lines))
    making.package.add(packages.README, packages.readme_of(told))
    making.package.seal(private)


def _cell(value: Any) -> str | int:
    return value if isinstance(value, str | int) else "" if value is None else value.isoformat()


def _json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


async def _write_entries(ctx: Context, making: Making, entries: Sequence[Any]) -> None:
    found = await _letters(ctx, [one["letter_id"] for one in entries if one["letter_id"]])
    for entry in entries:
        letter = found.get(entry["letter_id"])
        line = {name: entry[name] for name in COLUMNS if name != "folder"} | {"folder": ""}
        if letter is not None and letter["secrecy"] != "normal":
            line |= {name: MASKED.th for name in ("subject", "sender", "recipient", "action")}
            line |= {"letter_number": "", "remark": ""}
            making.counts.secret += 1
        elif letter is not None:
            line["folder"] = folder_of(entry["number"])
            await to_thread.run_sync(_write_letter, making, ctx.tenant.id, line, letter)
        making.lines.append(line)
        making.counts.entries += 1


async def _letters(ctx: Context, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return letters with all that belongs to them, none of it of a secret one."""
    async with transaction(ctx):
        rows = await Letter.select().where(Letter.of(ctx), Letter.id.is_in(list(ids)))
        found = {row["id"]: {**row, **{part: [] for part in _PARTS}} for row in rows}
        open_ones = [id for id, row in found.items() if row["secrecy"] == "normal"]
        for part, (table, order) in _PARTS.items():
            some = (
                await table.select()
                .where(table.of(ctx), table.letter_id.is_in(open_ones))
                .order_by(order)
                .output(load_json=True)
            )
            for row in some:
                found[row["letter_id"]][part].append(row)
    return found


_PARTS: Mapping[str, tuple[Any, Any]] = {
    "files": (File, File.position),
    "endorsements": (Endorsement, Endorsement.position),
    "dispatches": (Dispatch, Dispatch.id),
    "arrivals": (Arrival, Arrival.arrived_at),
}


def _write_letter(
    making: Making, tenant: str, line: Mapping[str, Any], letter: Mapping[str, Any]
) -> None:
    folder, package = line["folder"], making.package
    files = []
    for position, file in enumerate(letter["files"], start=1):
        name = f"{folder}/files/{file_name(position, file['name'])}"
        try:
            kept = making.store.open(tenant, file["digest"])
        except NotFound as gone:
            raise Altered(name) from gone
        package.copy(name, kept, file["digest"])
        told = {one: file[one] for one in ("name", "role", "mime", "size", "pages", "added_at")}
        files.append({"path": name, "sha256": file["digest"], **told})
    head = {name: letter[name] for name in _HEAD}
    head |= {"files": files, "sent": _sent(package, folder, letter["dispatches"])}
    package.add(
        f"{folder}/letter.json",
        _json(head | {"came": _came(package, folder, letter["arrivals"])}),
    )
    if written := letter["endorsements"]:
        lines = "".join(f"{plain(one)}\n" for one in written)
        chain = "".join(f"{one['digest']}\n" for one in written)
        package.add(f"{folder}/endorsements.jsonl", lines.encode())
        package.add(f"{folder}/endorsements.sha256", chain.encode())
    making.counts.letters += 1
    making.counts.files += len(files)


def _sent(package: Package, folder: str, dispatches: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {name: one[name] for name in _SENT}
        | _proofs(package, folder, f"sent-{one['id']}", one, ("message", "proof"))
        for one in dispatches
    ]


def _came(package: Package, folder: str, arrivals: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {name: one[name] for name in _CAME}
        | _proofs(package, folder, f"came-{number}", one, ("proof", "receipt"))
        for number, one in enumerate(arrivals, start=1)
    ]


def _proofs(
    package: Package, folder: str, what: str, row: Mapping[str, Any], names: Sequence[str]
) -> dict[str, str]:
    """Add the proofs of a row, and return where each of them stands."""
    found = {}
    for name in names:
        if row[name]:
            found[name] = proof_name(folder, f"{what}-{name}", bytes(row[name]))
            package.add(found[name], bytes(row[name]))
    return found


async def _done(
    ctx: Context, row: Mapping[str, Any], counts: Counts, digest: str, size: int
) -> None:
    change = {getattr(Export, name): value for name, value in msgspec.to_builtins(counts).items()}
    change |= {Export.state: "done", Export.made_at: ctx.now}
    change |= {Export.digest: digest, Export.size: size}
    await _end(ctx, row, change, digest=digest)


async def _fail(ctx: Context, row: Mapping[str, Any], name: str) -> None:
    why = msgspec.json.encode(_ALTERED.format(name=name)).decode()
    await _end(ctx, row, {Export.state: "failed", Export.problem: why}, altered=name)


async def _end(
    ctx: Context, row: Mapping[str, Any], change: Mapping[Any, Any], **said: Any
) -> None:
    async with transaction(ctx):
        await Export.update(dict(change)).where(
            Export.of(ctx), Export.id == row["id"], Export.state == "waiting"
        )
        await audit.record(ctx, "eoffice.export.made", f"export/{row['id']}", **said)
