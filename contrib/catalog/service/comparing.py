"""A version held against one that was handed in before it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from anyio import CapacityLimiter, to_thread

from contrib.catalog.rules.differences import Difference, Mark, differences, gained
from contrib.catalog.rules.states import ENDED, PUBLISHED
from contrib.catalog.service.rights import CURATE
from contrib.catalog.service.submissions import read_file, read_submission
from contrib.catalog.tables.submissions import Submission
from core.api import Context, NotFound, Text, catalog, transaction

_AT_ONCE = CapacityLimiter(1)
_NOT_EARLIER = Text(
    "ไม่มีรุ่นก่อนหน้านี้ให้เทียบ เลือกรุ่นจากรายการในหน้านี้",
    "There is no such earlier version. Choose one from the list on the page.",
)


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A version beside an earlier one.

    :param before: the earlier one; None where every file is held to be new.
    :param earlier: those that it can be held against, the newest first.
    :param gained: what it can do that the earlier one could not.
    """

    one: Mapping[str, Any]
    before: Mapping[str, Any] | None
    earlier: Sequence[Mapping[str, Any]]
    gained: tuple[Mark, ...]
    files: tuple[Difference, ...]


async def compare(ctx: Context, id: UUID, against: str | None = None) -> Compared:
    """Return what is other in a version.

    :param against: an earlier version; empty for none, None for the newest that is published, or
        else the newest earlier one.
    :raises NotFound: there is no such submission for the actor, or no such earlier version.
    """
    one = await read_submission(ctx, id)
    earlier = await _earlier(ctx, one)
    before = None
    if against is None:
        published = (row for row in earlier if row["state"] in PUBLISHED)
        before = next(published, next(iter(earlier), None))
    elif against:
        before = next((row for row in earlier if row["version"] == against), None)
        if before is None:
            raise NotFound(_NOT_EARLIER)
    new, old = await read_file(ctx, id, "wheel"), None
    if before is not None:
        old = await read_file(ctx, before["id"], "wheel")
    return Compared(
        one=one,
        before=before,
        earlier=earlier,
        gained=gained(_can(before), _can(one)),
        files=await to_thread.run_sync(_compare, old, new, limiter=_AT_ONCE),
    )


def _compare(old: tuple[bytes, str] | None, new: tuple[bytes, str]) -> tuple[Difference, ...]:
    before = catalog.open_wheel(old[0], name=old[1]).files if old else {}
    return differences(before, catalog.open_wheel(new[0], name=new[1]).files)


def _can(row: Mapping[str, Any] | None) -> catalog.Capabilities:
    return msgspec.convert(row["capabilities"] if row else {}, catalog.Capabilities)


async def _earlier(ctx: Context, one: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the lower versions of the plugin that have not ended, the newest first."""
    columns = (Submission.id, Submission.version, Submission.state, Submission.capabilities)
    query = (
        Submission.select(*columns)
        .where(Submission.of(ctx), Submission.plugin == one["plugin"])
        .where(Submission.state.not_in(sorted(ENDED)))
    )
    if not ctx.actor.may(CURATE):
        # Of a plugin that was handed over: others' files are theirs.
        query = query.where(Submission.publisher_id == one["publisher_id"])
    async with transaction(ctx):
        rows: list[dict[str, Any]] = await query.output(load_json=True)
    mine = catalog.rank(one["version"])
    lower = [row for row in rows if catalog.rank(row["version"]) < mine]
    return sorted(lower, key=lambda row: catalog.rank(row["version"]), reverse=True)
