"""One day of the banks against the books, on one page."""

from datetime import date
from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromQuery

from core.api import Ctx, allow, page
from kit.treasury.banking.statement import BANKS
from kit.treasury.service import reconciling
from kit.treasury.service.suspense import REASONS

_READ = allow("treasury.read")


@get("/desk/reconciliation", guards=[_READ])
async def show_day(
    request: Request[Any, Any, Any], ctx: Ctx, day: FromQuery[str] = ""
) -> Response[str]:
    """Compare a day: what the files say, where the money is, and each line that differs."""
    days = await reconciling.days(ctx)
    chosen = _day(day) or (days[0] if days else ctx.today)
    return await page(
        request,
        ctx,
        "treasury/reconciliation.html",
        result=await reconciling.reconcile(ctx, chosen),
        days=days if chosen in days else [chosen, *days],
        banks=BANKS,
        reasons=REASONS,
        may=ctx.actor.may("treasury.assign"),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


router = Router("/", route_handlers=[show_day])
