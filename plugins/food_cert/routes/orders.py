"""Orders about food premises: the list, a new one, how it was served, how it ended."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, Text, allow, need, new_id, page
from kit.forms import AnyRequest, Sheet, first, read_posted, read_sheet, show_sheet
from plugins.food_cert.forms import order as forms
from plugins.food_cert.rules.orders import KINDS, WAYS, Ground, grounds_on
from plugins.food_cert.service import order_ends, order_list, order_reading, orders
from plugins.food_cert.service.orders import Wanted
from plugins.food_cert.service.places import get_place, place_of_paper
from plugins.food_cert.service.rights import CARRY, INSPECT, ORDER, READ

HOME = order_list.HOME
_DESK = allow(READ)
_ALL = Text("คำสั่งเกี่ยวกับสถานที่อาหาร", "Orders about food premises")
_PAPER_STAYS = Text(
    " ถ้ายกเลิกคำสั่งเพิกถอน ให้ออกใบแทนใบอนุญาต เพราะฉบับเดิมยังแสดงว่าถูกเพิกถอน",
    " Where a revocation is withdrawn, issue a replacement: the old licence still says that it was "
    "revoked.",
)


def _new_sheet(ctx: Context, key: UUID, *, known: bool) -> Sheet:
    return Sheet(
        title=Text("ออกคำสั่ง", "Issue an order"),
        back=(HOME, _ALL),
        groups=forms.new_order(grounds_on(ctx.today), known=known),
        button=Text("ลงนามและออกคำสั่ง", "Sign and issue"),
        intro=Text(
            "คำสั่งเป็นหนังสือลงนามและมีเลขที่ทันที สถานะของสถานที่เปลี่ยนตามทันที แก้ภายหลังไม่ได้ ยกเลิกได้โดยให้เหตุผล",
            "It becomes a signed and numbered letter at once, and the place stands as it says. It "
            "cannot be changed, only withdrawn with a reason.",
        ),
        hidden={"key": str(key)},
        danger=True,
    )


def _served_sheet(row: Mapping[str, Any]) -> Sheet:
    ground = msgspec.convert(row["ground"], Ground)
    return Sheet(
        title=Text("บันทึกการส่งคำสั่ง", "Note how it was served"),
        back=_back(row),
        groups=((Text("การส่งคำสั่ง", "How it was served"), forms.served(row["issued_on"])),),
        button=Text("บันทึก", "Save"),
        intro=Text(
            "ถือว่าทราบคำสั่งในวันที่หนังสือไปถึงหรือวันปิดประกาศ ({law}) ระบบคำนวณวันครบกำหนดให้",
            "It counts as known on the day on which it arrives or is posted ({law}). The last day "
            "is reckoned from it.",
        ).format(law=ground.served_law),
    )


def _closed_sheet(row: Mapping[str, Any]) -> Sheet:
    more = _PAPER_STAYS if row["kind"] == "revoke" else Text("", "")
    return Sheet(
        title=Text("ปิดคำสั่ง", "Close the order"),
        back=_back(row),
        groups=((Text("ผลของคำสั่ง", "How it ended"), forms.closed(row["kind"])),),
        button=Text("ปิดคำสั่ง", "Close the order"),
        intro=Text(
            f"ปิดแล้วเปิดใหม่ไม่ได้ สถานที่กลับสู่สถานะเดิมถ้าไม่มีคำสั่งอื่นมีผลอยู่{more.th}",
            "It cannot be opened again. The place stands as before, unless another order is in "
            f"force.{more.en}",
        ),
        danger=True,
    )


def _back(row: Mapping[str, Any]) -> tuple[str, Text]:
    number = row["number"]
    return f"{HOME}/{row['id']}", Text(f"คำสั่งที่ {number}", f"Order {number}")


@get(HOME, guards=[_DESK])
async def show_orders(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """List the orders, what is overdue first."""
    closed = request.query_params.get("view") == "closed"
    return await page(
        request,
        ctx,
        "food_cert/orders.html",
        orders=await order_list.list_orders(ctx, closed=closed),
        closed=closed,
        most=order_list.MOST,
        kinds=KINDS,
        may_sign=ctx.actor.may(ORDER),
    )


@get(f"{HOME}/new", guards=[_DESK])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask about a new order; begun from a place, or after another order, the place is known."""
    need(ctx, ORDER)
    known = await _known(request, ctx)
    sheet = _new_sheet(ctx, new_id(), known=known.place is not None)
    return await show_sheet(request, ctx, sheet, values=known.values, about=known.words)


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a new order by the address of its page."""

    place: UUID | None = None
    follows: UUID | None = None
    words: str = ""
    values: Mapping[str, Any] = {}


async def _known(request: AnyRequest, ctx: Context) -> _Known:
    after, place = (_id(request.query_params.get(name, "")) for name in ("after", "place"))
    before = await order_reading.read_order(ctx, after) if after else None
    if before is not None:
        place = before["place_id"]
        values = {name: before[name] for name in ("to_name", "facts") if before[name]}
        if place is None:
            values |= {"about": "elsewhere", "place_words": before["place"][:400]}
        return _Known(place=place, follows=after, words=before["place"], values=values)
    if place is None:
        return _Known()
    row = await get_place(ctx, place)
    return _Known(place=place, words=f"{row['name']} {row['address']}")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@post(f"{HOME}/new", guards=[_DESK])
async def issue(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Issue an order; sent twice it is one."""
    known = await _known(request, ctx)
    key = _id(first(await read_posted(request), "key")) or new_id()
    sheet = _new_sheet(ctx, key, known=known.place is not None)
    reading = await read_sheet(request, ctx, sheet)
    refusal = None
    if not reading.problems:
        try:
            id = await orders.issue_order(ctx, await _wanted(ctx, reading.values, known), key=key)
            return Redirect(f"{HOME}/{id}", status_code=303)
        except AppError as problem:
            refusal = problem
    return await show_sheet(
        request, ctx, sheet, reading=reading, refusal=refusal, about=known.words
    )


