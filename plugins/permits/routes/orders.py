"""Orders of the local official: the list, a new one, how it was served, how it ended."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, Text, need, officer, page
from kit.forms import AnyRequest, Groups, Sheet, first, read_posted, read_sheet, show_sheet
from kit.geo import Point, map_near
from plugins.permits.forms import order as forms
from plugins.permits.rules.orders import KINDS, WAYS, Ground, grounds_on
from plugins.permits.service import order_list, order_reading, orders
from plugins.permits.service.orders import Wanted
from plugins.permits.service.rights import ORDER

HOME = "/desk/permits/orders"
# Whether orders are the actor's work the service asks: several rights lead here.
_DESK = officer
_ALL = Text("คำสั่งเกี่ยวกับอาคาร", "Orders about buildings")


def _new_sheet(groups: Groups, after: str) -> Sheet:
    return Sheet(
        title=Text("ออกคำสั่ง", "Issue an order"),
        back=(f"{HOME}/{after}" if after else HOME, _ALL),
        groups=groups,
        button=Text("ลงนามและออกคำสั่ง", "Sign and issue"),
        intro=Text(
            "คำสั่งเป็นหนังสือลงนามและมีเลขที่ทันที แก้ภายหลังไม่ได้ ยกเลิกได้โดยให้เหตุผล",
            "It becomes a signed and numbered letter at once. It cannot be changed, only withdrawn "
            "with a reason.",
        ),
        hidden={"follows": after},
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
            "รับโดยลงลายมือชื่อหรือไปรษณีย์ ถือว่าทราบในวันที่รับ ถ้าปิดประกาศ ถือว่าทราบเมื่อพ้น {days} วัน "
            "({law}) ระบบคำนวณวันครบกำหนดให้",
            "Signed for or received by post it is known on that day; posted at the building after "
            "{days} days ({law}). The last day is reckoned from it.",
        ).format(days=ground.posted_days, law=ground.posted_law),
    )


def _closed_sheet(row: Mapping[str, Any]) -> Sheet:
    return Sheet(
        title=Text("ปิดคำสั่ง", "Close the order"),
        back=_back(row),
        groups=((Text("ผลของคำสั่ง", "How it ended"), forms.CLOSED),),
        button=Text("ปิดคำสั่ง", "Close the order"),
        intro=Text(
            "ปิดแล้วเปิดใหม่ไม่ได้ ถ้ายกเลิกคำสั่ง หน้าตรวจสอบเอกสารจะบอกว่าถูกยกเลิกและเหตุผล",
            "It cannot be opened again. Of an order that is withdrawn the page by which papers are "
            "checked says so, and why.",
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
        "permits/orders.html",
        orders=await order_list.list_orders(ctx, closed=closed),
        closed=closed,
        most=order_list.MOST,
        kinds=KINDS,
        may_sign=ctx.actor.may(ORDER),
    )


@get(f"{HOME}/new", guards=[_DESK])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask about a new order; after one to stop the building is known."""
    need(ctx, ORDER)
    before = await _before(ctx, request.query_params.get("after", ""))
    known = _known(before) if before else _of_permit(request)
    groups = forms.new_order(grounds_on(ctx.today))
    sheet = _new_sheet(groups, str(before["id"]) if before else "")
    return await show_sheet(request, ctx, sheet, values=known)


async def _before(ctx: Context, text: str) -> dict[str, Any] | None:
    try:
        id = UUID(text)
    except ValueError:
        return None
    return await order_reading.read_order(ctx, id)


def _of_permit(request: AnyRequest) -> dict[str, Any]:
    """Return what is known of an order that is begun from a permit, by its number."""
    number = request.query_params.get("permit", "")[:20]
    return {"about": "permit", "permit": number} if number else {}


def _known(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of a new order from the one to stop that it follows."""
    names = ("permit", "place", "pin", "to_name", "facts")
    known = {name: row[name] for name in names if row[name]}
    return known | {"about": "permit" if row["permit"] else "place"}


@post(f"{HOME}/new", guards=[_DESK])
async def issue(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Issue an order."""
    groups = forms.new_order(grounds_on(ctx.today))
    before = await _before(ctx, first(await read_posted(request), "follows"))
    after = before["id"] if before else None
    sheet = _new_sheet(groups, str(after or ""))
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    try:
        id = await orders.issue_order(ctx, _wanted(reading.values, after))
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{id}", status_code=303)


def _wanted(values: Mapping[str, Any], follows: UUID | None) -> Wanted:
    names = ("permit", "place", "pin", "to_name", "wanted")
    given = {name: values[name] for name in names if values.get(name)}
    return Wanted(
        ground=forms.ground_of(values),
        days=values.get("days", 0),
        facts=values["facts"],
        follows=follows,
        **given,
    )


@get(f"{HOME}/{{order:uuid}}", guards=[_DESK])
async def show_order(request: AnyRequest, ctx: Ctx, order: FromPath[UUID]) -> Response[str]:
    """Show an order with what is to be done next."""
    row = await order_reading.read_order(ctx, order)
    pins = [Point(**row["pin"])] if row["pin"] else []
    return await page(
        request,
        ctx,
        "permits/order.html",
        order=row,
        ground=msgspec.convert(row["ground"], Ground),
        standing=order_list.standing(row, ctx.today),
        after=await order_list.followed_by(ctx, order),
        before=await order_reading.read_order(ctx, row["follows"]) if row["follows"] else None,
        drawing=map_near(ctx.tenant, pins, []) if pins else None,
        kinds=KINDS,
        ways=WAYS,
        may_sign=ctx.actor.may(ORDER),
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
    values = reading.values
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    try:
        on = date.fromisoformat(values["on"])
        await orders.serve(ctx, order, how=values["how"], on=on, note=values["note"])
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
    values = reading.values
    try:
        await orders.close(ctx, order, state=values["state"], why=values["why"])
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
