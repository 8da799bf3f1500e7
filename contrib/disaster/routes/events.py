"""Disasters at the desk: the list, one of them with its zones, its notices."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.disaster.forms.events import EVENT, MEASURED, facts_of, zone_groups, zone_of
from contrib.disaster.rules.events import KINDS, STATES
from contrib.disaster.service import declaring, events
from contrib.disaster.service.rights import COMMAND, READ
from core.api import AppError, Context, Ctx, Text, allow, page
from kit.forms import AnyRequest, Sheet, read_posted, read_sheet, revision_of, show_sheet
from kit.geo import Point, map_of, own_subdistricts

HOME = "/desk/disaster/events"
_READ, _COMMAND = allow(READ), allow(COMMAND)
_LIST = (HOME, Text("เหตุการณ์สาธารณภัย", "Disasters"))
_NEW = Sheet(
    title=Text("เปิดเหตุการณ์สาธารณภัย", "Open a disaster"),
    back=_LIST,
    groups=EVENT,
    button=Text("เปิดเหตุการณ์", "Open it"),
    intro=Text(
        "เมื่อเปิดแล้วประชาชนขอความช่วยเหลือได้ทันที กำหนดพื้นที่และออกประกาศในหน้าถัดไป",
        "From then on people can ask for help. Its area and its notice come on the next page.",
    ),
)


@get(HOME, guards=[_READ])
async def show_events(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """List the disasters, those that go on first."""
    return await page(
        request,
        ctx,
        "disaster/events.html",
        events=await events.read_events(ctx),
        kinds=KINDS,
        states=STATES,
        may_open=ctx.actor.may(COMMAND),
    )


@get(f"{HOME}/new", guards=[_COMMAND])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask about a disaster."""
    return await show_sheet(request, ctx, _NEW, values={"begun_on": ctx.today.isoformat()})


