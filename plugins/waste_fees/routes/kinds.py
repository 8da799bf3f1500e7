"""Kinds of fees and tariffs at the desk: see them, add one, set what it costs from a day on."""

import re
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, InvalidInput, Text, allow, page
from kit.forms import AnyRequest, Place, first, read_posted, read_sheet, show_sheet
from plugins.waste_fees.forms import tariff as forms
from plugins.waste_fees.forms.tariff import Typed
from plugins.waste_fees.rules.months import add_months, month_of
from plugins.waste_fees.rules.register import USES
from plugins.waste_fees.rules.tariffs import MEASURES
from plugins.waste_fees.service import tariffs
from plugins.waste_fees.service.rights import BILL, READ, REGISTER, TARIFF
from plugins.waste_fees.service.tariffs import REVENUES, FoundKind

_READ, _TARIFF = allow(READ), allow(TARIFF)
_CODE = re.compile("[a-z][a-z0-9]{1,19}")
_WRONG_CODE = Text(
    "รหัสใช้ตัวอักษรอังกฤษตัวเล็กและตัวเลข 2 ถึง 20 ตัว ขึ้นต้นด้วยตัวอักษร",
    "A code is 2 to 20 small English letters and digits, a letter first.",
)


@get("/desk/waste/kinds", guards=[_READ])
async def show_kinds(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the fees of the office, each with the tariffs that it has and had."""
    return await _show_kinds(request, ctx)


async def _show_kinds(
    request: AnyRequest, ctx: Context, refusal: AppError | None = None
) -> Response[str]:
    kinds = [(one, await tariffs.tariff_rows(ctx, one.code)) for one in await tariffs.kinds_of(ctx)]
    return await page(
        request,
        ctx,
        "waste_fees/kinds.html",
        status_code=refusal.status_code if refusal else 200,
        kinds=kinds,
        measures=MEASURES,
        uses=USES,
        revenues={one.code: one.title for one in REVENUES},
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
        may={name: ctx.actor.may(name) for name in (REGISTER, TARIFF, BILL)},
    )


@post("/desk/waste/kinds", guards=[_TARIFF])
async def begin(ctx: Ctx) -> Redirect:
    """Begin with the fee and the tariff of the example."""
    await tariffs.begin_with(ctx)
    return Redirect("/desk/waste/kinds", status_code=303)


@get("/desk/waste/kinds/new", guards=[_TARIFF])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask what a new fee is called and how it is charged."""
    sheet = forms.kind_sheet({one.code: one.title for one in REVENUES})
    return await show_sheet(request, ctx, sheet)


@post("/desk/waste/kinds/new", guards=[_TARIFF])
async def make(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Make a kind of fee."""
    sheet = forms.kind_sheet({one.code: one.title for one in REVENUES})
    reading = await read_sheet(request, ctx, sheet)
    if not _CODE.fullmatch(reading.values.get("code", "xx")):
        reading.problems["code"] = _WRONG_CODE
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    values = dict(reading.values)
    title = Text(values.pop("title_th"), values.pop("title_en"))
    revenue = forms.revenue_of(values.pop("revenue"), [one.code for one in REVENUES])
    try:
        await tariffs.make_kind(ctx, title=title, revenue=revenue, **values)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"/desk/waste/kinds/{values['code']}/tariff", status_code=303)


@get("/desk/waste/kinds/{kind:str}/tariff", guards=[_TARIFF])
async def show_tariff(request: AnyRequest, ctx: Ctx, kind: FromPath[str]) -> Response[str]:
    """Show the newest tariff of a fee, to be changed into the next."""
    found = await tariffs.get_kind(ctx, kind)
    known = await tariffs.tariff_rows(ctx, kind)
    begins = add_months(month_of(ctx.today), 1) if known else month_of(ctx.today)
    typed = forms.begun(found.measure, known[0]["content"] if known else None, begins)
    return await _show_tariff(request, ctx, found, typed)


async def _show_tariff(
    request: AnyRequest,
    ctx: Context,
    kind: FoundKind,
    typed: Typed,
    refusal: AppError | None = None,
) -> Response[str]:
    wrong = dict(typed.reading.problems)
    if isinstance(refusal, InvalidInput):
        wrong |= refusal.problems
    return await page(
        request,
        ctx,
        "waste_fees/tariff.html",
        status_code=refusal.status_code if refusal else 422 if wrong else 200,
        kind=kind,
        lines=forms.lines_of(kind.measure, typed.lines),
        day=forms.FROM_ON,
        source=forms.SOURCE,
        typed=typed.reading.typed,
        problems={name: text.to(ctx.language) for name, text in wrong.items()},
        place=Place.of(ctx),
    )


@post("/desk/waste/kinds/{kind:str}/tariff", guards=[_TARIFF])
async def set_tariff(
    request: AnyRequest, ctx: Ctx, kind: FromPath[str]
) -> Response[str] | Redirect:
    """Set what a fee costs from a day on, or show more lines to fill in."""
    found, posted = await tariffs.get_kind(ctx, kind), await read_posted(request)
    typed = forms.sent(found.measure, posted, Place.of(ctx))
    if first(posted, "more"):
        typed.reading.problems.clear()
        return await _show_tariff(request, ctx, found, typed)
    if typed.reading.problems:
        return await _show_tariff(request, ctx, found, typed)
    from_on, source = forms.begins(typed), typed.reading.values["source"]
    try:
        await tariffs.set_tariff(ctx, kind, from_on=from_on, content=typed.content, source=source)
    except AppError as refusal:
        return await _show_tariff(request, ctx, found, typed, refusal)
    return Redirect(f"/desk/waste/kinds#{kind}", status_code=303)


@post("/desk/waste/kinds/{kind:str}/tariffs/{tariff:uuid}/withdraw", guards=[_TARIFF])
async def withdraw(
    request: AnyRequest, ctx: Ctx, kind: FromPath[str], tariff: FromPath[UUID]
) -> Response[str] | Redirect:
    """Take back a tariff by which nothing was billed."""
    try:
        await tariffs.withdraw_tariff(ctx, tariff)
    except AppError as refusal:
        return await _show_kinds(request, ctx, refusal)
    return Redirect(f"/desk/waste/kinds#{kind}", status_code=303)


router = Router(
    "/",
    route_handlers=[show_kinds, begin, show_new, make, show_tariff, set_tariff, withdraw],
)
