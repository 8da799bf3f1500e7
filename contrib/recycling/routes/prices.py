"""The price list at the desk: set what is paid from now or from tomorrow on, add materials."""

import re
from datetime import datetime, time, timedelta

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.recycling.forms.centre import MATERIAL
from contrib.recycling.forms.weighing import read_prices
from contrib.recycling.routes.answering import cleaned
from contrib.recycling.rules.materials import UNITS
from contrib.recycling.service import materials
from contrib.recycling.service.materials import Starting
from contrib.recycling.service.rights import PRICE
from core.api import AppError, Context, Ctx, InvalidInput, Text, allow
from kit.forms import (
    AnyRequest,
    Posted,
    Sheet,
    first,
    form_page,
    line,
    read_posted,
    read_sheet,
    show_sheet,
    ungrouped,
)

HOME = "/desk/recycling/prices"
_CODE = re.compile("[a-z0-9]{1,20}")
_NO_CODE = Text("ใช้ตัวอักษรอังกฤษพิมพ์เล็กและตัวเลขเท่านั้น", "Use small English letters and digits only.")
_SAME = Text("ยังไม่ได้แก้ราคาใด", "No price was changed.")
_NEW = Sheet(
    title=Text("เพิ่มวัสดุที่รับซื้อ", "Add a material"),
    back=(HOME, Text("ราคารับซื้อ", "Prices")),
    groups=ungrouped(*MATERIAL),
    button=Text("เพิ่มวัสดุ", "Add"),
)


@get(HOME, guards=[allow(PRICE)])
async def show_prices(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show all materials with what is paid, to be changed."""
    return await _show(request, ctx)


async def _show(
    request: AnyRequest,
    ctx: Context,
    posted: Posted | None = None,
    refusal: AppError | None = None,
) -> Response[str]:
    rows = await materials.price_list(ctx, closed=True)
    return await form_page(
        request,
        ctx,
        "recycling/set_prices.html",
        refusal=refusal,
        groups=materials.grouped(rows),
        units=UNITS,
        examples=materials.are_examples(rows),
        posted=posted or {},
    )


@post(HOME, guards=[allow(PRICE)])
async def set_prices(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Set the prices that were changed."""
    posted = cleaned(await read_posted(request))
    known = {one["code"]: one["amount"] for one in await materials.price_list(ctx)}
    asked = [code for code in known if f"p_{code}" in posted]
    try:
        given = read_prices(posted, asked)
        changed = {code: amount for code, amount in given.items() if amount != known[code]}
        if not changed:
            raise InvalidInput({"begins": _SAME})
        from_at = _begins(ctx, posted)
        await materials.set_prices(ctx, changed, from_at=from_at, source=_source(posted))
    except AppError as refusal:
        return await _show(request, ctx, posted, refusal)
    return Redirect(f"{HOME}?set={len(changed)}", status_code=303)


def _begins(ctx: Context, posted: Posted) -> datetime:
    if first(posted, "begins") != "tomorrow":
        return ctx.now
    return datetime.combine(ctx.today + timedelta(days=1), time(), ctx.tenant.zone)


def _source(posted: Posted) -> str:
    return line(first(posted, "source"))[:200]


@get(f"{HOME}/new", guards=[allow(PRICE)])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask what is to be bought too."""
    return await show_sheet(request, ctx, _NEW)


@post(f"{HOME}/new", guards=[allow(PRICE)])
async def make_material(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Add it."""
    sent = await read_sheet(request, ctx, _NEW)
    wrong = dict(sent.problems)
    if "code" in sent.values and not _CODE.fullmatch(sent.values["code"]):
        wrong["code"] = _NO_CODE
    if wrong:
        return await show_sheet(request, ctx, _NEW, reading=sent, wrong=wrong)
    facts = {name: sent.values[name] for name in ("code", "kind", "unit", "amount")}
    title = Text(sent.values["title_th"], sent.values["title_en"])
    one = Starting(title=title, grade=sent.values.get("grade", ""), **facts)
    try:
        await materials.make_material(ctx, one)
    except AppError as refusal:
        return await show_sheet(request, ctx, _NEW, reading=sent, refusal=refusal)
    return Redirect(HOME, status_code=303)


@post(f"{HOME}/{{code:str}}/switch", guards=[allow(PRICE)])
async def switch(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Redirect:
    """Begin or end to buy a material."""
    bought = first(await read_posted(request), "bought") == "yes"
    await materials.switch_material(ctx, code, bought=bought)
    return Redirect(HOME, status_code=303)


router = Router("/", route_handlers=[show_prices, set_prices, show_new, make_material, switch])