@post(f"{HOME}/new", guards=[_COMMAND])
async def open_new(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Open a disaster."""
    reading = await read_sheet(request, ctx, _NEW)
    if reading.problems:
        return await show_sheet(request, ctx, _NEW, reading=reading)
    id = await events.open_event(ctx, facts_of(reading.values))
    return Redirect(f"{HOME}/{id}", status_code=303)


@get(f"{HOME}/{{event:uuid}}", guards=[_READ])
async def show_event(request: AnyRequest, ctx: Ctx, event: FromPath[UUID]) -> Response[str]:
    """Show a disaster with its zones and notices."""
    return await _show(request, ctx, event)


async def _show(
    request: AnyRequest, ctx: Context, id: UUID, refusal: AppError | None = None
) -> Response[str]:
    zones = await events.zone_rows(ctx, id)
    corners = [Point(**one) for zone in zones for one in zone["corners"]]
    return await page(
        request,
        ctx,
        "disaster/event.html",
        status_code=refusal.status_code if refusal else 200,
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
        event=await events.get_event(ctx, id),
        zones=zones,
        notices=await declaring.notices_of(ctx, id),
        subdistricts={one.code: one.name.to(ctx.language) for one in own_subdistricts(ctx.tenant)},
        map=map_of(ctx.tenant, corners) if corners else None,
        kinds=KINDS,
        states=STATES,
        may_command=ctx.actor.may(COMMAND),
    )


def _zone_sheet(ctx: Context, event: UUID) -> Sheet:
    return Sheet(
        title=Text("กำหนดพื้นที่ของเหตุการณ์", "Set a zone of the disaster"),
        back=(f"{HOME}/{event}", Text("เหตุการณ์นี้", "This disaster")),
        groups=zone_groups(own_subdistricts(ctx.tenant)),
        button=Text("บันทึกพื้นที่", "Keep the zone"),
        intro=Text(
            "ใช้เส้นบนแผนที่ ชื่อชุมชน หรือทั้งตำบล อย่างใดอย่างหนึ่งหรือหลายอย่าง",
            "By its outline, by names of communities, by a whole sub-district, or by several of "
            "these.",
        ),
    )


@get(f"{HOME}/{{event:uuid}}/zones/new", guards=[_COMMAND])
async def show_zone(request: AnyRequest, ctx: Ctx, event: FromPath[UUID]) -> Response[str]:
    """Ask about a zone."""
    about = await events.get_event(ctx, event)
    return await show_sheet(request, ctx, _zone_sheet(ctx, event), about=about["title"])


@post(f"{HOME}/{{event:uuid}}/zones/new", guards=[_COMMAND])
async def draw_zone(
    request: AnyRequest, ctx: Ctx, event: FromPath[UUID]
) -> Response[str] | Redirect:
    """Add a zone to a disaster."""
    sheet = _zone_sheet(ctx, event)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    try:
        await events.draw_zone(ctx, event, zone_of(reading.values))
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{event}", status_code=303)


def _depth_sheet(event: UUID, revision: int) -> Sheet:
    return Sheet(
        title=Text("แจ้งระดับน้ำของพื้นที่", "Tell the depth in a zone"),
        back=(f"{HOME}/{event}", Text("เหตุการณ์นี้", "This disaster")),
        groups=MEASURED,
        button=Text("บันทึกระดับน้ำ", "Keep the depth"),
        intro=Text(
            "คะแนนของคำขอทุกเรื่องในพื้นที่นี้เปลี่ยนทันที",
            "The scores of all requests there follow at once.",
        ),
        hidden={"revision": str(revision)},
    )


@get(f"{HOME}/{{event:uuid}}/zones/{{zone:uuid}}", guards=[_COMMAND])
async def show_depth(
    request: AnyRequest, ctx: Ctx, event: FromPath[UUID], zone: FromPath[UUID]
) -> Response[str]:
    """Ask how deep the water stands in a zone now."""
    row = await events.get_zone(ctx, event, zone)
    sheet = _depth_sheet(event, row["revision"])
    values = {"depth_cm": row["depth_cm"]}
    return await show_sheet(request, ctx, sheet, values=values, about=row["name"])


@post(f"{HOME}/{{event:uuid}}/zones/{{zone:uuid}}", guards=[_COMMAND])
async def measure(
    request: AnyRequest, ctx: Ctx, event: FromPath[UUID], zone: FromPath[UUID]
) -> Response[str] | Redirect:
    """Take the depth in a zone."""
    revision = revision_of(await read_posted(request))
    sheet = _depth_sheet(event, revision)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    try:
        await events.measure(ctx, event, zone, reading.values["depth_cm"], revision=revision)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{event}", status_code=303)


@post(f"{HOME}/{{event:uuid}}/notice", guards=[_COMMAND])
async def declare(request: AnyRequest, ctx: Ctx, event: FromPath[UUID]) -> Response[str] | Redirect:
    """Issue the notice of the area."""
    try:
        await declaring.declare(ctx, event)
    except AppError as refusal:
        return await _show(request, ctx, event, refusal)
    return Redirect(f"{HOME}/{event}#notices", status_code=303)


@post(f"{HOME}/{{event:uuid}}/close", guards=[_COMMAND])
async def close(request: AnyRequest, ctx: Ctx, event: FromPath[UUID]) -> Response[str] | Redirect:
    """Close a disaster."""
    try:
        await events.close_event(ctx, event)
    except AppError as refusal:
        return await _show(request, ctx, event, refusal)
    return Redirect(f"{HOME}/{event}", status_code=303)


@get(f"{HOME}/{{event:uuid}}/notices/{{paper:uuid}}", guards=[_READ])
async def give_notice(ctx: Ctx, event: FromPath[UUID], paper: FromPath[UUID]) -> Response[bytes]:
    """Give a notice as a file."""
    data, name = await declaring.notice_pdf(ctx, event, paper)
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(data, media_type="application/pdf", headers=headers)


router = Router(
    "/",
    route_handlers=[
        show_events,
        show_new,
        open_new,
        show_event,
        show_zone,
        draw_zone,
        show_depth,
        measure,
        declare,
        close,
        give_notice,
    ],
)
