"""What acts do in the catalog that is kept here: enter, take back, stop, resume, prove anew."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from contrib.catalog.rules.checklist import hindrance
from contrib.catalog.rules.states import Act
from contrib.catalog.service.kept import NONE, change, kept_here, look
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

    What was entered before a fault of the database is entered already, and taken as it is.

    :raises Conflict: the catalog does not take it.
    """
    wheel, name = await read_file(ctx, held["id"], "wheel")
    report = await newest_report(ctx, held["id"])
    if report is None or not report["tier"]:
        raise Conflict(_NOT_TRIED)
    written = await read_kept(ctx, held["id"], report["id"])

    def work(repository: catalog.Repository) -> None:
        code = held["publisher"]["code"]
        waiting = _waiting(repository, held["plugin"])
        there = (repository.targets / code / f"{held['wheel']}.{name}").exists()
        if there and waiting.get(held["version"]) == f"{code}/{name}":
            return
        if others := waiting.keys() - {held["version"]}:
            raise Conflict(_WAITS.format(plugin=held["plugin"], version=min(others)))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, name)
            file.write_bytes(wheel)
            catalog.enter(
                repository,
                code,
                file,
                texts=msgspec.json.encode(texts_of(held["answers"])),
                report=written,
                reviewers=[held["curator_name"], ctx.actor.name],
                data=held["answers"]["data"],
                now=ctx.now,
            )

    await change(ctx, work)


def _waiting(repository: catalog.Repository, plugin: str) -> dict[str, str]:
    """Return the versions of a plugin that were never published, with the paths of their wheels."""
    published = repository.entries(published=True)
    return {
        key[1]: path
        for key, (path, _) in repository.entries().items()
        if key[0] == plugin and key not in published
    }


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

    await change(ctx, work)


async def stop(ctx: Context, held: Held, reason: Text) -> None:
    """Have a stop of a version signed.

    :raises Conflict: that waits to be signed already.
    """
    plugin, version = held["plugin"], held["version"]

    def work(repository: catalog.Repository) -> None:
        if repository.find(plugin, version)[1].state == "stopped":
            raise Conflict(_STOPPING)
        repository.set_state(plugin, version, "stopped", reason, ctx.now)

    await change(ctx, work)


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

    await change(ctx, work)


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

    await change(ctx, work)


async def offered(ctx: Context, held: Held, acts: Sequence[Act]) -> list[Act]:
    """Return those of some acts for which the catalog leaves something to do."""
    report = await newest_report(ctx, held["id"])
    if kept_here(ctx) is None:
        return [act for act in acts if act not in _IN_CATALOG]
    if Act.RENEW not in acts:
        return list(acts)

    def work(repository: catalog.Repository) -> str:
        return repository.find(held["plugin"], held["version"])[1].quality.report

    if report is not None and report["tier"] and report["digest"] != await look(ctx, work):
        return list(acts)
    return [act for act in acts if act != Act.RENEW]
