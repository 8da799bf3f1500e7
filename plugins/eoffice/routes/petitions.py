"""What citizens ask as letters: which services, one taken in, and what they are given back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, allow, public
from kit.casework import find_tracked, offered, read_request
from kit.forms import AnyRequest, Sheet, show_sheet
from plugins.eoffice.forms.receiving import taking_in
from plugins.eoffice.forms.setting import petitions as services_sheet
from plugins.eoffice.routes.answering import as_it_came, take_sheet
from plugins.eoffice.service import petitions
from plugins.eoffice.service.rights import REGISTER, SETTINGS

_SERVICES = "/desk/eoffice/settings/petitions"
_ONE = "/desk/eoffice/petitions/{case:uuid}"


@get(_SERVICES, guards=[allow(SETTINGS)])
async def show_services(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask of which services every request is taken in."""
    values = {petitions.SERVICES: list(petitions.services_taken(ctx))}
    return await show_sheet(request, ctx, await _sheet(ctx), values=values)


@post(_SERVICES, guards=[allow(SETTINGS)])
async def set_services(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Keep of which services every request is taken in."""

    async def do(values: Mapping[str, Any], _: int) -> None:
        await petitions.set_services(ctx, values.get(petitions.SERVICES) or [])

    return await take_sheet(request, ctx, await _sheet(ctx), do)


async def _sheet(ctx: Context) -> Sheet:
    return services_sheet([(code, one.title) for code, one in (await offered(ctx)).items()])


@get(_ONE, guards=[allow(REGISTER)])
async def show_taking(request: AnyRequest, ctx: Ctx, case: FromPath[UUID]) -> Response[str]:
    """Say what becomes of a request that is taken in."""
    await read_request(ctx, case)
    return await show_sheet(request, ctx, taking_in(case))


@post(_ONE, guards=[allow(REGISTER)])
async def take_in(request: AnyRequest, ctx: Ctx, case: FromPath[UUID]) -> Response[str] | Redirect:
    """Take a request in, and go on to its entry."""
    try:
        letter = await petitions.take_in(ctx, case)
    except AppError as refusal:
        return await show_sheet(request, ctx, taking_in(case), refusal=refusal)
    return Redirect(f"/desk/eoffice/arrivals/{letter}", status_code=303)


@get("/eoffice/given/{track:str}/{file:uuid}", guards=[public])
async def open_given(ctx: Ctx, track: FromPath[str], file: FromPath[UUID]) -> Response[bytes]:
    """Give a file of a letter to who filed the case that it is about."""
    case = await find_tracked(ctx, track)
    data, name, mime = await petitions.read_given(ctx, case, file)
    return as_it_came(data, name, mime)


router = Router("/", route_handlers=[show_services, set_services, show_taking, take_in, open_given])
