"""Documents on their way to storage, and its register."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, NotFound, Text, allow, page
from kit.forms import AnyRequest, Posted, Sheet, first, read_posted, show_sheet
from plugins.eoffice.forms import keeping as forms
from plugins.eoffice.routes.answering import YEARS, number_asked, pdf, take_sheet, year_asked
from plugins.eoffice.rules.retention import STAGES, TONES
from plugins.eoffice.service import keeping_papers, retention, storing
from plugins.eoffice.service.kept import units_kept
from plugins.eoffice.service.rights import KEEP
from plugins.eoffice.service.storing import Shelf

HOME = "/desk/eoffice/keeping/handovers"
STORED = "/desk/eoffice/keeping/stored"
_KEEP = allow(KEEP)
_NO_PAGE = Text("ไม่พบหน้านี้", "There is no such page.")
_NO_UNIT = Text("ไม่พบส่วนราชการนี้", "There is no such division.")
_STATES = {
    "waiting": Text("รอหน่วยเก็บรับ", "To be taken by storage"),
    "taken": Text("หน่วยเก็บรับแล้ว", "In storage"),
    "back": Text("ส่งคืนเจ้าของเรื่อง", "Sent back"),
}
_TONES = {"waiting": "warn", "taken": "ok", "back": "bad"}


@get(HOME, guards=[_KEEP])
async def show_handovers(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what a division dealt with and still has, and the lists that went to storage."""
    return await _show(request, ctx, _unit(ctx, request.query_params.get("unit", "")))


def _unit(ctx: Context, asked: str) -> str:
    units = units_kept(ctx)
    if not units or (asked and asked not in units):
        raise NotFound(_NO_UNIT)
    return asked or units[0]


async def _show(
    request: AnyRequest, ctx: Context, unit: str, *, refusal: AppError | None = None
) -> Response[str]:
    units = {id: ctx.tenant.units[id].name for id in units_kept(ctx)}
    return await page(
        request,
        ctx,
        "eoffice/handovers.html",
        status_code=refusal.status_code if refusal else 200,
        unit=unit,
        units=units,
        finished=await storing.finished(ctx, unit),
        unclosed=await storing.unclosed(ctx, unit),
        most=storing.MOST,
        handovers=await storing.handovers(ctx),
        stages=STAGES,
        tones=TONES,
        states=_STATES,
        states_tones=_TONES,
        refusal=refusal.in_short.to(ctx.language) if refusal else None,
    )


def _letters(posted: Posted) -> list[UUID]:
    found = []
    for text in posted.get("letters", []):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@post(HOME, guards=[_KEEP])
async def hand_over(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Hand the documents that are ticked to storage."""
    posted = await read_posted(request)
    unit = _unit(ctx, first(posted, "unit"))
    try:
        handover = await storing.hand_over(ctx, unit, _letters(posted))
    except AppError as refusal:
        return await _show(request, ctx, unit, refusal=refusal)
    return Redirect(f"{HOME}/{handover}", status_code=303)


@post("/desk/eoffice/keeping/closed", guards=[_KEEP])
async def close(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Close the documents that are ticked."""
    posted = await read_posted(request)
    unit = _unit(ctx, first(posted, "unit"))
    try:
        await retention.close(ctx, _letters(posted))
    except AppError as refusal:
        return await _show(request, ctx, unit, refusal=refusal)
    return Redirect(f"{HOME}?unit={unit}", status_code=303)


@get(HOME + "/{handover:uuid}", guards=[_KEEP])
async def show_handover(request: AnyRequest, ctx: Ctx, handover: FromPath[UUID]) -> Response[str]:
    """Show one list by which documents go to storage."""
    row = await storing.get_handover(ctx, handover)
    unit = ctx.tenant.units.get(row["unit"])
    return await page(
        request,
        ctx,
        "eoffice/handover.html",
        handover=row,
        unit=unit.name if unit else Text(row["unit"], row["unit"]),
        states=_STATES,
        states_tones=_TONES,
        may_take=storing.may_take_in(ctx) and row["state"] == "waiting",
    )


def _sheet(act: str, row: Mapping[str, Any]) -> Sheet:
    back = f"{HOME}/{row['id']}", Text("บัญชีหนังสือส่งเก็บ", "The list")
    if act == "take":
        return forms.taking_in(back)
    if act == "back":
        return forms.sending_back(back)
    raise NotFound(_NO_PAGE)


@get(HOME + "/{handover:uuid}/{act:str}", guards=[_KEEP])
async def show_act(
    request: AnyRequest, ctx: Ctx, handover: FromPath[UUID], act: FromPath[str]
) -> Response[str]:
    """Ask where the documents of a list are put, or why they go back."""
    row = await storing.get_handover(ctx, handover)
    return await show_sheet(request, ctx, _sheet(act, row))


@post(HOME + "/{handover:uuid}/{act:str}", guards=[_KEEP])
async def do_act(
    request: AnyRequest, ctx: Ctx, handover: FromPath[UUID], act: FromPath[str]
) -> Response[str] | Redirect:
    """Take the documents of a list into storage, or send them back."""
    row = await storing.get_handover(ctx, handover)

    async def do(values: Mapping[str, Any], _: int) -> None:
        if act == "take":
            shelf = Shelf(file_code=values["file_code"], place=values.get("place") or "")
            await storing.take_in(ctx, handover, shelf)
        else:
            await storing.send_back(ctx, handover, values["why"])

    return await take_sheet(request, ctx, _sheet(act, row), do)


@get(HOME + "/{handover:uuid}/list.pdf", guards=[_KEEP])
async def print_handover(ctx: Ctx, handover: FromPath[UUID]) -> Response[bytes]:
    """Give a list on paper."""
    return pdf(await keeping_papers.print_handover(ctx, handover), "handover")


@get(STORED, guards=[_KEEP])
async def show_stored(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the register of storage in a year, the last number first."""
    year = year_asked(request, ctx)
    rows = await storing.stored(ctx, year, before=number_asked(request, "before"))
    return await page(
        request,
        ctx,
        "eoffice/stored.html",
        year=year,
        year_links=[(str(one), f"{STORED}?year={one}") for one in await storing.stored_years(ctx)],
        rows=rows,
        more=rows[-1]["number"] if len(rows) == storing.PAGE else 0,
        stages=STAGES,
        tones=TONES,
    )


@get(STORED + "/{year:int}/register.pdf", guards=[_KEEP])
async def print_stored(request: AnyRequest, ctx: Ctx, year: FromPath[int]) -> Response[bytes]:
    """Give a part of the register of storage on paper."""
    if year not in YEARS:
        raise NotFound(_NO_PAGE)
    made = await keeping_papers.print_stored(
        ctx, year, first=number_asked(request, "first"), last=number_asked(request, "last")
    )
    return pdf(made, f"stored-{year}")


router = Router(
    "/",
    route_handlers=[
        show_handovers,
        hand_over,
        close,
        show_handover,
        show_act,
        do_act,
        print_handover,
        show_stored,
        print_stored,
    ],
)
