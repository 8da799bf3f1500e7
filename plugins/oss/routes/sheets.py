"""The pages on which an officer makes a service, a subject a page."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Conflict, Context, Ctx, NotFound, Text, allow, page
from kit.casework import Document, Step
from kit.forms import Place, first, read_posted, revision_of
from plugins.oss.forms import documents, questions, steps
from plugins.oss.forms.about import about_sheet
from plugins.oss.forms.kinds import KINDS
from plugins.oss.forms.result import result_sheet
from plugins.oss.forms.sheet import Sent, Sheet, arranged, fresh, sent
from plugins.oss.routes.describing import around
from plugins.oss.routes.lists import rearrange, show_parts
from plugins.oss.rules.parts import KEPT, Kind, check_room, find_part
from plugins.oss.service.builder import edit
from plugins.oss.service.own import BUILD, Own, get_own, units_here

_BUILD = allow(BUILD)
_PARTS: Mapping[str, Kind] = {kind: kind for kind in KEPT}
_ADD = "add"
_GONE = Text(
    "ไม่พบส่วนนี้ของบริการ อาจมีผู้ลบไปแล้ว ดูรายการล่าสุดของบริการนี้",
    "This part of the service is not there; it may have been removed. See the present list.",
)


@get("/desk/services/{own:uuid}/{section:str}", guards=[_BUILD])
async def show_section(
    request: Request[Any, Any, Any], ctx: Ctx, own: FromPath[UUID], section: FromPath[str]
) -> Response[str]:
    """Show a page of the service: fields to fill in, or a list of its parts."""
    found = await get_own(ctx, own)
    if section in _PARTS:
        return await show_parts(request, ctx, found, _PARTS[section])
    return await _show(request, ctx, found, section, fresh(_sheet(ctx, found, section)))


@post("/desk/services/{own:uuid}/{section:str}", guards=[_BUILD])
async def save_section(
    request: Request[Any, Any, Any], ctx: Ctx, own: FromPath[UUID], section: FromPath[str]
) -> Response[str] | Redirect:
    """Keep what was filled in, or move and remove parts."""
    if section in _PARTS:
        return await rearrange(request, ctx, own, _PARTS[section])
    return await _save(request, ctx, own, section)


@get("/desk/services/{own:uuid}/{section:str}/{part:str}", guards=[_BUILD])
async def show_part(
    request: Request[Any, Any, Any],
    ctx: Ctx,
    own: FromPath[UUID],
    section: FromPath[str],
    part: FromPath[str],
) -> Response[str]:
    """Show a question, a document or a step; ``add`` is a new one."""
    found = await get_own(ctx, own)
    sheet = _sheet(ctx, found, section, part, request.query_params.get("of", ""))
    return await _show(request, ctx, found, section, fresh(sheet), part)


@post("/desk/services/{own:uuid}/{section:str}/{part:str}", guards=[_BUILD])
async def save_part(
    request: Request[Any, Any, Any],
    ctx: Ctx,
    own: FromPath[UUID],
    section: FromPath[str],
    part: FromPath[str],
) -> Response[str] | Redirect:
    """Keep a question, a document or a step."""
    return await _save(request, ctx, own, section, part)


def _sheet(ctx: Context, own: Own, section: str, part: str = "", of: str = "") -> Sheet:
    """Return the page that is asked for.

    :param of: kind of a new question.
    :raises NotFound: there is none.
    """
    whole = {"about", "result", "limit"}
    if not part and section in whole:
        return _whole_sheet(ctx, own, section)
    if section not in _PARTS or not part:
        raise NotFound(_GONE)
    kind = _PARTS[section]
    if part == _ADD:
        check_room(own.draft, kind)
    found = _new(kind, of) if part == _ADD else find_part(own.draft, kind, part)
    match found:
        case None:
            raise NotFound(_GONE)
        case Document():
            return documents.document_sheet(own.draft, found)
        case Step():
            return steps.step_sheet(own.draft, found)
        case _:
            return questions.question_sheet(own.draft, found)


def _whole_sheet(ctx: Context, own: Own, section: str) -> Sheet:
    match section:
        case "about":
            return about_sheet(own.draft, units_here(ctx))
        case "limit":
            return steps.whole_sheet(own.draft)
        case _:
            return result_sheet(own.draft)


def _new(kind: Kind, of: str) -> Any:
    match kind:
        case "documents":
            return documents.NEW
        case "steps":
            return steps.NEW
        case _:
            return KINDS[of].make("", Text("", "")) if of in KINDS else None


async def _show(
    request: Request[Any, Any, Any],
    ctx: Context,
    own: Own,
    section: str,
    came: Sent,
    part: str = "",
    refusal: AppError | None = None,
) -> Response[str]:
    status = refusal.status_code if refusal else 422 if came.problems else 200
    of = request.query_params.get("of", "")
    return await page(
        request,
        ctx,
        "oss/builder_sheet.html",
        fragment="pairs" if came.sheet.pairs else None,
        status_code=status,
        sheet=came.sheet,
        typed=came.typed,
        rows=came.rows,
        wrong=came.problems,
        problems={name: text.to(ctx.language) for name, text in came.problems.items()},
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
        place=Place.of(ctx),
        part=part,
        action=request.url.path + (f"?of={of}" if of in KINDS else ""),
        **around(ctx, own, "steps" if section == "limit" else section),
    )


async def _save(
    request: Request[Any, Any, Any], ctx: Context, id: UUID, section: str, part: str = ""
) -> Response[str] | Redirect:
    own, posted, place = await get_own(ctx, id), await read_posted(request), Place.of(ctx)
    sheet = _sheet(ctx, own, section, part, request.query_params.get("of", ""))
    if act := first(posted, "do"):
        came = arranged(sheet, posted, place, act)
        return await _show(request, ctx, own, section, came, part)
    came = sent(sheet, posted, place)
    if came.change is None:
        return await _show(request, ctx, own, section, came, part)
    try:
        await edit(ctx, id, revision=revision_of(posted), change=came.change)
    except Conflict as refusal:
        return await _show(request, ctx, await get_own(ctx, id), section, came, part, refusal)
    home = f"/desk/services/{id}"
    to = {"about": "questions", "result": "try", "limit": "steps"}.get(section, section)
    return Redirect(f"{home}/{to}", status_code=303)


router = Router("/", route_handlers=[show_section, save_section, show_part, save_part])
