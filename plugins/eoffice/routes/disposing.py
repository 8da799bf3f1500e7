"""Lists of documents that leave the office: drawn, decided on, and carried out."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, InvalidInput, NotFound, Text, officer, page
from kit.forms import (
    AnyRequest,
    Place,
    Reading,
    first,
    read,
    read_posted,
    read_revision,
)
from kit.thai import buddhist_year
from plugins.eoffice.forms import disposing as forms
from plugins.eoffice.forms.keeping import whole
from plugins.eoffice.routes.answering import pdf
from plugins.eoffice.rules import disposing as rules
from plugins.eoffice.rules.disposing import Kind, State
from plugins.eoffice.service import disposal_acts as acts
from plugins.eoffice.service import disposals, disposing, keeping_papers
from plugins.eoffice.service.disposing import Decision
from plugins.eoffice.service.kept import is_everywhere, limits_today
from plugins.eoffice.service.rights import DESTROY, KEEP

HOME = "/desk/eoffice/keeping/lists"
_NO_PAGE = Text("ไม่พบหน้านี้", "There is no such page.")
DISSENT = "dissent"


@get(HOME, guards=[officer])
async def show_lists(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the lists, and what could be drawn now."""
    return await _lists(request, ctx)


async def _lists(
    request: AnyRequest, ctx: Context, *, refusal: AppError | None = None
) -> Response[str]:
    known = await disposals.disposals(ctx)
    year, limits = buddhist_year(ctx.today), await limits_today(ctx)
    drawn = {one["kind"] for one in known if one["year"] == year and one["state"] != State.DROPPED}
    return await page(
        request,
        ctx,
        "eoffice/disposals.html",
        status_code=refusal.status_code if refusal else 200,
        lists=known,
        year=year,
        drawable=[kind for kind in Kind if kind not in drawn],
        due={kind: await disposals.count_due(ctx, kind) for kind in Kind},
        due_on={kind: rules.due_on(kind, year, limits) for kind in Kind},
        titles=rules.TITLES,
        states=rules.STATES,
        tones=rules.TONES,
        may_keep=is_everywhere(ctx, KEEP),
        refusal=refusal.in_short.to(ctx.language) if refusal else None,
        electronic=forms.NOTHING_ELECTRONIC,
    )


@post(HOME, guards=[officer])
async def draw(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Draw the list of this year."""
    kind = first(await read_posted(request), "kind")
    if kind not in list(Kind):
        raise NotFound(_NO_PAGE)
    try:
        made = await disposing.draw(ctx, kind)
    except AppError as refusal:
        return await _lists(request, ctx, refusal=refusal)
    return Redirect(f"{HOME}/{made}", status_code=303)


@get(HOME + "/{disposal:uuid}", guards=[officer])
async def show_list(request: AnyRequest, ctx: Ctx, disposal: FromPath[UUID]) -> Response[str]:
    """Show a list with its documents, and what may be done with it now."""
    return await _show(request, ctx, await disposals.get_disposal(ctx, disposal))


def _may_decide(ctx: Context, row: Mapping[str, Any]) -> tuple[str, ...]:
    right = DESTROY if row["state"] == State.REPORTED else KEEP
    kinds = rules.decisions_in(row["kind"], row["state"])
    return kinds if is_everywhere(ctx, right) else ()


def _may_act(ctx: Context, row: Mapping[str, Any]) -> list[str]:
    open_acts = [
        act
        for act in rules.acts_of(row["kind"], row["state"])
        if is_everywhere(ctx, DESTROY if act in acts.OF_HEAD else KEEP)
    ]
    dissents = row["state"] == State.CONSIDERING and is_everywhere(ctx, KEEP)
    return [*open_acts, *([DISSENT] if dissents else [])]


async def _show(
    request: AnyRequest,
    ctx: Context,
    row: Mapping[str, Any],
    *,
    reading: Reading | None = None,
    refusal: AppError | None = None,
) -> Response[str]:
    told = refusal.problems if isinstance(refusal, InvalidInput) else {}
    wrong = {**(reading.problems if reading else {}), **told}
    after = max(read_revision(request.query_params.get("after", "")), 0)
    items = await disposals.items_of(ctx, row["id"], after=after)
    decisions, outcomes = await disposals.counts_of(ctx, row["id"])
    return await page(
        request,
        ctx,
        "eoffice/disposal.html",
        status_code=refusal.status_code if refusal else 422 if wrong else 200,
        disposal=row,
        items=items,
        after=after,
        more=items[-1]["turn"] if len(items) == disposals.PAGE else 0,
        counts=decisions,
        outcome_counts=outcomes,
        total=sum(decisions.values()),
        parts=range(1, sum(decisions.values()) + 1, keeping_papers.MOST_LINES),
        fields=forms.deciding(kinds) if (kinds := _may_decide(ctx, row)) else (),
        acts=_may_act(ctx, row),
        silent_after=rules.silent_after(row["sent_on"], await limits_today(ctx))
        if row["sent_on"]
        else None,
        typed=reading.typed if reading else {},
        wrong=wrong,
        problems={name: text.to(ctx.language) for name, text in wrong.items()},
        refusal=None if refusal is None or told else refusal.sentence.to(ctx.language),
        place=Place.of(ctx),
        today=ctx.today,
        electronic=forms.NOTHING_ELECTRONIC,
        **_WORDS,
    )


_WORDS: Mapping[str, Any] = {
    "titles": rules.TITLES,
    "states": rules.STATES,
    "tones": rules.TONES,
    "decisions": rules.DECISIONS,
    "outcomes": rules.OUTCOMES,
    "replies": rules.REPLIES,
}


@post(HOME + "/{disposal:uuid}/decide", guards=[officer])
async def decide(
    request: AnyRequest, ctx: Ctx, disposal: FromPath[UUID]
) -> Response[str] | Redirect:
    """Note what becomes of the documents that are ticked."""
    row = await disposals.get_disposal(ctx, disposal)
    posted = await read_posted(request)
    kinds = rules.decisions_in(row["kind"], row["state"])
    reading = read(forms.deciding(kinds), posted, Place.of(ctx)) if kinds else None
    if reading is not None and reading.problems:
        return await _show(request, ctx, row, reading=reading)
    turns = [int(one) for one in posted.get("turns", []) if read_revision(one) > 0]
    try:
        await disposing.decide(ctx, disposal, _decision(turns, reading))
    except AppError as refusal:
        return await _show(request, ctx, row, reading=reading, refusal=refusal)
    after = max(read_revision(request.query_params.get("after", "")), 0)
    return Redirect(f"{HOME}/{disposal}?after={after}", status_code=303)


def _decision(turns: list[int], reading: Reading | None) -> Decision:
    values = reading.values if reading else {}
    return Decision(
        turns=turns,
        decision=values.get("decision", ""),
        rest=bool(values.get("rest")),
        until=whole(values, "until"),
        why=values.get("why") or "",
    )


@get(HOME + "/{disposal:uuid}/list.pdf", guards=[officer])
async def print_list(request: AnyRequest, ctx: Ctx, disposal: FromPath[UUID]) -> Response[bytes]:
    """Give a list on paper; of one for the archives also those that the office keeps."""
    from_turn = max(read_revision(request.query_params.get("first", "")), 1)
    own = bool(request.query_params.get("own"))
    made = await keeping_papers.print_disposal(ctx, disposal, first=from_turn, own=own)
    return pdf(made, "list")


router = Router("/", route_handlers=[show_lists, draw, show_list, decide, print_list])
