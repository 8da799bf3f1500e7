"""The administrator's pages of the office, and its logo for everybody."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect

from core.context import Context
from core.errors import AppError
from core.http.guards import AWAKE, allow, public
from core.http.inject import Ctx
from core.http.theme import DARK_SURFACE, PAGE, contrast, palette
from core.identity.forms import REFUSALS, show_form, typed
from core.tenants import office

AnyRequest = Request[Any, Any, Any]

MAY = allow("core.settings")
_A_YEAR = "public, max-age=31536000, immutable"


@get("/desk/office", guards=[MAY])
async def show_office(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what is known of the office, to be corrected."""
    return await _office_page(request, ctx)


@post("/desk/office", guards=[MAY])
async def change_office(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Keep what was typed, or show how a colour would look."""
    given = await typed(request, *office.FIELDS, "preview")
    try:
        if given["preview"]:
            palette(given["brand"])
            return await _office_page(request, ctx, given=given)
        await office.change_office(ctx, given)
    except REFUSALS as wrong:
        return await _office_page(request, ctx, given=given, wrong=wrong)
    return Redirect("/desk/office?done=changed", status_code=303)


@post("/desk/office/logo", guards=[MAY])
async def set_logo(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Take a new logo, or with ``remove`` have none."""
    form = await request.form()
    file = form.get("logo")
    try:
        if form.get("remove"):
            await office.remove_logo(ctx)
        else:
            await office.set_logo(ctx, await file.read() if isinstance(file, UploadFile) else b"")
    except REFUSALS as wrong:
        return await _office_page(request, ctx, wrong=wrong)
    return Redirect("/desk/office?done=logo", status_code=303)


async def _office_page(
    request: AnyRequest,
    ctx: Context,
    *,
    given: dict[str, str] | None = None,
    wrong: AppError | None = None,
) -> Response[str]:
    values = given or office.known(ctx)
    return await show_form(
        request,
        ctx,
        "core/office.html",
        typed=values,
        wrong=wrong,
        colours=_colours(values["brand"]) or _colours(ctx.tenant.brand),
        done=request.query_params.get("done", ""),
    )


def _colours(brand: str) -> list[tuple[str, str, str, float]]:
    """Return accent, what stands on it, the ground, and the accent's contrast with the ground."""
    try:
        derived = palette(brand)
    except AppError:
        return []
    pairs = (
        (derived.accent, "#FFFFFF", PAGE),
        (derived.dark_accent, derived.dark_on, DARK_SURFACE),
    )
    return [(accent, on, ground, contrast(accent, ground)) for accent, on, ground in pairs]


@get("/logo/{name:str}", guards=[public], opt=AWAKE)
async def show_logo(ctx: Ctx, name: FromPath[str]) -> Response[bytes]:
    """Serve the logo; its address changes with it."""
    data = await office.logo(ctx, name.removesuffix(".png"))
    return Response(data, media_type="image/png", headers={"Cache-Control": _A_YEAR})


@get("/desk/office/units", guards=[MAY])
async def show_units(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """List the divisions, each to be renamed, and a form for a further one."""
    return await _units_page(request, ctx)


@post("/desk/office/units", guards=[MAY])
async def keep_unit(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Rename a division, or add one."""
    given = await typed(request, "unit", "id", "name_th", "name_en", "parent")
    names = {name: given[name] for name in ("name_th", "name_en")}
    unit, new = given["unit"] or given["id"], not given["unit"]
    try:
        await office.keep_unit(ctx, unit, parent=given["parent"], new=new, **names)
    except REFUSALS as wrong:
        return await _units_page(request, ctx, given=given, wrong=wrong)
    return Redirect("/desk/office/units?done=yes", status_code=303)


async def _units_page(
    request: AnyRequest,
    ctx: Context,
    given: dict[str, str] | None = None,
    wrong: AppError | None = None,
) -> Response[str]:
    asked = request.query_params.get("unit", "")
    typed = given or {}
    chosen = ctx.tenant.units.get(typed.get("unit") or asked)
    if chosen is not None and not given:
        typed = {"name_th": chosen.name.th, "name_en": chosen.name.en}
    return await show_form(
        request,
        ctx,
        "core/units.html",
        typed=typed,
        wrong=wrong,
        chosen=chosen,
        done=request.query_params.get("done", ""),
    )


router = Router(
    "/",
    route_handlers=[
        show_office,
        change_office,
        set_logo,
        show_logo,
        show_units,
        keep_unit,
    ],
)
