"""The people of a place and their cards: for its officers, and for the one who runs it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, InvalidInput, Text, new_id, page, signed_in
from kit.forms import (
    AnyField,
    AnyRequest,
    Place,
    Reading,
    fill,
    first,
    read,
    read_posted,
    revision_of,
)
from plugins.food_cert.forms import training as forms
from plugins.food_cert.rules.training import CARDS, ROLES, TONES
from plugins.food_cert.service import handlers
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.rights import CARRY

_DESK, _MINE = "/desk/food/places/{place:uuid}/handlers", "/my/food/{place:uuid}/handlers"


class _Form(msgspec.Struct, frozen=True, kw_only=True):
    """A page with one form about somebody of a place."""

    title: Text
    fields: tuple[AnyField, ...]
    button: Text
    intro: Text | None = None
    hidden: Mapping[str, str] = {}


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


async def _new_form(ctx: Context, key: str) -> _Form:
    return _Form(
        title=Text("เพิ่มผู้ประกอบกิจการหรือผู้สัมผัสอาหาร", "Add an operator or food handler"),
        fields=forms.new_handler(await limits_on(ctx, ctx.today)),
        button=Text("เพิ่มรายชื่อ", "Add"),
        intro=Text("กรอกตามบัตรผ่านการอบรม", "As it stands on the training card."),
        hidden={"key": key},
    )


@get(_paths("/new"), guards=[signed_in])
async def show_new(request: AnyRequest, ctx: Ctx, place: FromPath[UUID]) -> Response[str]:
    """Ask who works at a place."""
    await handlers.place_for(ctx, place, own=_own(request), change=True)
    return await _show(request, ctx, place, await _new_form(ctx, str(new_id())))


@post(_paths("/new"), guards=[signed_in])
async def add(request: AnyRequest, ctx: Ctx, place: FromPath[UUID]) -> Response[str] | Redirect:
    """Add somebody to a place; sent twice it is one person."""
    await handlers.place_for(ctx, place, own=_own(request), change=True)
    key = _id(first(await read_posted(request), "key"))
    form = await _new_form(ctx, str(key))

    async def do(values: Mapping[str, Any]) -> None:
        card = forms.card_of(values)
        name, role = values["name"], values["role"]
        await handlers.add_handler(ctx, place, key=key, name=name, role=role, card=card)

    return await _take(request, ctx, place, form, do)


@get(_paths("/{handler:uuid}"), guards=[signed_in])
async def show_renew(
    request: AnyRequest, ctx: Ctx, place: FromPath[UUID], handler: FromPath[UUID]
) -> Response[str]:
    """Ask about a new card."""
    await handlers.place_for(ctx, place, own=_own(request), change=True)
    row = await handlers.get_handler(ctx, place, handler)
    form = await _renew_form(ctx, row)
    known = {"organiser": row["organiser"]}
    return await _show(request, ctx, place, form, row=row, values=known)


async def _renew_form(ctx: Context, row: Mapping[str, Any]) -> _Form:
    return _Form(
        title=Text("บันทึกบัตรใหม่", "Enter a new card"),
        fields=forms.card(await limits_on(ctx, ctx.today)),
        button=Text("บันทึกบัตรใหม่", "Save the new card"),
        hidden={"revision": str(row["revision"])},
    )


@post(_paths("/{handler:uuid}"), guards=[signed_in])
async def renew(
    request: AnyRequest, ctx: Ctx, place: FromPath[UUID], handler: FromPath[UUID]
) -> Response[str] | Redirect:
    """Keep a new card."""
    await handlers.place_for(ctx, place, own=_own(request), change=True)
    row = await handlers.get_handler(ctx, place, handler)
    form, revision = await _renew_form(ctx, row), revision_of(await read_posted(request))

    async def do(values: Mapping[str, Any]) -> None:
        card = forms.card_of(values)
        await handlers.renew_card(ctx, place, handler, card=card, revision=revision)

    return await _take(request, ctx, place, form, do, row)


def _left_form(row: Mapping[str, Any]) -> _Form:
    return _Form(
        title=Text("บันทึกว่าออกแล้ว", "Note that the person left"),
        fields=forms.left(row["trained_on"]),
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
    return await _show(request, ctx, place, _left_form(row), row=row, values=known)


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

    return await _take(request, ctx, place, _left_form(row), do, row)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return new_id()


async def _take(
    request: AnyRequest,
    ctx: Context,
    place: UUID,
    form: _Form,
    do: Any,
    row: Mapping[str, Any] | None = None,
) -> Response[str] | Redirect:
    """Do what was sent, and go back to the list; or show the form with what is wrong."""
    reading = read(form.fields, await read_posted(request), Place.of(ctx))
    if reading.problems:
        return await _show(request, ctx, place, form, row=row, reading=reading)
    try:
        await do(reading.values)
    except AppError as refusal:
        return await _show(request, ctx, place, form, row=row, reading=reading, refusal=refusal)
    return Redirect(_home(request, place), status_code=303)


async def _show(
    request: AnyRequest,
    ctx: Context,
    place: UUID,
    form: _Form,
    *,
    row: Mapping[str, Any] | None = None,
    values: Mapping[str, Any] | None = None,
    reading: Reading | None = None,
    refusal: AppError | None = None,
) -> Response[str]:
    told = refusal.problems if isinstance(refusal, InvalidInput) else {}
    problems = {**(reading.problems if reading else {}), **told}
    plain = None if refusal is None or isinstance(refusal, InvalidInput) else refusal.sentence
    return await page(
        request,
        ctx,
        "food_cert/handler.html",
        status_code=refusal.status_code if refusal else 422 if problems else 200,
        form=form,
        row=row,
        home=_home(request, place),
        own=_own(request),
        typed=reading.typed if reading else fill(form.fields, values or {}),
        wrong=problems,
        problems={name: text.to(ctx.language) for name, text in problems.items()},
        refusal=plain.to(ctx.language) if plain else None,
        place=Place.of(ctx),
    )


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
