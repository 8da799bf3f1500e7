"""The register of permits at the desk: find one, look at it, take the whole along."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.params import FromPath
from litestar.response import Stream

from core.api import Context, Ctx, allow, page
from kit.forms import read_page
from plugins.permits.service import exporting, finding, overview
from plugins.permits.service.finding import STANDS, USES, WORKS, Sought
from plugins.permits.service.rights import CARRY, READ

HOME, OPEN = "/desk/permits/register", "/permits/register"
AnyRequest = Request[Any, Any, Any]
_READ = allow(READ)


def sought_of(request: AnyRequest, *, public: bool = False) -> Sought:
    """Return what an address looks for; what it cannot mean is nothing."""
    asked = request.query_params
    return Sought(
        words=asked.get("q", "").replace("\0", "")[:100],
        work=one if (one := asked.get("work", "")) in WORKS else "",
        stands=one if (one := asked.get("state", "")) in STANDS else "",
        public=public,
        page=read_page(asked.get("page", "")),
    )


def address_of(home: str, sought: Sought, page_no: int | None = None) -> str:
    """Return the address that looks for the same, on a page or for a file."""
    asked = {"q": sought.words, "work": sought.work, "state": sought.stands, "page": page_no}
    return f"{home}?{urlencode({name: value for name, value in asked.items() if value})}"


async def listed(ctx: Context, home: str, sought: Sought) -> dict[str, Any]:
    """Return what a page of the register shows, and where its next pages and its files are."""
    found = await finding.find_permits(ctx, sought)
    more = found.last < found.total
    return {
        "home": home,
        "sought": sought,
        "found": found,
        "previous": address_of(home, sought, sought.page - 1) if sought.page > 1 else None,
        "next": address_of(home, sought, sought.page + 1) if more else None,
        "files": {kind: address_of(f"{home}.{kind}", sought) for kind in exporting.KINDS},
        **words(ctx),
    }


def words(ctx: Context) -> dict[str, Any]:
    """Return the words of codes, in the reader's language."""
    given = {"works": WORKS, "uses": USES, "standings": STANDS}
    return {
        name: {code: text.to(ctx.language) for code, text in one.items()}
        for name, one in given.items()
    }


async def given(ctx: Context, sought: Sought, kind: str) -> Stream:
    """Return the answer with a file of the register."""
    name = f"permits-{ctx.today.isoformat()}.{kind}"
    return Stream(
        await exporting.export(ctx, sought, kind),
        media_type=exporting.KINDS[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@get(HOME, guards=[_READ])
async def show_register(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the register, a page at a time."""
    shown = await listed(ctx, HOME, sought_of(request))
    may_enter = ctx.actor.may(CARRY)
    return await page(request, ctx, "permits/register.html", may_enter=may_enter, **shown)


@get(f"{HOME}.csv", guards=[_READ])
async def give_csv(request: AnyRequest, ctx: Ctx) -> Stream:
    """Give all that fits as a table."""
    return await given(ctx, sought_of(request), "csv")


@get(f"{HOME}.geojson", guards=[_READ])
async def give_geojson(request: AnyRequest, ctx: Ctx) -> Stream:
    """Give all that fits as places."""
    return await given(ctx, sought_of(request), "geojson")


@get(f"{HOME}/{{case:uuid}}", guards=[_READ])
async def show_permit(request: AnyRequest, ctx: Ctx, case: FromPath[UUID]) -> Response[str]:
    """Show a permit with its history."""
    seen = await overview.see(ctx, case)
    return await page(request, ctx, "permits/permit.html", seen=seen, **words(ctx))


router = Router("/", route_handlers=[show_register, give_csv, give_geojson, show_permit])
