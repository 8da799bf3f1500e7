"""The same act on all ticked cases: the page that asks, and the one that tells what was done."""

from typing import Any

from litestar import Request, Response, Router, post

from core.api import Ctx, NotFound, Text, allow, page
from kit.casework.service import bulk
from kit.casework.service.bulk import BulkAct, Plan, Ticked
from kit.forms import Posted, first, read_posted, read_revision

_READ = allow("casework.read")


def _act(posted: Posted) -> BulkAct:
    match first(posted, "act"):
        case "check":
            return "check"
        case "forward":
            return "forward"
    raise NotFound(Text("ไม่มีการดำเนินการนี้", "There is no such act."))


@post("/desk/bulk", guards=[_READ])
async def ask(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show what would be done to the ticked cases, and what is left out and why."""
    posted = await read_posted(request)
    plan = await bulk.plan(ctx, _act(posted), posted.get("case", []))
    return await page(request, ctx, "casework/bulk.html", plan=plan)


@post("/desk/bulk/done", guards=[_READ])
async def carry_out(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Do it, and tell for each case whether it was done; sent again nothing is done twice."""
    posted = await read_posted(request)
    act = _act(posted)
    seen = dict(text.partition(":")[::2] for text in posted.get("case", []))
    plan = await bulk.plan(ctx, act, list(seen))
    done = await bulk.carry_out_each(
        ctx, act, _as_seen(plan, seen), opinion=first(posted, "opinion")
    )
    return await page(
        request,
        ctx,
        "casework/bulk_done.html",
        act=act,
        done=[one for one in done if one.why_not is None],
        undone=[one for one in done if one.why_not is not None],
        unknown=plan.unknown,
    )


def _as_seen(plan: Plan, seen: dict[str, str]) -> list[Ticked]:
    """Return the confirmed cases with the revisions that were on the page."""
    return [
        Ticked(
            id=one.id,
            revision=read_revision(seen.get(str(one.id), "")),
            number=one.number,
            title=one.title,
        )
        for one in (*plan.ready, *plan.left)
    ]


router = Router("/", route_handlers=[ask, carry_out])
