"""The people of a place and their cards: for its officers, and for the one who runs it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, Text, new_id, page, signed_in
from kit.forms import (
    AnyRequest,
    Sheet,
    first,
    read_posted,
    read_sheet,
    revision_of,
    show_sheet,
    ungrouped,
)
from kit.thai import said_day
from plugins.food_cert.forms import training as forms
from plugins.food_cert.rules.training import CARDS, ROLES, TONES
from plugins.food_cert.service import handlers
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.rights import CARRY

_ALL = Text("รายชื่อทั้งหมด", "Everybody")
_CARD = Text("บัตรผ่านการอบรม", "Training card")
_UNTIL = Text("บัตรเดิมใช้ได้ถึง {day}", "The card counts until {day}.")
_DESK, _MINE = "/desk/food/places/{place:uuid}/handlers", "/my/food/{place:uuid}/handlers"


def _paths(rest: str = "") -> list[str]:
    return [f"{_DESK}{rest}", f"{_MINE}{rest}"]


def _own(request: AnyRequest) -> bool:
    return str(request.url.path).startswith("/my/")


def _home(request: AnyRequest, place: UUID) -> str:
    return (_MINE if _own(request) else _DESK).replace("{place:uuid}", str(place))


@get(_paths(), guards=[signed_in])
async def show_handlers(request: AnyRequest, ctx: Ctx, place: FromPath[UUID]) -> Response[str]:
    """List the people of a place, whose card is over first."""
    own = _own(request)
    found = await handlers.place_for(ctx, place, own=own)
    if not own:
        await handlers.note_read(ctx, found)
    return await page(
        request,
        ctx,
        "food_cert/handlers.html",
        found=found,
        people=await handlers.handlers_of(ctx, place),
        home=_home(request, place),
        own=own,
        may_change=own or ctx.actor.may(CARRY),
        limits=await limits_on(ctx, ctx.today),
        cards=CARDS,
        tones=TONES,
        roles=ROLES,
    )


async def _new_sheet(ctx: Context, home: str, key: str) -> Sheet:
    return Sheet(
        title=Text("เพิ่มผู้ประกอบกิจการหรือผู้สัมผัสอาหาร", "Add an operator or food handler"),
        back=(home, _ALL),
        groups=((_CARD, forms.new_handler(await limits_on(ctx, ctx.today))),),
        button=Text("เพิ่มรายชื่อ", "Add"),
        intro=Text("กรอกตามบัตรผ่านการอบรม", "As it stands on the training card."),
        hidden={"key": key},
    )


@get(_paths("/new"), guards=[signed_in])
async def show_new(request: AnyRequest, ctx: Ctx, place: FromPath[UUID]) -> Response[str]:
    """Ask who works at a place."""
    await handlers.place_for(ctx, place, own=_own(request), change=True)
    sheet = await _new_sheet(ctx, _home(request, place), str(new_id()))
    return await show_sheet(request, ctx, sheet)


@post(_paths("/new"), guards=[signed_in])
async def add(request: AnyRequest, ctx: Ctx, place: FromPath[UUID]) -> Response[str] | Redirect:
    """Add somebody to a place; sent twice it is one person."""
    await handlers.place_for(ctx, place, own=_own(request), change=True)
    key = _id(first(await read_posted(request), "key"))
    sheet = await _new_sheet(ctx, _home(request, place), str(key))

    async def do(values: Mapping[str, Any]) -> None:
        card = forms.card_of(values)
        name, role = values["name"], values["role"]
        await handlers.add_handler(ctx, place, key=key, name=name, role=role, card=card)

    return await _take(request, ctx, sheet, do)


@get(_paths("/{handler:uuid}"), guards=[signed_in])
async def show_renew(
    request: AnyRequest, ctx: Ctx, place: FromPath[UUID], handler: FromPath[UUID]
) -> Response[str]:
    """Ask about a new card."""
    await handlers.place_for(ctx, place, own=_own(request), change=True)
    row = await handlers.get_handler(ctx, place, handler)
    sheet = await _renew_sheet(ctx, _home(request, place), row)
    known = {"organiser": row["organiser"]}
    return await show_sheet(request, ctx, sheet, values=known, about=row["name"])


async def _renew_sheet(ctx: Context, home: str, row: Mapping[str, Any]) -> Sheet:
    return Sheet(
        title=Text("บันทึกบัตรใหม่", "Enter a new card"),
        back=(home, _ALL),
        groups=((_CARD, forms.card(await limits_on(ctx, ctx.today))),),
        button=Text("บันทึกบัตรใหม่", "Save the new card"),
        intro=_UNTIL.format(day=said_day(row["expires_on"])),
        hidden={"revision": str(row["revision"])},
    )


@post(_paths("/{handler:uuid}"), guards=[signed_in])
async def renew(
    request: AnyRequest, ctx: Ctx, place: FromPath[UUID], handler: FromPath[UUID]
) -> Response[str] | Redirect:
    """Keep a new card."""
    await handlers.place_for(ctx, place, own=_own(request), change=True)
    row = await handlers.get_handler(ctx, place, handler)
    sheet = await _renew_sheet(ctx, _home(request, place), row)
    revision = revision_of(await read_posted(request))

    async def do(values: Mapping[str, Any]) -> None:
        card = forms.card_of(values)
        await handlers.renew_card(ctx, place, handler, card=card, revision=revision)

    return await _take(request, ctx, sheet, do, row)


def _left_sheet(home: str, row: Mapping[str, Any]) -> Sheet:
    return Sheet(
        title=Text("บันทึกว่าออกแล้ว", "Note that the person left"),
        back=(home, _ALL),
        groups=ungrouped(*forms.left(row["trained_on"])),
        button=Text("บันทึกว่าออกแล้ว", "Save"),
        intro=Text(
            "รายชื่อยังอยู่ในประวัติ แต่ไม่เตือนเรื่องบัตรอีก",
            "The name stays in the history, and nobody is reminded of the card any more.",
        ),
        hidden={"revision": str(row["revision"])},
    )


@get(_paths("/{handler:uuid}/left"), guards=[signed_in])
async def show_left(
    request: AnyRequest, ctx: Ctx, place: FromPath[UUID], handler: FromPath[UUID]
) -> Response[str]:
    """Ask when somebody left."""
    await handlers.place_for(ctx, place, own=_own(request), change=True)
    row = await handlers.get_handler(ctx, place, handler)
    known = {"left_on": ctx.today.isoformat()}
    sheet = _left_sheet(_home(request, place), row)
    return await show_sheet(request, ctx, sheet, values=known, about=row["name"])


@post(_paths("/{handler:uuid}/left"), guards=[signed_in])
async def leave(
    request: AnyRequest, ctx: Ctx, place: FromPath[UUID], handler: FromPath[UUID]
) -> Response[str] | Redirect:
    """Note that somebody left."""
    await handlers.place_for(ctx, place, own=_own(request), change=True)
    row = await handlers.get_handler(ctx, place, handler)
    revision = revision_of(await read_posted(request))

    async def do(values: Mapping[str, Any]) -> None:
        on = date.fromisoformat(values["left_on"])
        await handlers.note_left(ctx, place, handler, on=on, revision=revision)

    return await _take(request, ctx, _left_sheet(_home(request, place), row), do, row)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return new_id()


async def _take(
    request: AnyRequest,
    ctx: Context,
    sheet: Sheet,
    do: Callable[[Mapping[str, Any]], Awaitable[None]],
    row: Mapping[str, Any] | None = None,
) -> Response[str] | Redirect:
    """Do what was sent, and go back to the list; or show the form with what is wrong."""
    reading, about = await read_sheet(request, ctx, sheet), row["name"] if row else ""
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading, about=about)
    try:
        await do(reading.values)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal, about=about)
    return Redirect(sheet.back[0], status_code=303)


router = Router(
    "/",
    route_handlers=[
        show_handlers,
        show_new,
        add,
        show_renew,
        renew,
        show_left,
        leave,
    ],
)
