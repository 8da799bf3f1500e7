"""Inspections of sites: which cases wait for one, and how a record is taken, once.

A device that had no signal sends later. A case that has moved on meanwhile still takes what was
found while it stood at its step, and the record says that it came late.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    EVERYWHERE,
    Conflict,
    Context,
    NotAllowed,
    NotFound,
    Text,
    add,
    audit,
    new_id,
    transaction,
)
from kit.casework import (
    Request,
    Whereabouts,
    cases_at,
    left_step_on,
    read_request,
    whereabouts,
)
from kit.documents import KeptPhoto, keep_photo
from kit.geo import Address
from kit.thai import local, short_day
from plugins.permits.rules.after import CERTIFY
from plugins.permits.rules.asked import asked_of
from plugins.permits.rules.inspecting import STOPS, Inspected, Stop, stated_of
from plugins.permits.service.afterwards import find_permit
from plugins.permits.service.plans import plans_in_force
from plugins.permits.tables.inspections import Inspection

# So many forms are kept on a device beside the list.
MOST_LISTED = 25

_NOT_OURS = Text(
    "เรื่องนี้ไม่ใช่คำขออนุญาตก่อสร้าง จึงไม่มีบันทึกการตรวจสถานที่ ตรวจเลขรับอีกครั้ง",
    "This case is no request to build, so no site is inspected for it. Check its number.",
)
_NOT_YOURS = Text(
    "บันทึกการตรวจสถานที่ของเรื่องนี้เป็นงานของผู้ตรวจในกองเจ้าของเรื่อง ถ้าเป็นงานของท่าน แจ้งผู้ดูแลระบบ",
    "The site of this case is inspected by inspectors of its division. If that is your work, ask "
    "the administrator.",
)
_NOT_YET = Text(
    "เรื่องนี้ยังไม่ถึงขั้นตรวจสถานที่ ส่งบันทึกเมื่อเรื่องมาถึงขั้นนี้ สิ่งที่กรอกยังอยู่",
    "This case has not come to its inspection. Send the record when it has; what you filled in is "
    "kept.",
)
_GONE_ON = Text(
    "เรื่องนี้ผ่านขั้นตรวจสถานที่ไปเมื่อ {th} จึงรับเฉพาะบันทึกที่ตรวจก่อนนั้น ตรวจวันที่ในบันทึก หรือเขียนเป็นบันทึกภายในเรื่อง",
    "This case left its inspection on {en}, and takes only what was found before. Check the day of "
    "the record, or write a note in the case.",
)


class Photo(KeptPhoto, frozen=True, kw_only=True):
    """A photo of a site.

    :param shows: a side, or ``other``.
    """

    shows: str


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A case whose site is to be inspected.

    :ivar waits: it stands at that step now.
    :ivar recorded: there is a record of an inspection already.
    :ivar stated: lengths by side, metres, as :func:`stated_of`.
    """

    case: Whereabouts
    place: str
    pin: Mapping[str, float] | None
    plot: Sequence[Mapping[str, float]]
    deed: str
    waits: bool
    recorded: bool
    stated: Mapping[str, Any]


def stop_of(ctx: Context, here: Whereabouts) -> Stop:
    """Return at which step the site of a case is inspected, for who may do that.

    :raises NotFound: it is no case of this plugin that has an inspection.
    :raises NotAllowed: it is not the actor's work.
    """
    stop = STOPS.get(here.service)
    if stop is None:
        raise NotFound(_NOT_OURS)
    if not ctx.actor.may(stop.permission, here.unit):
        raise NotAllowed(_NOT_YOURS)
    return stop


def may_inspect(ctx: Context, unit: str | None = None) -> bool:
    """Return whether the actor inspects sites, of a division where one is given."""
    return any(ctx.actor.may(stop.permission, unit) for stop in STOPS.values())


async def waiting(ctx: Context) -> list[Site]:
    """Return the cases whose site the actor may inspect now, the earliest due first.

    :raises NotAllowed: the actor inspects nothing at all.
    """
    if not may_inspect(ctx):
        raise NotAllowed(_NOT_YOURS)
    found: list[Whereabouts] = []
    for service, stop in STOPS.items():
        if ctx.actor.may(stop.permission):
            units = ctx.actor.permissions[stop.permission]
            within = None if units is EVERYWHERE else units
            found += await cases_at(ctx, service, stop.step, units=within, limit=MOST_LISTED)
    # Those whose clock has not started have no last day, and stand at the end.
    found.sort(key=lambda one: (one.due_on is None, one.due_on or ctx.today, one.id))
    return [await _site(ctx, one) for one in found[:MOST_LISTED]]


