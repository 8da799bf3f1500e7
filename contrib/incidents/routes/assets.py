"""The register of assets at the desk: list, labels, one asset."""

from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.incidents.forms.assets import CHANGE, NEW, facts_of, values_of
from contrib.incidents.rules.assets import KINDS, OWNERS, STATES
from contrib.incidents.service import assets, labels
from contrib.incidents.service.assets import PAGE, Sought
from contrib.incidents.service.rights import ASSETS, READ
from core.api import AppError, Ctx, Text, allow, page
from kit.forms import (
    AnyRequest,
    Sheet,
    first,
    read_page,
    read_posted,
    read_revision,
    read_sheet,
    show_sheet,
)

HOME = "/desk/incidents/assets"
_ASSETS = allow(ASSETS)
_NEW = Sheet(
    title=Text("เพิ่มทรัพย์สิน", "Add an asset"),
    back=(HOME, Text("ทะเบียนทรัพย์สิน", "Asset register")),
    groups=NEW,
    button=Text("เพิ่มในทะเบียน", "Enter it"),
)


def _sought(request: AnyRequest) -> Sought:
    params = request.query_params
    kind, owner = params.get("kind", ""), params.get("owner", "")
    return Sought(
        kind=kind if kind in KINDS else "",
        owner=owner if owner in OWNERS else "",
        words=params.get("q", ""),
        page=read_page(params.get("page", "")),
    )


def _query(sought: Sought, page: int) -> str:
    asked = {"kind": sought.kind, "owner": sought.owner, "q": sought.words, "page": page}
    return urlencode({name: value for name, value in asked.items() if value})


@get(HOME, guards=[allow(READ)])
async def show_assets(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the register, a page at a time."""
    sought = _sought(request)
    rows, total = await assets.find_assets(ctx, sought)
    ways = {n: f"{HOME}?{_query(sought, sought.page + n)}" for n in (-1, 1)}
    sheets = range(1, -(-total // labels.MOST) + 1)
    return await page(
        request,
        ctx,
        "incidents/assets.html",
        sought=sought,
        sifted=sought != Sought(),
        assets=rows,
        total=total,
        first=(sought.page - 1) * PAGE + 1,
        kinds=KINDS,
        owners=OWNERS,
        states=STATES,
        previous=ways[-1] if sought.page > 1 else None,
        next=ways[1] if sought.page * PAGE < total else None,
        labels=[f"{HOME}/labels.pdf?{_query(sought, n)}" for n in sheets],
    )


@get(f"{HOME}/labels.pdf", guards=[_ASSETS])
async def print_labels(request: AnyRequest, ctx: Ctx) -> Response[bytes]:
    """Give the labels of the assets that fit."""
    pdf = await labels.labels_pdf(ctx, _sought(request))
    headers = {"Content-Disposition": 'inline; filename="labels.pdf"', "Cache-Control": "no-store"}
    return Response(pdf, media_type="application/pdf", headers=headers)


@get(f"{HOME}/new", guards=[_ASSETS])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask about an asset."""
    return await show_sheet(request, ctx, _NEW, values={"kind": "pole", "owner": "lao"})


@post(f"{HOME}/new", guards=[_ASSETS])
async def enter(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Enter an asset."""
    reading = await read_sheet(request, ctx, _NEW)
    if reading.problems:
        return await show_sheet(request, ctx, _NEW, reading=reading)
    try:
        id = await assets.enter(ctx, facts_of(reading.values))
    except AppError as refusal:
        return await show_sheet(request, ctx, _NEW, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{id}", status_code=303)


def _change(code: str, revision: str) -> Sheet:
    return Sheet(
        title=Text("ทรัพย์สิน {code}", "Asset {code}").format(code=code),
        back=_NEW.back,
        groups=CHANGE,
        button=Text("บันทึก", "Save"),
        hidden={"revision": revision},
    )


@get(f"{HOME}/{{asset:uuid}}", guards=[_ASSETS])
async def show_asset(request: AnyRequest, ctx: Ctx, asset: FromPath[UUID]) -> Response[str]:
    """Show an asset, to be changed."""
    row = await assets.get_asset(ctx, asset)
    sheet = _change(row["code"], str(row["revision"]))
    return await show_sheet(request, ctx, sheet, values=values_of(row))


@post(f"{HOME}/{{asset:uuid}}", guards=[_ASSETS])
async def change(request: AnyRequest, ctx: Ctx, asset: FromPath[UUID]) -> Response[str] | Redirect:
    """Change an asset."""
    row = await assets.get_asset(ctx, asset)
    revision = first(await read_posted(request), "revision")
    sheet = _change(row["code"], revision)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    try:
        facts = facts_of(reading.values)
        await assets.change(ctx, asset, facts, revision=read_revision(revision))
    except AppError as refusal:
        fresh = msgspec.structs.replace(sheet, hidden={"revision": str(row["revision"])})
        return await show_sheet(request, ctx, fresh, reading=reading, refusal=refusal)
    return Redirect(HOME, status_code=303)


router = Router(
    "/", route_handlers=[show_assets, print_labels, show_new, enter, show_asset, change]
)
