"""The register of households at the desk."""

from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.disaster.forms.households import household_groups, read_household
from contrib.disaster.rules.households import FLAGS
from contrib.disaster.service import households
from contrib.disaster.service.rights import HOUSEHOLDS
from core.api import AppError, Context, Ctx, Text, allow, page
from kit.forms import AnyRequest, Sheet, read_page, read_posted, read_sheet, revision_of, show_sheet
from kit.geo import Point, map_near, own_subdistricts

HOME = "/desk/disaster/households"
_MAY = allow(HOUSEHOLDS)


def _sheet(ctx: Context, id: UUID | None = None, revision: int = 0) -> Sheet:
    new = id is None
    return Sheet(
        title=Text("เพิ่มครัวเรือน", "Enter a household")
        if new
        else Text("แก้ข้อมูลครัวเรือน", "Change a household"),
        back=(HOME if new else f"{HOME}/{id}", Text("ครัวเรือน", "Households")),
        groups=household_groups(own_subdistricts(ctx.tenant)),
        button=Text("บันทึกครัวเรือน", "Keep the household"),
        intro=Text(
            "เก็บเฉพาะจำนวนคนที่ต้องช่วยก่อน ไม่เก็บชื่อหรือโรคของแต่ละคน",
            "Only how many people need help first is kept, not who they are or what they have.",
        ),
        hidden={"revision": str(revision)},
    )


@get(HOME, guards=[_MAY])
async def show_households(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the register, a page at a time."""
    query, flag, at = _looked_for(request)
    found = await households.find_households(ctx, query, flag, at)
    return await page(
        request,
        ctx,
        "disaster/households.html",
        found=found,
        query=query,
        flag=flag,
        flags=FLAGS,
        previous=_page(query, flag, at - 1) if at > 1 else None,
        next=_page(query, flag, at + 1) if found.last < found.total else None,
    )


def _looked_for(request: AnyRequest) -> tuple[str, str, int]:
    asked = request.query_params
    at = read_page(asked.get("page", ""))
    return asked.get("q", "").replace("\0", ""), asked.get("flag", ""), at


def _page(query: str, flag: str, at: int) -> str:
    return f"{HOME}?{urlencode({'q': query, 'flag': flag, 'page': at})}"


@get(f"{HOME}/new", guards=[_MAY])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask about a household."""
    return await show_sheet(request, ctx, _sheet(ctx))


@post(f"{HOME}/new", guards=[_MAY])
async def enter(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Enter a household."""
    sheet = _sheet(ctx)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    try:
        values = read_household(reading.values, own_subdistricts(ctx.tenant))
        id = await households.enter_household(ctx, households.facts_of(values))
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{id}", status_code=303)


@get(f"{HOME}/{{household:uuid}}", guards=[_MAY])
async def show_household(request: AnyRequest, ctx: Ctx, household: FromPath[UUID]) -> Response[str]:
    """Show a household."""
    row = await households.read_household(ctx, household)
    pin = [Point(**row["pin"])] if row["pin"] else []
    return await page(
        request,
        ctx,
        "disaster/household.html",
        household=row,
        flags=FLAGS,
        subdistricts={one.code: one.name.to(ctx.language) for one in own_subdistricts(ctx.tenant)},
        map=map_near(ctx.tenant, pin) if pin else None,
        where=str(pin[0]) if pin else "",
    )


@get(f"{HOME}/{{household:uuid}}/change", guards=[_MAY])
async def show_change(request: AnyRequest, ctx: Ctx, household: FromPath[UUID]) -> Response[str]:
    """Ask what is to be changed."""
    row = await households.read_household(ctx, household)
    known = {name: value for name, value in row.items() if value not in ("", None)}
    sheet = _sheet(ctx, household, row["revision"])
    return await show_sheet(request, ctx, sheet, values=known | row["flags"])


@post(f"{HOME}/{{household:uuid}}/change", guards=[_MAY])
async def change(
    request: AnyRequest, ctx: Ctx, household: FromPath[UUID]
) -> Response[str] | Redirect:
    """Change a household."""
    revision = revision_of(await read_posted(request))
    sheet = _sheet(ctx, household, revision)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    try:
        facts = households.facts_of(read_household(reading.values, own_subdistricts(ctx.tenant)))
        await households.change_household(ctx, household, facts, revision=revision)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{household}", status_code=303)


router = Router(
    "/",
    route_handlers=[show_households, show_new, enter, show_household, show_change, change],
)
