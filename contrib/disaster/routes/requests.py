"""The open requests at the desk, the most urgent first; one of them with its whole score."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.disaster.forms.requests import POINTS, points_of
from contrib.disaster.rules.households import FLAGS
from contrib.disaster.rules.requests import CHANNELS, NEEDS, OPEN, STATES, TONES, WATER
from contrib.disaster.service import acting, queue, requests, teams
from contrib.disaster.service.rights import COMMAND, HOUSEHOLDS, READ, RESCUE
from core.api import AppError, Context, Ctx, InvalidInput, Text, allow, page
from kit.forms import (
    AnyRequest,
    Sheet,
    first,
    read_posted,
    read_sheet,
    revision_of,
    show_sheet,
)
from kit.geo import Point, map_near

HOME = "/desk/disaster/requests"
_READ, _RESCUE, _COMMAND = allow(READ), allow(RESCUE), allow(COMMAND)
_WHICH_TEAM = Text("เลือกทีมก่อน", "Choose the team first.")
_SHOWN = 100


def words(ctx: Context) -> dict[str, Any]:
    """Return the words of codes in the reader's language, and how states are shown."""
    given: dict[str, Any] = {"needs": NEEDS, "states": STATES, "flags": FLAGS, "channels": CHANNELS}
    said = {
        name: {code: text.to(ctx.language) for code, text in one.items()}
        for name, one in given.items()
    }
    return said | {"tones": TONES}


@get(HOME, guards=[_READ])
async def show_queue(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the open requests, the most urgent first."""
    found = await queue.queue(ctx)
    return await page(
        request,
        ctx,
        "disaster/requests.html",
        queue=found[:_SHOWN],
        total=len(found),
        counts=await queue.counts(ctx),
        quoted=lambda row: acting.quoted(ctx, row),
        may_rescue=ctx.actor.may(RESCUE),
        **words(ctx),
    )


@get(f"{HOME}/{{asked:uuid}}", guards=[_RESCUE])
async def show_request(request: AnyRequest, ctx: Ctx, asked: FromPath[UUID]) -> Response[str]:
    """Show a request with every part of its score."""
    return await _show(request, ctx, asked)


async def _show(
    request: AnyRequest, ctx: Context, id: UUID, refusal: AppError | None = None
) -> Response[str]:
    row = await requests.read_request(ctx, id)
    [weighed] = await queue.weigh(ctx, [row])
    pin = [Point(**row["pin"])] if row["pin"] else []
    known = await teams.read_teams(ctx)
    return await page(
        request,
        ctx,
        "disaster/request.html",
        status_code=refusal.status_code if refusal else 200,
        refusal=refusal.in_short.to(ctx.language) if refusal else None,
        asked=row,
        number=acting.quoted(ctx, row),
        weighed=weighed,
        steps=await requests.steps_of(ctx, id),
        teams=known,
        team=next((one for one in known if one["id"] == row["team_id"]), None),
        open=row["state"] in OPEN,
        water=WATER[row["water"]][0].to(ctx.language) if row["water"] else "–",
        map=map_near(ctx.tenant, pin) if pin else None,
        where=str(pin[0]) if pin else "",
        may={"command": ctx.actor.may(COMMAND), "households": ctx.actor.may(HOUSEHOLDS)},
        **words(ctx),
    )


@post(f"{HOME}/{{asked:uuid}}/team", guards=[_RESCUE])
async def assign(request: AnyRequest, ctx: Ctx, asked: FromPath[UUID]) -> Response[str] | Redirect:
    """Give a request to a team."""
    posted = await read_posted(request)
    try:
        known = {str(one["id"]): one["id"] for one in await teams.read_teams(ctx)}
        team = known.get(first(posted, "team"))
        if team is None:
            raise InvalidInput({"team": _WHICH_TEAM})
        await acting.assign(ctx, asked, team, revision=revision_of(posted))
    except AppError as refusal:
        return await _show(request, ctx, asked, refusal)
    return Redirect(f"{HOME}/{asked}", status_code=303)


def _points(asked: UUID, revision: int) -> Sheet:
    return Sheet(
        title=Text("กำหนดคะแนนแทนที่คำนวณได้", "Set the points in place of the score"),
        back=(f"{HOME}/{asked}", Text("คำขอนี้", "This request")),
        groups=POINTS,
        button=Text("ใช้คะแนนนี้", "Use these points"),
        intro=Text(
            "ลำดับเปลี่ยนทันที คะแนนที่คำนวณได้ยังแสดงอยู่ข้างกัน พร้อมชื่อท่านและเหตุผล",
            "The order follows at once. The score stays beside it, with your name and reason.",
        ),
        hidden={"revision": str(revision)},
    )


@get(f"{HOME}/{{asked:uuid}}/points", guards=[_COMMAND])
async def show_points(request: AnyRequest, ctx: Ctx, asked: FromPath[UUID]) -> Response[str]:
    """Ask for the points, and why."""
    row = await requests.get_request(ctx, asked)
    about = acting.quoted(ctx, row)
    return await show_sheet(request, ctx, _points(asked, row["revision"]), about=about)


@post(f"{HOME}/{{asked:uuid}}/points", guards=[_COMMAND])
async def set_points(
    request: AnyRequest, ctx: Ctx, asked: FromPath[UUID]
) -> Response[str] | Redirect:
    """Set the points of a request by hand."""
    revision = revision_of(await read_posted(request))
    sheet = _points(asked, revision)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    points, why = points_of(reading.values)
    try:
        await acting.set_points(ctx, asked, points, why, revision=revision)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{asked}", status_code=303)


router = Router("/", route_handlers=[show_queue, show_request, assign, show_points, set_points])
