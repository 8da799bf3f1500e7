"""What acts do in the catalog that is kept here: enter, take back, stop, resume, prove anew."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from contrib.catalog.rules.checklist import hindrance
from contrib.catalog.rules.states import FOLLOWED, Act
from contrib.catalog.service.kept import NONE, alone, kept_here
from contrib.catalog.service.packing import is_ready, texts_of
from contrib.catalog.service.reports import newest_report, read_kept
from contrib.catalog.service.submissions import read_file
from core.api import Conflict, Context, Text, catalog

_NOT_TRIED = Text(
    "ผลทดสอบล่าสุดต้องถึงระดับใดระดับหนึ่งก่อน ทดสอบตามเกณฑ์แล้วเสนออีกครั้ง",
    "Its last try must have reached a tier. Have it tried, then put it forward again.",
)
_WAITS = Text(
    "{plugin} มีรุ่น {version} รอลงลายมือชื่ออยู่ ให้เผยแพร่หรือถอนรุ่นนั้นก่อน",
    "{plugin} {version} waits to be signed. Have that published, or take it back first.",
)
_STOPPING = Text(
    "มีการเสนอหยุดรุ่นนี้แล้ว รอลงลายมือชื่ออยู่", "A stop of this version waits to be signed already."
)
_PUBLISHED = Text(
    "รุ่นนี้เผยแพร่แล้ว ถอนไม่ได้ ถ้าไม่ปลอดภัยให้เสนอหยุด",
    "It was published and cannot be taken back. If it is not safe, propose to stop it.",
)
_RESUMING = Text(
    "มีการเสนอให้ใช้รุ่นนี้ได้อีกแล้ว รอลงลายมือชื่ออยู่",
    "That the stop is taken back waits to be signed already.",
)
_IN_CATALOG = frozenset(
    {Act.PROPOSE, Act.AGREE, Act.RETRACT, Act.STOP, Act.RESUME, Act.RENEW}
)  # what is done where the catalog is kept
Held = Mapping[str, Any]
"""A submission with its publisher."""


async def demand_complete(ctx: Context, held: Held) -> None:
    """Return where a version may be put before a second curator.

    :raises Conflict: no catalog is kept here, or the checklist or the report is wanting.
    """
    if kept_here(ctx) is None:
        raise Conflict(NONE)
    if (why := hindrance(held["checklist"])) is not None:
        raise Conflict(why)
    if not is_ready(held, await newest_report(ctx, held["id"])):
        raise Conflict(_NOT_TRIED)


async def enter(ctx: Context, held: Held) -> None:
    """Have a version signed, as two curators have seen it; the second is the actor.

    What was left by a fault of the database, with another curator's name in it, is entered anew.

    :raises Conflict: the catalog does not take it.
    """
    wheel, name = await read_file(ctx, held["id"], "wheel")
    report = await newest_report(ctx, held["id"])
    if report is None or not report["tier"]:
        raise Conflict(_NOT_TRIED)
    written = await read_kept(ctx, held["id"], report["id"])

    def work(repository: catalog.Repository) -> None:
        plugin, version = held["plugin"], held["version"]
        waiting = _waiting(repository, plugin)
        if others := waiting - {version}:
            raise Conflict(_WAITS.format(plugin=plugin, version=min(others)))
        if version in waiting:
            catalog.take_back(repository, plugin, version, ctx.now)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, name)
            file.write_bytes(wheel)
            catalog.enter(
                repository,
                held["publisher"]["code"],
                file,
                texts=msgspec.json.encode(texts_of(held["answers"])),
                report=written,
                reviewers=[held["curator_name"], ctx.actor.name],
                data=held["answers"]["data"],
                now=ctx.now,
            )

    await alone(ctx, work)


def _waiting(repository: catalog.Repository, plugin: str) -> set[str]:
    """Return the versions of a plugin that were never published."""
    new = repository.entries().keys() - repository.entries(published=True).keys()
    return {version for name, version in new if name == plugin}


async def retract(ctx: Context, held: Held) -> None:
    """Have a version that waits to be signed wait no more.

    :raises Conflict: it was published meanwhile.
    """
    plugin, version = held["plugin"], held["version"]

    def work(repository: catalog.Repository) -> None:
        if version in _waiting(repository, plugin):
            catalog.take_back(repository, plugin, version, ctx.now)
        elif (plugin, version) in repository.entries(published=True):
            raise Conflict(_PUBLISHED)

    await alone(ctx, work)


async def stop(ctx: Context, held: Held, reason: Text) -> None:
    """Have a stop of a version signed.

    :raises Conflict: that waits to be signed already.
    """
    plugin, version = held["plugin"], held["version"]

    def work(repository: catalog.Repository) -> None:
        if repository.find(plugin, version)[1].state == "stopped":
            raise Conflict(_STOPPING)
        repository.set_state(plugin, version, "stopped", reason, ctx.now)

    await alone(ctx, work)


async def resume(ctx: Context, held: Held) -> None:
    """Have it signed that a version is not stopped any more.

    It is superseded where a newer version was approved meanwhile.

    :raises Conflict: that waits to be signed already.
    """
    plugin, version = held["plugin"], held["version"]

    def work(repository: catalog.Repository) -> None:
        if repository.find(plugin, version)[1].state != "stopped":
            raise Conflict(_RESUMING)
        newer = any(
            key[0] == plugin and entry.state == "approved"
            for key, (_, entry) in repository.entries().items()
        )
        state = "superseded" if newer else "approved"
        repository.set_state(plugin, version, state, None, ctx.now)

    await alone(ctx, work)


async def renew(ctx: Context, held: Held) -> None:
    """Have the newest report signed as the evidence of a version's tier.

    :raises Conflict: it shows nothing, or nothing newer.
    """
    report = await newest_report(ctx, held["id"])
    if report is None or not report["tier"]:
        raise Conflict(_NOT_TRIED)
    written = await read_kept(ctx, held["id"], report["id"])

    def work(repository: catalog.Repository) -> None:
        catalog.renew_evidence(repository, held["plugin"], held["version"], written, ctx.now)

    await alone(ctx, work)


class Offered(msgspec.Struct, frozen=True):
    """What may be done with a submission, as far as the catalog goes.

    :param waits: something that was proposed of it waits to be signed.
    """

    acts: tuple[Act, ...]
    waits: bool = False


async def offered(ctx: Context, held: Held, acts: Sequence[Act]) -> Offered:
    """Return those of some acts for which the catalog leaves something to do."""
    if kept_here(ctx) is None:
        return Offered(tuple(act for act in acts if act not in _IN_CATALOG))
    if not _IN_CATALOG & set(acts) or held["state"] not in FOLLOWED:
        return Offered(tuple(acts))
    report = await newest_report(ctx, held["id"])
    digest = report["digest"] if report is not None and report["tier"] else None
    key = (held["plugin"], held["version"])

    def work(repository: catalog.Repository) -> Offered:
        known, published = repository.entries(), repository.entries(published=True)
        if key not in known:
            return Offered(tuple(acts))
        entry, left = known[key][1], set(acts)
        left -= {Act.STOP} if entry.state == "stopped" else {Act.RESUME}
        left -= {Act.RENEW} if digest in (None, entry.quality.report) else set()
        return Offered(tuple(act for act in acts if act in left), known[key] != published.get(key))

    return await alone(ctx, work)
