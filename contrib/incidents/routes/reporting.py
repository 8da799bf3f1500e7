"""The page behind the QR of an asset, and the report that anybody sends: without an account."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.incidents.forms.report import asked_of, point_of, problems_of
from contrib.incidents.routes.words import WORDS
from contrib.incidents.rules.assets import KINDS
from contrib.incidents.service import assets, sending
from contrib.incidents.service.finding import open_of_asset
from contrib.incidents.service.holding import held_photos, hold_photos
from contrib.incidents.service.sending import MOST_PHOTOS, Alike, Near, Sent, Wish
from core.api import AppError, Context, Ctx, InvalidInput, NotFound, Text, attempts, page, public
from kit.documents import FileRefused, KeptPhoto, keep_photo
from kit.forms import (
    AnyRequest,
    Place,
    Posted,
    Reading,
    first,
    form_page,
    read,
    read_files,
    read_posted,
)
from kit.geo import Point

NEW = "/incidents/new"
_UPLOADS = 90_000_000  # bytes: photos as a camera makes them, where no script makes them small
_FEWER = Text("แนบได้ไม่เกิน {most} รูป ลบบางรูปแล้วส่งใหม่", "At most {most} photos. Leave some out.")
Asset = Mapping[str, Any]


@get(NEW, guards=[public])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask what happened, and where."""
    return await _ask(request, ctx, None, Reading({}, {}, {}))


@get("/incidents/a/{code:str}", guards=[public])
async def show_asset(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[str]:
    """Lead who scanned the label of an asset straight to a report about it."""
    asset = await assets.asset_of_code(ctx, code)
    return await _ask(request, ctx, asset, Reading({}, {}, {}))


async def _ask(
    request: AnyRequest,
    ctx: Context,
    asset: Asset | None,
    reading: Reading,
    held: str = "",
    refusal: AppError | None = None,
) -> Response[str]:
    return await form_page(
        request,
        ctx,
        "incidents/new.html",
        refusal=refusal,
        thing=asset,
        open_ones=await open_of_asset(ctx, asset["id"]) if asset else [],
        kinds=KINDS,
        fields=asked_of(asset["kind"] if asset else None),
        typed=reading.typed,
        wrong=reading.problems,
        most=MOST_PHOTOS,
        key=first({"key": [str(uuid4())]} | reading.typed, "key"),
        held=held,
        held_count=len(held_photos(ctx, held)),
        **WORDS,
    )


@post(NEW, guards=[public], request_max_body_size=_UPLOADS)
async def send(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Take a report; ask first whether it is one of those near."""
    posted = await read_posted(request)
    code, held = first(posted, "asset"), first(posted, "held")
    asset, gone = await _find_asset(ctx, code)
    reading = _read(ctx, posted, asset)
    try:
        await _count(ctx)
        photos, problem = await _photos(request, ctx, held)
        held = hold_photos(ctx, photos)
        if gone:
            raise gone
        if problems := reading.problems | ({"photo": problem} if problem else {}):
            raise InvalidInput(problems)
        sent = await _send(ctx, posted, _wish(reading, asset, photos))
    except Alike as alike:
        return await _ask_same(request, ctx, reading, held, code, alike.near)
    except AppError as refusal:
        return await _ask(request, ctx, asset, reading, held, refusal)
    return Redirect(f"/incidents/t/{sent.track}?sent=yes", status_code=303)


async def _find_asset(ctx: Context, code: str) -> tuple[Asset | None, NotFound | None]:
    """Return the asset of a form, or why there is none; no asset is asked for without a code."""
    try:
        return (await assets.asset_of_code(ctx, code) if code else None), None
    except NotFound as refusal:
        return None, refusal


async def _count(ctx: Context) -> None:
    """Count that somebody sends from an address, before its photos are looked into.

    :raises TooMany: there is a pause.
    """
    here = f"{ctx.address} {ctx.now:%j %H}"
    await attempts.take(ctx, "incidents.send", here, attempts.FILINGS)


async def _send(ctx: Context, posted: Posted, wish: Wish) -> Sent:
    if this := first(posted, "this"):
        return await sending.join(ctx, wish, this)
    return await sending.send(ctx, wish, other=first(posted, "other") == "yes")


def _read(ctx: Context, posted: Posted, asset: Asset | None) -> Reading:
    fields = asked_of(asset["kind"] if asset else None)
    reading = read(fields, posted, Place.of(ctx))
    told = reading.problems.keys() & {"pin", "address"}
    beyond = {} if told else problems_of(reading.values, placed=asset is not None)
    typed = reading.typed | {"key": [first(posted, "key")[:80] or str(uuid4())]}
    return msgspec.structs.replace(reading, problems=reading.problems | beyond, typed=typed)


def _wish(reading: Reading, asset: Asset | None, photos: Sequence[KeptPhoto]) -> Wish:
    values = reading.values
    return Wish(
        category=values["category"],
        description=values["description"],
        key=reading.typed["key"][0],
        asset=asset["id"] if asset else None,
        point=Point(asset["lat"], asset["lon"]) if asset else point_of(values),
        address=values.get("address", ""),
        place=asset["place"] if asset else "",
        photos=photos,
        phone=values.get("phone", ""),
    )


async def _photos(
    request: AnyRequest, ctx: Context, held: str
) -> tuple[list[KeptPhoto], Text | None]:
    """Return the photos that are held since before and those that came, and what is wrong."""
    kept = held_photos(ctx, held)
    for one in (await read_files(request)).get("photo", []):
        if len(kept) == MOST_PHOTOS:
            return kept, _FEWER.format(most=MOST_PHOTOS)
        try:
            kept.append(await keep_photo(ctx, one.filename, await one.read()))
        except FileRefused as refusal:
            return kept, refusal.sentence
    return kept, None


async def _ask_same(
    request: AnyRequest,
    ctx: Context,
    reading: Reading,
    held: str,
    code: str,
    near: Sequence[Near],
) -> Response[str]:
    hidden = [(name, text) for name, texts in reading.typed.items() for text in texts]
    return await page(
        request,
        ctx,
        "incidents/near.html",
        near=near,
        hidden=[*hidden, ("held", held), ("asset", code)],
        **WORDS,
    )


router = Router("/", route_handlers=[show_new, show_asset, send])
