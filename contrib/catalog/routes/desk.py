"""Submissions at the desk: listed, followed, carried on, their files given out."""

from urllib.parse import quote, urlencode
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.catalog.forms.questions import QUESTIONS
from contrib.catalog.rules import states
from contrib.catalog.rules.checklist import said_of
from contrib.catalog.rules.reports import FAILURES
from contrib.catalog.rules.states import Act
from contrib.catalog.service import (
    finding,
    moving,
    packing,
    proposing,
    reports,
    signing,
    submissions,
)
from contrib.catalog.service.doors import HOME
from contrib.catalog.service.kept import kept_here
from contrib.catalog.service.rights import CURATE, READ
from core.api import AppError, Context, Ctx, NotFound, Text, allow, page
from kit.forms import AnyRequest, describe, first, read_page, read_posted, revision_of

_MAY = allow(READ)
_NO_ACT = Text("ไม่มีการดำเนินการนี้", "There is no such act.")


@get(HOME, guards=[_MAY])
async def show_all(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the submissions that the actor may see, the newest first, a page at a time."""
    sought = _sought(request)
    found = await finding.find_submissions(ctx, sought)
    more = found.last < found.total
    return await page(
        request,
        ctx,
        "catalog/list.html",
        found=found,
        sought=sought,
        previous=_address(sought, sought.page - 1) if sought.page > 1 else None,
        next=_address(sought, sought.page + 1) if more else None,
        curates=ctx.actor.may(CURATE),
        kept=await _kept(ctx),
        words={code: text.to(ctx.language) for code, text in states.IN_WORDS.items()},
        tones=states.TONES,
    )


def _sought(request: AnyRequest) -> finding.Sought:
    """Return what an address looks for; what it cannot mean is nothing."""
    asked = request.query_params
    return finding.Sought(
        words=asked.get("q", "").replace("\0", "")[:100],
        state=one if (one := asked.get("state", "")) in set(states.State) else "",
        page=read_page(asked.get("page", "")),
    )


def _address(sought: finding.Sought, page_no: int) -> str:
    asked = {"q": sought.words, "state": sought.state, "page": page_no}
    return f"{HOME}?{urlencode({name: value for name, value in asked.items() if value})}"


async def _kept(ctx: Context) -> signing.Desk | None:
    """Return what curators have to do in the catalog that is kept here."""
    if ctx.actor.may(CURATE) and kept_here(ctx) is not None:
        return await signing.to_sign(ctx)
    return None


@get(f"{HOME}/{{submission:uuid}}", guards=[_MAY])
async def show_one(request: AnyRequest, ctx: Ctx, submission: FromPath[UUID]) -> Response[str]:
    """Show a submission with what may be done."""
    return await _show(request, ctx, submission)


async def _show(
    request: AnyRequest, ctx: Context, id: UUID, refusal: AppError | None = None, why: str = ""
) -> Response[str]:
    row = await submissions.read_submission(ctx, id)
    tries = await reports.reports_of(ctx, id)
    offered = await proposing.offered(ctx, row, moving.acts_for(ctx, row))
    return await page(
        request,
        ctx,
        "catalog/submission.html",
        status_code=refusal.status_code if refusal else 200,
        one=row,
        answers=describe(QUESTIONS, row["answers"], ctx.language),
        acts=offered.acts,
        waits=offered.waits,
        history=await submissions.history(ctx, id),
        reports=tries,
        ready=packing.is_ready(row, next(iter(tries), None)),
        kept=kept_here(ctx) is not None,
        curates=ctx.actor.may(CURATE),
        points=said_of(row["checklist"]),
        failures=FAILURES,
        states=states.IN_WORDS,
        tones=states.TONES,
        act_words=states.ACT_WORDS,
        reasoned=states.REASONED,
        by_itself=states.BY_ITSELF,
        refusal=refusal.in_short.to(ctx.language) if refusal else None,
        why=why,
    )


@post(f"{HOME}/{{submission:uuid}}/{{act:str}}", guards=[_MAY])
async def carry_on(
    request: AnyRequest, ctx: Ctx, submission: FromPath[UUID], act: FromPath[str]
) -> Response[str] | Redirect:
    """Do an act; what was refused comes back with the words that were written."""
    posted = await read_posted(request)
    why = first(posted, "why")
    try:
        if act not in set(Act) - {Act.STOP, *states.BY_ITSELF}:
            raise NotFound(_NO_ACT)
        await moving.move(ctx, submission, Act(act), revision=revision_of(posted), words=why)
    except NotFound:
        raise
    except AppError as refusal:
        return await _show(request, ctx, submission, refusal, why)
    return Redirect(f"{HOME}/{submission}", status_code=303)


@get(f"{HOME}/{{submission:uuid}}/files/wheel", guards=[_MAY])
async def give_wheel(ctx: Ctx, submission: FromPath[UUID]) -> Response[bytes]:
    """Give the wheel as it was handed in."""
    return _attached(*await submissions.read_file(ctx, submission, "wheel"))


@get(f"{HOME}/{{submission:uuid}}/files/source", guards=[_MAY])
async def give_source(ctx: Ctx, submission: FromPath[UUID]) -> Response[bytes]:
    """Give the source as it was handed in."""
    return _attached(*await submissions.read_file(ctx, submission, "source"))


@get(f"{HOME}/{{submission:uuid}}/reports/{{report:uuid}}", guards=[_MAY])
async def give_report(
    ctx: Ctx, submission: FromPath[UUID], report: FromPath[UUID]
) -> Response[bytes]:
    """Give a report of the conformance kit as it was written."""
    return _attached(await reports.read_kept(ctx, submission, report), "report.json")


@get(f"{HOME}/{{submission:uuid}}/package.zip", guards=[allow(CURATE)])
async def give_package(ctx: Ctx, submission: FromPath[UUID]) -> Response[bytes]:
    """Give what is entered into the catalog and signed on a curator's machine."""
    return _attached(*await packing.package_of(ctx, submission))


def _attached(data: bytes, name: str) -> Response[bytes]:
    told = f"attachment; filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": told, "Cache-Control": "no-store"}
    return Response(data, media_type="application/octet-stream", headers=headers)


router = Router(
    "/",
    route_handlers=[
        *(show_all, show_one, carry_on),
        *(give_wheel, give_source, give_report, give_package),
    ],
)