async def site_of(ctx: Context, case: UUID) -> Site:
    """Return a case as its inspector needs it on the site.

    :raises NotFound: there is no such case with an inspection.
    :raises NotAllowed: it is not the actor's work.
    """
    here = await whereabouts(ctx, case)
    stop_of(ctx, here)
    return await _site(ctx, here)


async def _site(ctx: Context, here: Whereabouts) -> Site:
    answers = await _as_stated(ctx, await read_request(ctx, here.id))
    async with transaction(ctx):
        recorded = await Inspection.exists().where(
            Inspection.of(ctx), Inspection.case_id == here.id
        )
    return Site(
        case=here,
        place=_place(answers, ctx),
        pin=answers.get("pin"),
        plot=answers.get("plot") or (),
        deed=str(answers.get("deed_number", "")),
        waits=here.open and here.step == STOPS[here.service].step,
        recorded=recorded,
        stated=await _stated(ctx, answers),
    )


def _place(answers: Mapping[str, Any], ctx: Context) -> str:
    site = answers.get("site")
    return Address(**site).one_line(ctx.language) if site else ""


async def _as_stated(ctx: Context, request: Request) -> Mapping[str, Any]:
    """Return the answers that tell of a site: of what is built already, those of its permit."""
    if request.service != CERTIFY:
        return request.answers
    permit = await find_permit(ctx, request.answers.get("permit"))
    try:
        return (await read_request(ctx, permit["case_id"])).answers if permit else {}
    except NotFound:
        # Its case is kept no longer.
        return {}


async def _stated(ctx: Context, answers: Mapping[str, Any]) -> dict[str, Any]:
    return stated_of(asked_of(answers, await plans_in_force(ctx, ctx.today)))


async def keep_photo_of(ctx: Context, shows: str, name: str, data: bytes) -> Photo:
    """Keep a photo of a side of a site.

    :raises FileRefused: it is broken, too large, or no picture.
    """
    kept = await keep_photo(ctx, name, data)
    return Photo(shows=shows, **msgspec.structs.asdict(kept))


async def record(
    ctx: Context, case: UUID, found: Inspected, photos: Sequence[Photo], *, key: str
) -> UUID:
    """Take the record of an inspection, once for each key, and return what it is known by.

    :param photos: kept before, by :func:`keep_photo_of`.
    :raises NotFound: there is no such case with an inspection.
    :raises NotAllowed: it is not the actor's work.
    :raises Conflict: the case has not come to its inspection, or left it before this was found.
    """
    if (known := await _find(ctx, key)) is not None:
        return known
    here = await whereabouts(ctx, case)
    late = await _came_late(ctx, here, stop_of(ctx, here), found.made_at)
    request = await read_request(ctx, case)
    row = await _row(ctx, here, request, found, photos) | {"key": key, "late": late}
    async with transaction(ctx):
        if not await add(Inspection, row, unless=("tenant_id", "key")):
            return await _find(ctx, key) or row["id"]
        await audit.record(
            ctx,
            "permits.inspection.recorded",
            f"case/{case}",
            owner=request.applicant.account,
            inspection=str(row["id"]),
            result=found.result,
            photos=len(photos),
            late=late,
        )
    id: UUID = row["id"]
    return id


async def _find(ctx: Context, key: str) -> UUID | None:
    async with transaction(ctx):
        row = (
            await Inspection.select(Inspection.id)
            .where(Inspection.of(ctx), Inspection.key == key)
            .first()
        )
    known: UUID | None = row["id"] if row else None
    return known


async def _came_late(ctx: Context, here: Whereabouts, stop: Stop, made_at: datetime) -> bool:
    """Return whether the case has moved on since; what was found after that is refused."""
    if here.open and here.step == stop.step:
        return False
    left = await left_step_on(ctx, here.id, stop.step)
    if left is None:
        raise Conflict(_NOT_YET)
    if local(made_at).date() > left:
        raise Conflict(_GONE_ON.format(th=short_day(left, "th"), en=short_day(left, "en")))
    return True


async def _row(
    ctx: Context, here: Whereabouts, request: Request, found: Inspected, photos: Sequence[Photo]
) -> dict[str, Any]:
    return {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "case_id": here.id,
        "number": here.number,
        "made_at": found.made_at,
        "sent_at": ctx.now,
        "result": found.result,
        "found": msgspec.to_builtins(found),
        "stated": msgspec.to_builtins(await _stated(ctx, await _as_stated(ctx, request))),
        "photos": msgspec.to_builtins(list(photos)),
        "account": ctx.actor.id,
        "made_by_name": ctx.actor.name,
        "made_by_post": ctx.actor.post,
    }