async def _wanted(ctx: Context, values: Mapping[str, Any], known: _Known) -> Wanted:
    names = ("place_words", "to_name", "wanted")
    place = known.place
    if place is None and values["about"] == "register":
        place = (await place_of_paper(ctx, values["number"]))["id"]
    return Wanted(
        ground=forms.ground_of(values),
        days=values.get("days", 0),
        facts=values["facts"],
        place=place,
        follows=known.follows,
        **{name: values[name] for name in names if values.get(name)},
    )


@get(f"{HOME}/{{order:uuid}}", guards=[_DESK])
async def show_order(request: AnyRequest, ctx: Ctx, order: FromPath[UUID]) -> Response[str]:
    """Show an order with what is to be done next."""
    row = await order_reading.read_order(ctx, order)
    follows = row["follows"]
    return await page(
        request,
        ctx,
        "food_cert/order.html",
        order=row,
        ground=msgspec.convert(row["ground"], Ground),
        standing=order_list.standing(row, ctx.today),
        after=await order_reading.followed_by(ctx, order),
        before=await order_reading.read_order(ctx, follows) if follows else None,
        kinds=KINDS,
        ways=WAYS,
        may_sign=ctx.actor.may(ORDER),
        may_serve=any(map(ctx.actor.may, (CARRY, INSPECT, ORDER))),
    )


@get(f"{HOME}/{{order:uuid}}/served", guards=[_DESK])
async def show_served(request: AnyRequest, ctx: Ctx, order: FromPath[UUID]) -> Response[str]:
    """Ask how an order was served."""
    sheet = _served_sheet(await order_reading.read_order(ctx, order))
    return await show_sheet(request, ctx, sheet, values={"on": ctx.today.isoformat()})


@post(f"{HOME}/{{order:uuid}}/served", guards=[_DESK])
async def serve(request: AnyRequest, ctx: Ctx, order: FromPath[UUID]) -> Response[str] | Redirect:
    """Note how an order was served."""
    sheet = _served_sheet(await order_reading.read_order(ctx, order))
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    values = reading.values
    try:
        on = date.fromisoformat(values["on"])
        await order_ends.serve(ctx, order, how=values["how"], on=on, note=values["note"])
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{order}", status_code=303)


@get(f"{HOME}/{{order:uuid}}/close", guards=[_DESK])
async def show_close(request: AnyRequest, ctx: Ctx, order: FromPath[UUID]) -> Response[str]:
    """Ask how an order ended."""
    need(ctx, ORDER)
    sheet = _closed_sheet(await order_reading.read_order(ctx, order))
    return await show_sheet(request, ctx, sheet)


@post(f"{HOME}/{{order:uuid}}/close", guards=[_DESK])
async def close(request: AnyRequest, ctx: Ctx, order: FromPath[UUID]) -> Response[str] | Redirect:
    """Close an order."""
    sheet = _closed_sheet(await order_reading.read_order(ctx, order))
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    try:
        await order_ends.close(ctx, order, state=reading.values["state"], why=reading.values["why"])
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{order}", status_code=303)


@get(f"{HOME}/{{order:uuid}}/letter.pdf", guards=[_DESK])
async def open_letter(ctx: Ctx, order: FromPath[UUID]) -> Response[bytes]:
    """Give the letter of an order."""
    pdf, name = await order_reading.letter_of(ctx, order)
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return Response(pdf, media_type="application/pdf", headers=headers)


router = Router(
    "/",
    route_handlers=[
        show_orders,
        show_new,
        issue,
        show_order,
        show_served,
        serve,
        show_close,
        close,
        open_letter,
    ],
)
