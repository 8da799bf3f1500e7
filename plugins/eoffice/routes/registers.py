"""The registers: their entries by year, numbers that are reserved or made void."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import Context, Ctx, NotFound, Text, allow, page
from kit.forms import AnyRequest, show_sheet
from kit.thai import buddhist_year
from plugins.eoffice.forms.receiving import reserving, voiding
from plugins.eoffice.routes.answering import LAST, YEARS, number_asked, take_sheet, year_asked
from plugins.eoffice.rules.registers import SECRET, book_of, title_of
from plugins.eoffice.rules.registers import registers as known_registers
from plugins.eoffice.service import printing, registers
from plugins.eoffice.service.registers import Drawn
from plugins.eoffice.service.rights import REGISTER, SECRETS

PATH = "/desk/eoffice/registers"
_REGISTER = allow(REGISTER)
_NO_REGISTER = Text("ไม่พบทะเบียนนี้", "There is no such register.")


def _known(ctx: Context) -> list[str]:
    secret = sorted(SECRET) if ctx.actor.may(SECRETS) else []
    return [*known_registers(ctx.tenant), *secret]


def _get(ctx: Context, register: str) -> Text:
    if register not in _known(ctx):
        raise NotFound(_NO_REGISTER)
    return title_of(register, ctx.tenant)


@get(PATH, guards=[_REGISTER])
async def show_registers(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show which registers there are."""
    titles = {key: title_of(key, ctx.tenant) for key in _known(ctx)}
    return await page(
        request,
        ctx,
        "eoffice/registers.html",
        central={key: title for key, title in titles.items() if not book_of(key)[1]},
        divisions={key: title for key, title in titles.items() if book_of(key)[1]},
        last=await registers.last_numbers(ctx, buddhist_year(ctx.today)),
        year=buddhist_year(ctx.today),
    )


@get(PATH + "/{register:str}", guards=[_REGISTER])
async def show_register(request: AnyRequest, ctx: Ctx, register: FromPath[str]) -> Response[str]:
    """Show the entries of a register and year, the last first."""
    title = _get(ctx, register)
    shown = year_asked(request, ctx)
    entries = await registers.page_of(ctx, register, shown, before=number_asked(request, "before"))
    return await page(
        request,
        ctx,
        "eoffice/register.html",
        register=register,
        title=title,
        year=shown,
        this_year=buddhist_year(ctx.today),
        year_links=[
            (str(one), f"{PATH}/{register}?year={one}")
            for one in await registers.years_of(ctx, register)
        ],
        entries=entries,
        more=entries[-1]["number"] if len(entries) == registers.PAGE else 0,
        received=book_of(register)[0] in ("receive", "secret_receive"),
    )


@get(PATH + "/{register:str}/reserve", guards=[_REGISTER])
async def show_reserve(request: AnyRequest, ctx: Ctx, register: FromPath[str]) -> Response[str]:
    """Ask how many numbers are reserved, and why."""
    sheet = reserving(register, _get(ctx, register))
    return await show_sheet(request, ctx, sheet, values={"count": "1"})


@post(PATH + "/{register:str}/reserve", guards=[_REGISTER])
async def reserve(
    request: AnyRequest, ctx: Ctx, register: FromPath[str]
) -> Response[str] | Redirect:
    """Reserve numbers."""
    sheet = reserving(register, _get(ctx, register))

    async def do(values: Mapping[str, Any], _: int) -> None:
        await registers.reserve(ctx, register, int(values["count"]), values["why"])

    return await take_sheet(request, ctx, sheet, do)


def _drawn(ctx: Context, register: str, year: int, number: int = 1) -> Drawn:
    _get(ctx, register)
    if year not in YEARS or not 0 < number <= LAST:
        raise NotFound(_NO_REGISTER)
    return Drawn(register, year, number)


@get(PATH + "/{register:str}/{year:int}/{number:int}/void", guards=[_REGISTER])
async def show_void(
    request: AnyRequest,
    ctx: Ctx,
    register: FromPath[str],
    year: FromPath[int],
    number: FromPath[int],
) -> Response[str]:
    """Ask why a reserved number is made void."""
    drawn = _drawn(ctx, register, year, number)
    await registers.get_entry(ctx, drawn)
    return await show_sheet(request, ctx, voiding(register, drawn.quoted))


@post(PATH + "/{register:str}/{year:int}/{number:int}/void", guards=[_REGISTER])
async def void(
    request: AnyRequest,
    ctx: Ctx,
    register: FromPath[str],
    year: FromPath[int],
    number: FromPath[int],
) -> Response[str] | Redirect:
    """Make a reserved number void."""
    drawn = _drawn(ctx, register, year, number)

    async def do(values: Mapping[str, Any], _: int) -> None:
        await registers.void(ctx, drawn, values["why"])

    return await take_sheet(request, ctx, voiding(register, drawn.quoted), do)


@get(PATH + "/{register:str}/{year:int}/register.pdf", guards=[_REGISTER])
async def print_register(
    request: AnyRequest, ctx: Ctx, register: FromPath[str], year: FromPath[int]
) -> Response[bytes]:
    """Give a part of a register on paper."""
    _drawn(ctx, register, year)
    pdf = await printing.print_register(
        ctx,
        register,
        year,
        first=number_asked(request, "first"),
        last=number_asked(request, "last"),
    )
    headers = {
        "Content-Disposition": f'inline; filename="{register}-{year}.pdf"',
        "Cache-Control": "no-store",
    }
    return Response(pdf, media_type="application/pdf", headers=headers)


router = Router(
    "/",
    route_handlers=[
        show_registers,
        show_register,
        show_reserve,
        reserve,
        show_void,
        void,
        print_register,
    ],
)
