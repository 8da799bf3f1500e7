"""How correspondence works here: letter codes, the garuda, the address book, the office's key."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import Context, Ctx, NotFound, Text, allow, others_here, page
from kit.documents import MEGABYTE
from kit.forms import AnyRequest, Sheet, read_files, show_sheet
from plugins.eoffice.forms import setting as forms
from plugins.eoffice.routes.answering import take_sheet
from plugins.eoffice.rules.dispatching import CHANNELS
from plugins.eoffice.service import channels, codes, correspondents, petitions, pictures
from plugins.eoffice.service.correspondents import Entry
from plugins.eoffice.service.rights import SETTINGS
from plugins.eoffice.service.seals import public_key

PATH = "/desk/eoffice/settings"
_SETTINGS = allow(SETTINGS)
_OFFICE = "office"
_NO_UNIT = Text("ไม่พบส่วนราชการนี้", "There is no such division.")


@get(PATH, guards=[_SETTINGS])
async def show_settings(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show how correspondence is set."""
    units = {_OFFICE: ctx.tenant.name} | {id: one.name for id, one in ctx.tenant.units.items()}
    known, set_up = await codes.codes(ctx), await channels.channels(ctx)
    return await page(
        request,
        ctx,
        "eoffice/settings.html",
        codes=[
            (id, name, known.get("" if id == _OFFICE else id, "")) for id, name in units.items()
        ],
        agencies=await correspondents.all_of(ctx),
        channels=CHANNELS,
        own=[(code, set_up.get(code)) for code in channels.KINDS],
        key=await public_key(ctx),
        address=ctx.origin,
        taken=await petitions.titles_taken(ctx),
        garuda=bool(await pictures.of_office(ctx)),
    )


def _unit(ctx: Context, unit: str) -> Text:
    if unit == _OFFICE:
        return ctx.tenant.name
    if unit not in ctx.tenant.units:
        raise NotFound(_NO_UNIT)
    return ctx.tenant.units[unit].name


@get(PATH + "/codes/{unit:str}", guards=[_SETTINGS])
async def show_code(request: AnyRequest, ctx: Ctx, unit: FromPath[str]) -> Response[str]:
    """Ask for the letter code of a division."""
    known = (await codes.codes(ctx)).get("" if unit == _OFFICE else unit, "")
    return await show_sheet(request, ctx, forms.code(_unit(ctx, unit)), values={"code": known})


@post(PATH + "/codes/{unit:str}", guards=[_SETTINGS])
async def set_code(request: AnyRequest, ctx: Ctx, unit: FromPath[str]) -> Response[str] | Redirect:
    """Keep the letter code of a division."""
    sheet = forms.code(_unit(ctx, unit))

    async def do(values: Mapping[str, Any], _: int) -> None:
        await codes.set_code(ctx, "" if unit == _OFFICE else unit, values["code"])

    return await take_sheet(request, ctx, sheet, do)


async def _agency_sheet(ctx: Context, *, new: bool) -> Sheet:
    return forms.agency(list((await others_here(ctx)).items()), new=new)


@get(PATH + "/agencies/new", guards=[_SETTINGS])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask about an agency."""
    sheet = await _agency_sheet(ctx, new=True)
    return await show_sheet(request, ctx, sheet, values={"active": True})


@post(PATH + "/agencies/new", guards=[_SETTINGS])
async def add(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Enter an agency in the address book."""

    async def do(values: Mapping[str, Any], _: int) -> None:
        await correspondents.keep(ctx, _entry(values))

    return await take_sheet(request, ctx, await _agency_sheet(ctx, new=True), do)


@get(PATH + "/agencies/{agency:uuid}", guards=[_SETTINGS])
async def show_agency(request: AnyRequest, ctx: Ctx, agency: FromPath[UUID]) -> Response[str]:
    """Show an agency of the address book, to be changed."""
    row = await correspondents.get(ctx, agency)
    sheet = await _agency_sheet(ctx, new=False)
    return await show_sheet(request, ctx, sheet, values=forms.values_of(row), about=row["name"])


@post(PATH + "/agencies/{agency:uuid}", guards=[_SETTINGS])
async def change(request: AnyRequest, ctx: Ctx, agency: FromPath[UUID]) -> Response[str] | Redirect:
    """Change what is known of an agency."""
    await correspondents.get(ctx, agency)

    async def do(values: Mapping[str, Any], _: int) -> None:
        await correspondents.keep(ctx, _entry(values), id=agency)

    return await take_sheet(request, ctx, await _agency_sheet(ctx, new=False), do)


def _entry(values: Mapping[str, Any]) -> Entry:
    texts = ("name", "post", "channel", "neighbour", "node", "key", "mailbox", "department")
    known = {name: values.get(name) or "" for name in texts}
    known["node"] = known["node"].rstrip("/")
    return Entry(**known, active=bool(values.get("active")))


@get(PATH + "/garuda", guards=[_SETTINGS])
async def show_garuda(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask for the picture of the garuda."""
    return await show_sheet(request, ctx, forms.GARUDA)


@post(PATH + "/garuda", guards=[_SETTINGS], request_max_body_size=6 * MEGABYTE)
async def set_garuda(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Keep the picture of the garuda."""
    files = (await read_files(request)).get("garuda", [])

    async def do(values: Mapping[str, Any], _: int) -> None:
        await pictures.keep_garuda(ctx, await files[0].read() if files else b"")

    return await take_sheet(request, ctx, forms.GARUDA, do)


router = Router(
    "/",
    route_handlers=[
        show_settings,
        show_code,
        set_code,
        show_new,
        add,
        show_agency,
        change,
        show_garuda,
        set_garuda,
    ],
)
