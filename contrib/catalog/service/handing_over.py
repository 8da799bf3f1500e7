"""A plugin goes from a publisher who is gone to another, who hands in its next versions."""

from typing import Any

from contrib.catalog.service.kept import alone, kept_here
from contrib.catalog.service.rights import CURATE
from contrib.catalog.tables.submissions import Plugin, Publisher
from core.api import Context, InvalidInput, NotAllowed, Text, audit, catalog, need, transaction

_NO_PLUGIN = Text(
    "ไม่มีผู้ใดส่งปลั๊กอินชื่อ “{name}” ดูชื่อจากหน้ารายการปลั๊กอินที่ส่ง",
    "Nobody has handed in a plugin called “{name}”. See the list of submissions for its name.",
)
_NO_PUBLISHER = Text(
    "ไม่มีผู้เผยแพร่รหัส “{code}” ให้ผู้เผยแพร่รายใหม่ลงทะเบียนก่อน",
    "No publisher is called “{code}”. The new publisher registers first.",
)
_SAME = Text("ปลั๊กอินนี้เป็นของผู้เผยแพร่รายนี้อยู่แล้ว", "The plugin is this publisher's already.")
_OWN = Text(
    "โอนปลั๊กอินให้ตนเองไม่ได้ ให้ผู้ตรวจคนอื่นดำเนินการ",
    "Nobody hands a plugin over to themselves. Another curator does it.",
)


async def hand_over(ctx: Context, *, plugin: str, publisher: str, **why: Any) -> bool:
    """Let another publisher go on with a plugin; where it is published two curators sign that, too.

    :param publisher: the code of the new one.
    :param why: the reason, the day of the decision and who decided, for the trail.
    :returns: whether it waits to be signed.
    :raises InvalidInput: there is no such plugin or publisher, or it is theirs already.
    :raises NotAllowed: it would be the actor's own.
    """
    need(ctx, CURATE)
    async with transaction(ctx):
        held = (
            await Plugin.select()
            .where(Plugin.of(ctx), Plugin.name == plugin)
            .lock_rows("UPDATE")
            .first()
        )
        if held is None:
            raise InvalidInput({"plugin": _NO_PLUGIN.format(name=plugin)})
        [before] = await Publisher.select().where(
            Publisher.of(ctx), Publisher.id == held["publisher_id"]
        )
        new = await _publisher(ctx, publisher)
        if new["id"] == held["publisher_id"]:
            raise InvalidInput({"publisher": _SAME})
        if new["account"] == ctx.actor.id:
            raise NotAllowed(_OWN)
        waits = await _propose(ctx, plugin, publisher)
        await Plugin.update({Plugin.publisher_id: new["id"]}).where(
            Plugin.of(ctx), Plugin.name == plugin
        )
        facts = {"before": before["code"], "publisher": publisher, **why}
        await audit.record(ctx, "catalog.plugin.handed_over", f"plugin/{plugin}", **facts)
    return waits


async def _publisher(ctx: Context, code: str) -> dict[str, Any]:
    found: dict[str, Any] | None = (
        await Publisher.select().where(Publisher.of(ctx), Publisher.code == code).first()
    )
    if found is None:
        raise InvalidInput({"publisher": _NO_PUBLISHER.format(code=code)})
    return found


async def _propose(ctx: Context, plugin: str, publisher: str) -> bool:
    """Have it signed where the catalog has the plugin from another publisher."""
    if kept_here(ctx) is None:
        return False

    def work(repository: catalog.Repository) -> bool:
        if catalog.publisher_of(repository, plugin) in (None, publisher):
            return False
        catalog.hand_over(repository, plugin, publisher, ctx.now)
        return True

    return await alone(ctx, work)
