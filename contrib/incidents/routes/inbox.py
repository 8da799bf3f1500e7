"""Reports at the desk: the inbox, one report, what may be done with it, who sent it, the rates."""

from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.incidents.forms.acts import asked_of, begun_with
from contrib.incidents.routes.words import WORDS
from contrib.incidents.rules.categories import CATEGORIES, COUNTED
from contrib.incidents.rules.doing import FIRST, IN_THE_FIELD, PLAIN
from contrib.incidents.rules.states import ACT_WORDS, STAGE_WORDS, Act, State
from contrib.incidents.service import acting, finding, following, merging, pictures, reading
from contrib.incidents.service.finding import LATE, OPEN_ONES, PAGE, Sought
from contrib.incidents.service.matters import get_report
from contrib.incidents.service.rates import rates
from contrib.incidents.service.rights import READ
from core.api import AppError, Context, Ctx, NotFound, Text, allow, page
from kit.forms import (
    AnyRequest,
    Sheet,
    first,
    read_page,
    read_posted,
    read_revision,
    read_sheet,
    show_sheet,
    ungrouped,
)

HOME = "/desk/incidents"
_READ = allow(READ)
_NO_ACT = Text("ไม่มีการดำเนินการนี้", "There is no such act.")


def _sought(request: AnyRequest) -> Sought:
    params = request.query_params
    state, category = params.get("state", OPEN_ONES), params.get("category", "")
    return Sought(
        state=state if state in ("", OPEN_ONES, LATE, *State) else OPEN_ONES,
        category=category if category in CATEGORIES else "",
        unit=params.get("unit", ""),
        words=params.get("q", ""),
        page=read_page(params.get("page", "")),
    )


@get(HOME, guards=[_READ])
async def show_inbox(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the reports, what is due first before the rest."""
    sought = _sought(request)
    rows, total = await finding.inbox(ctx, sought)
    counted, late = await finding.counts(ctx)
    asked = {"state": sought.state, "category": sought.category, "unit": sought.unit}
    asked |= {"q": sought.words}
    ways = {n: f"{HOME}?{urlencode(asked | {'page': str(sought.page + n)})}" for n in (-1, 1)}
    return await page(
        request,
        ctx,
        "incidents/inbox.html",
        sought=sought,
        reports=rows,
        total=total,
        first=(sought.page - 1) * PAGE + 1,
        counts=counted,
        late=late,
        previous=ways[-1] if sought.page > 1 else None,
        next=ways[1] if sought.page * PAGE < total else None,
        **WORDS,
    )


@get(f"{HOME}/rates", guards=[_READ])
async def show_rates(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show how much was done in time."""
    days, found = await rates(ctx)
    stages = STAGE_WORDS
    return await page(request, ctx, "incidents/rates.html", days=days, rates=found, stages=stages)


@get(f"{HOME}/{{report:uuid}}", guards=[_READ])
async def show_report(request: AnyRequest, ctx: Ctx, report: FromPath[UUID]) -> Response[str]:
    """Show a report with its history, its times and what may be done with it."""
    matter = await reading.read_matter(ctx, report)
    return await page(
        request,
        ctx,
        "incidents/report.html",
        matter=matter,
        seen=matter.seen,
        first_act=FIRST.get(State(matter.seen.report["state"])),
        in_the_field=IN_THE_FIELD if matter.seen.report["state"] != State.PASSED else (),
        plain=PLAIN,
        acts=ACT_WORDS,
        stages=STAGE_WORDS,
        counted=COUNTED,
        **WORDS,
    )


@get(f"{HOME}/{{report:uuid}}/reporters", guards=[_READ])
async def show_reporters(request: AnyRequest, ctx: Ctx, report: FromPath[UUID]) -> Response[str]:
    """Show who speaks of a report; that it was opened is recorded."""
    row, voices = await reading.read_reporters(ctx, report)
    return await page(request, ctx, "incidents/reporters.html", report=row, voices=voices)


@get(f"{HOME}/{{report:uuid}}/photos/{{photo:uuid}}", guards=[_READ])
async def open_photo(
    request: AnyRequest, ctx: Ctx, report: FromPath[UUID], photo: FromPath[UUID]
) -> Response[bytes]:
    """Give a photo of a report."""
    small = "small" in request.query_params
    data, media_type = await pictures.read_for_officer(ctx, report, photo, small=small)
    headers = {"Content-Disposition": "inline", "Cache-Control": "private, max-age=86400"}
    return Response(data, media_type=media_type, headers=headers)


def _act(act: str) -> Act:
    """Return an act by its code.

    :raises NotFound: there is none.
    """
    if act not in set(Act):
        raise NotFound(_NO_ACT)
    return Act(act)


async def _sheet(ctx: Context, report: UUID, act: str, revision: str) -> Sheet:
    """Return the form of an act.

    :raises NotFound: there is no such act, or it asks for nothing.
    """
    named = _act(act)
    if named in PLAIN:
        raise NotFound(_NO_ACT)
    crews = await acting.crews(ctx) if named == Act.ASSIGN else {}
    return Sheet(
        title=ACT_WORDS[named],
        back=(f"{HOME}/{report}", Text("เรื่องนี้", "This report")),
        groups=ungrouped(*asked_of(named, ctx.tenant.units, crews)),
        button=ACT_WORDS[named],
        hidden={"revision": revision},
        danger=named == Act.REFUSE,
    )


@get(f"{HOME}/{{report:uuid}}/{{act:str}}", guards=[_READ])
async def show_act(
    request: AnyRequest, ctx: Ctx, report: FromPath[UUID], act: FromPath[str]
) -> Response[str]:
    """Ask what an act needs."""
    seen = await following.seen(ctx, await get_report(ctx, report))
    sheet = await _sheet(ctx, report, act, str(seen.report["revision"]))
    values = begun_with(Act(act), seen.report, seen.asset)
    into = request.query_params.get("into")
    values |= {"into": into[:12]} if into else {}
    return await show_sheet(request, ctx, sheet, values=values, about=seen.report["code"])


@post(f"{HOME}/{{report:uuid}}/{{act:str}}", guards=[_READ])
async def do_act(
    request: AnyRequest, ctx: Ctx, report: FromPath[UUID], act: FromPath[str]
) -> Response[str] | Redirect:
    """Do an act with a report."""
    revision = first(await read_posted(request), "revision")
    if _act(act) in PLAIN:
        await acting.act_on(ctx, report, Act(act), {}, revision=read_revision(revision))
        return Redirect(f"{HOME}/{report}", status_code=303)
    sheet = await _sheet(ctx, report, act, revision)
    found = await read_sheet(request, ctx, sheet)
    if found.problems:
        return await show_sheet(request, ctx, sheet, reading=found)
    try:
        await _do(ctx, report, Act(act), found.values, read_revision(revision))
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=found, refusal=refusal)
    return Redirect(f"{HOME}/{report}", status_code=303)


async def _do(ctx: Context, report: UUID, act: Act, values: dict[str, str], revision: int) -> None:
    if act == Act.MERGE:
        await merging.merge(ctx, report, into=values["into"], revision=revision)
    elif act == Act.PART:
        await merging.part(ctx, report, words=values["words"], revision=revision)
    else:
        await acting.act_on(ctx, report, act, values, revision=revision)


router = Router(
    "/",
    route_handlers=[
        show_inbox,
        show_rates,
        show_report,
        show_reporters,
        open_photo,
        show_act,
        do_act,
    ],
)
