"""The work in the field, noted on a phone and perhaps sent hours later: it arrives once."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from contrib.incidents.rules.fieldwork import DONE, Work
from contrib.incidents.rules.states import Act, State
from contrib.incidents.service.acting import check_right
from contrib.incidents.service.matters import get_report, hold, note
from contrib.incidents.service.moving import move
from contrib.incidents.service.rights import WORK
from contrib.incidents.service.sending import photo_row
from contrib.incidents.tables.assets import Asset
from contrib.incidents.tables.reports import Event, Photo
from core.api import Conflict, Context, Text, add_all, need, transaction
from kit.documents import KeptPhoto
from kit.thai import local

# So many forms are kept on a device beside the list.
MOST_LISTED = 25
Row = Mapping[str, Any]

_WAITING = f"""
SELECT r.*, a.code AS asset_code, a.lamp FROM incidents.report r
LEFT JOIN incidents.asset a ON a.tenant_id = r.tenant_id AND a.id = r.asset_id
WHERE r.tenant_id = $1 AND r.state IN ('assigned', 'accepted', 'working')
  AND ($2::varchar[] IS NULL OR r.unit = ANY ($2)) AND (r.crew IS NULL OR r.crew = $3)
ORDER BY r.due_at, r.id LIMIT {MOST_LISTED}
"""  # noqa: S608 - of constants alone
_OTHER = Text(
    "บันทึกนี้ส่งแล้วสำหรับเรื่องอื่น เปิดแบบของเรื่องนี้อีกครั้งแล้วกรอกใหม่",
    "This was sent already for another report. Open the form of this one again and fill it in.",
)


async def to_do(ctx: Context) -> Sequence[Row]:
    """Return what waits for the actor, what is due first before the rest, at most ``MOST_LISTED``.

    :raises NotAllowed: the actor does no such work.
    """
    need(ctx, WORK)
    held = ctx.actor.permissions.get(WORK)
    units = None if held is None else sorted(held)
    async with transaction(ctx) as connection:
        rows: Sequence[Row] = await connection.fetch(_WAITING, ctx.tenant.id, units, ctx.actor.id)
    return rows


async def job_of(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a report as its crew needs it there.

    :raises NotFound: there is none.
    :raises NotAllowed: it is of another division.
    """
    report = await get_report(ctx, id)
    need(ctx, WORK)
    if report["unit"]:
        check_right(ctx, report, Act.CLOSE)
    asset = None
    if report["asset_id"]:
        async with transaction(ctx):
            asset = (
                await Asset.select().where(Asset.of(ctx), Asset.id == report["asset_id"]).first()
            )
    return report | {"asset": asset}


async def record(
    ctx: Context,
    id: UUID,
    work: Work,
    before: Sequence[KeptPhoto],
    after: Sequence[KeptPhoto],
    *,
    key: str,
) -> None:
    """Note what was done, once for each key; what was not accepted before is accepted by it.

    :raises NotFound: there is no such report.
    :raises NotAllowed: it is of another division.
    :raises Conflict: it is no longer to be worked on, or the key was used for another one.
    """
    async with transaction(ctx):
        [held] = await hold(ctx, id)
        if await _is_known(ctx, id, key):
            return
        check_right(ctx, held, Act.CLOSE)
        if held["state"] == State.ASSIGNED:
            await move(ctx, held, Act.ACCEPT, made_at=work.made_at)
            [held] = await hold(ctx, id)
        if work.what == DONE:
            await _close(ctx, held, work, key)
        elif held["state"] == State.WORKING:
            words, moment = work.words, work.made_at
            await note(ctx, id, Act.BEGIN, State.WORKING, words=words, key=key, made_at=moment)
        else:
            made_at = work.made_at
            await move(ctx, held, Act.BEGIN, words=work.words, key=key, made_at=made_at)
        photos = [photo_row(ctx, id, one, "before") for one in before]
        photos += [photo_row(ctx, id, one, "after") for one in after]
        if photos:
            await add_all(Photo, photos)


async def _close(ctx: Context, held: dict[str, Any], work: Work, key: str) -> None:
    words, moment = work.words, work.made_at
    # What was paid before it was reopened counts too.
    more = {} if work.cost is None else {"cost": (held["cost"] or 0) + work.cost}
    await move(ctx, held, Act.CLOSE, more, words=words, for_all=True, key=key, made_at=moment)
    if held["asset_id"]:
        day = local(work.made_at).date()
        async with transaction(ctx):
            await Asset.update({Asset.repaired_on: day}).where(
                Asset.of(ctx), Asset.id == held["asset_id"]
            )


async def _is_known(ctx: Context, id: UUID, key: str) -> bool:
    """Return whether a sending came before.

    :raises Conflict: it was for another report.
    """
    async with transaction(ctx):
        event = await Event.select(Event.report_id).where(Event.of(ctx), Event.key == key).first()
    if event is None:
        return False
    if event["report_id"] != id:
        raise Conflict(_OTHER)
    return True
