"""What a shelter holds: taken in, counted, handed out with a photo, also without a signal."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.disaster.forms.shelters import COUNT, RECEIPT, giving
from contrib.disaster.service import shelters, stock
from contrib.disaster.service.rights import SHELTER
from core.api import AppError, Context, Ctx, InvalidInput, Text, allow
from kit.documents import KeptPhoto, keep_photo
from kit.forms import (
    AnyRequest,
    Place,
    Reading,
    Sheet,
    form_page,
    read,
    read_files,
    read_posted,
    read_sheet,
    show_sheet,
)
from kit.offline import Answer, once, read_sending, reply

HOME = "/desk/disaster/shelters"
_SHELTER = allow(SHELTER)
_UPLOADS = 30_000_000  # bytes: a photo as a camera makes it, where no script makes it small
_GIVEN = Text("แจกให้ {name}", "handed to {name}")


def _receipt(shelter: UUID) -> Sheet:
    return Sheet(
        title=Text("รับสิ่งของเข้าศูนย์", "Take things into the shelter"),
        back=(f"{HOME}/{shelter}", Text("ศูนย์นี้", "This shelter")),
        groups=RECEIPT,
        button=Text("รับเข้า", "Take them in"),
    )


@get(f"{HOME}/{{shelter:uuid}}/stock/new", guards=[_SHELTER])
async def show_receipt(request: AnyRequest, ctx: Ctx, shelter: FromPath[UUID]) -> Response[str]:
    """Ask what came."""
    row = await shelters.get_shelter(ctx, shelter)
    return await show_sheet(request, ctx, _receipt(shelter), about=row["name"])


@post(f"{HOME}/{{shelter:uuid}}/stock/new", guards=[_SHELTER])
async def receive(
    request: AnyRequest, ctx: Ctx, shelter: FromPath[UUID]
) -> Response[str] | Redirect:
    """Take things in."""
    sheet = _receipt(shelter)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    await stock.receive(ctx, shelter, **reading.values)
    return Redirect(f"{HOME}/{shelter}#stock", status_code=303)


def _count(shelter: UUID) -> Sheet:
    return Sheet(
        title=Text("ตรวจนับสิ่งของ", "Count a thing"),
        back=(f"{HOME}/{shelter}", Text("ศูนย์นี้", "This shelter")),
        groups=COUNT,
        button=Text("ปรับยอดตามที่นับได้", "Set it to what was counted"),
        intro=Text("ผลต่างถูกบันทึกพร้อมเหตุผล", "The difference is recorded with its reason."),
    )


@get(f"{HOME}/{{shelter:uuid}}/stock/{{thing:uuid}}", guards=[_SHELTER])
async def show_count(
    request: AnyRequest, ctx: Ctx, shelter: FromPath[UUID], thing: FromPath[UUID]
) -> Response[str]:
    """Ask how much was counted."""
    row = await stock.get_stock(ctx, shelter, thing)
    return await show_sheet(
        request, ctx, _count(shelter), values={"counted": row["balance"]}, about=row["name"]
    )


@post(f"{HOME}/{{shelter:uuid}}/stock/{{thing:uuid}}", guards=[_SHELTER])
async def set_right(
    request: AnyRequest, ctx: Ctx, shelter: FromPath[UUID], thing: FromPath[UUID]
) -> Response[str] | Redirect:
    """Set a balance to what was counted."""
    sheet = _count(shelter)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    await stock.set_right(ctx, shelter, thing, reading.values["counted"], reading.values["why"])
    return Redirect(f"{HOME}/{shelter}#stock", status_code=303)


@get(f"{HOME}/{{shelter:uuid}}/give", guards=[_SHELTER])
async def show_giving(request: AnyRequest, ctx: Ctx, shelter: FromPath[UUID]) -> Response[str]:
    """Ask what is handed to whom."""
    return await _show(request, ctx, shelter, Reading({}, {}, {}))


async def _show(
    request: AnyRequest,
    ctx: Context,
    shelter: UUID,
    reading: Reading,
    refusal: AppError | None = None,
) -> Response[str]:
    return await form_page(
        request,
        ctx,
        "disaster/give.html",
        refusal=refusal,
        shelter=await shelters.get_shelter(ctx, shelter),
        fields=giving(await stock.holdings(ctx, shelter)),
        typed=reading.typed,
    )


@post(f"{HOME}/{{shelter:uuid}}/give", guards=[_SHELTER], request_max_body_size=_UPLOADS)
async def give(request: AnyRequest, ctx: Ctx, shelter: FromPath[UUID]) -> Response[Any]:
    """Hand things out, once, however often a device sends it."""
    sending = await read_sending(request, ctx)
    fields = giving(await stock.holdings(ctx, shelter))
    reading = read(fields, await read_posted(request), Place.of(ctx))
    try:
        if reading.problems:
            raise InvalidInput(reading.problems)
        photo = await _photo(request, ctx)

        async def act() -> Answer:
            return await _hand_out(ctx, shelter, reading.values, photo)

        return reply(request, ctx, await once(ctx, sending, act))
    except AppError as refusal:
        if "json" in request.headers.get("accept", ""):
            raise
        return await _show(request, ctx, shelter, reading, refusal)


async def _hand_out(
    ctx: Context, shelter: UUID, values: Mapping[str, Any], photo: KeptPhoto | None
) -> Answer:
    wanted = {
        UUID(hex=name[5:]): quantity
        for name, quantity in values.items()
        if name.startswith("item_")
    }
    to, signed = values["to"], values.get("signed", False)
    await stock.hand_out(ctx, shelter, wanted, to=to, signed=signed, photo=photo)
    return Answer(f"{HOME}/{shelter}#given", _GIVEN.format(name=to[:1] + "…"))


async def _photo(request: AnyRequest, ctx: Context) -> KeptPhoto | None:
    sent = (await read_files(request)).get("photo", [])
    return await keep_photo(ctx, sent[0].filename, await sent[0].read()) if sent else None


@get(f"{HOME}/{{shelter:uuid}}/given/{{record:uuid}}/photo", guards=[_SHELTER])
async def show_photo(ctx: Ctx, shelter: FromPath[UUID], record: FromPath[UUID]) -> Response[bytes]:
    """Give the photo of a handing over."""
    data, media_type = await stock.photo_of(ctx, shelter, record)
    headers = {"Content-Disposition": "inline", "Cache-Control": "private, no-store"}
    return Response(data, media_type=media_type, headers=headers)


router = Router(
    "/",
    route_handlers=[
        show_receipt,
        receive,
        show_count,
        set_right,
        show_giving,
        give,
        show_photo,
    ],
)
