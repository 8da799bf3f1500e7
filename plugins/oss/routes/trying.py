"""The try of a service: its form as citizens meet it, and the paper at the end."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath

from core.api import Context, Ctx, Text, allow, page
from kit.casework import sample_paper
from kit.forms import Place, Posted, describe, first, read_posted
from plugins.oss.routes.describing import around
from plugins.oss.rules.trial import Trial, fields_of, try_out
from plugins.oss.service.own import BUILD, Own, get_own

_BUILD = allow(BUILD)
_CHECK = Text("ตรวจคำตอบ", "Check")


@get("/desk/services/{own:uuid}/try", guards=[_BUILD])
async def show_try(request: Request[Any, Any, Any], ctx: Ctx, own: FromPath[UUID]) -> Response[str]:
    """Show the first page of the form."""
    found = await get_own(ctx, own)
    return await _show(request, ctx, found, try_out(found.draft, {}, Place.of(ctx), 0))


@post("/desk/services/{own:uuid}/try", guards=[_BUILD])
async def try_page(request: Request[Any, Any, Any], ctx: Ctx, own: FromPath[UUID]) -> Response[str]:
    """Read a page as it would be read, and show the next, or what is wrong."""
    found, posted = await get_own(ctx, own), await read_posted(request)
    trial = try_out(found.draft, posted, Place.of(ctx), _sent(posted))
    return await _show(request, ctx, found, trial)


async def _show(
    request: Request[Any, Any, Any], ctx: Context, own: Own, trial: Trial
) -> Response[str]:
    titles = [one.title or own.draft.title for one in trial.pages] + [_CHECK]
    answers = describe(fields_of(own.draft), trial.values, ctx.language, masked=False)
    return await page(
        request,
        ctx,
        "oss/builder_try.html",
        status_code=422 if trial.problems else 200,
        trial=trial,
        titles=[one.to(ctx.language) for one in titles],
        trial_steps=[(one.to(ctx.language), None) for one in titles],
        answers=[(one.label, one.text) for one in answers],
        place=Place.of(ctx),
        wrong=trial.problems,
        problems={name: text.to(ctx.language) for name, text in trial.problems.items()},
        **around(ctx, own, "try"),
    )


def _sent(posted: Posted) -> int:
    """Return the number of the page that was sent; 0 when none was."""
    text = first(posted, "sent")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


@post("/desk/services/{own:uuid}/try/paper", guards=[_BUILD])
async def print_sample(
    request: Request[Any, Any, Any], ctx: Ctx, own: FromPath[UUID]
) -> Response[Any]:
    """Give the paper that these answers would end in, as a sample."""
    found, posted = await get_own(ctx, own), await read_posted(request)
    trial = try_out(found.draft, posted, Place.of(ctx), len(fields_of(found.draft)))
    if trial.problems:
        return await _show(request, ctx, found, trial)
    pdf = await sample_paper(ctx, found.draft, trial.values)
    headers = {"Content-Disposition": f'inline; filename="{found.code}.pdf"'}
    return Response(pdf, status_code=200, media_type="application/pdf", headers=headers)


router = Router("/", route_handlers=[show_try, try_page, print_sample])
