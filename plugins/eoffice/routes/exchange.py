"""Where other installations bring signed messages, and where they learn our key."""

from typing import Any

from litestar import MediaType, Response, Router, get, post
from litestar.datastructures import UploadFile

from core.api import AppError, Ctx, InvalidInput, Text, attempts, public
from kit.documents import MEGABYTE
from kit.forms import AnyRequest, read_files
from plugins.eoffice.rules.envelopes import LARGEST_MESSAGE, Forged, unpack
from plugins.eoffice.service import correspondents
from plugins.eoffice.service.seals import public_key
from plugins.eoffice.service.signed import NotTaken, sender_of, take_signed

LARGEST = 100 * MEGABYTE  # of a letter with everything that is enclosed
_UNKNOWN = Text(
    "หน่วยงานผู้ส่งไม่อยู่ในสมุดที่อยู่ของปลายทาง แจ้งกุญแจสาธารณะให้ปลายทางบันทึกก่อน",
    "The sender is not in the address book of this office. Give it your public key first.",
)
_NO_MESSAGE = Text("ไม่มีข้อความที่ลงลายมือชื่อ", "There is no signed message.")


@post("/exchange/eoffice", guards=[public], exclude_from_csrf=True, request_max_body_size=LARGEST)
async def take(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Take a signed message with its files, and answer with the signed receipt."""
    try:
        return Response(await _take(request, ctx), status_code=200, media_type=MediaType.JSON)
    except AppError as refusal:
        sentence = refusal.sentence
        if isinstance(refusal, InvalidInput):
            sentence = next(iter(refusal.problems.values()))
        return Response(
            {"th": sentence.th, "en": sentence.en},
            status_code=refusal.status_code,
            media_type=MediaType.JSON,
        )


async def _take(request: AnyRequest, ctx: Ctx) -> bytes:
    files = {name: some[0] for name, some in (await read_files(request)).items()}
    message = await _bytes(files.pop("message", None), 2 * LARGEST_MESSAGE)
    try:
        signed = unpack(message)
        address = sender_of(signed)
    except Forged as odd:
        raise InvalidInput({"message": _NO_MESSAGE}) from odd
    sender = await correspondents.find(ctx, channel="direct", node=address)
    if sender is None:
        await attempts.take(ctx, "codes from", ctx.address, attempts.ADDRESS)
        raise NotTaken(_UNKNOWN)
    sent = {name: await _bytes(file, LARGEST) for name, file in files.items()}
    return await take_signed(ctx, "direct", signed, sent, sender=sender, own=ctx.origin)


async def _bytes(file: UploadFile | None, most: int) -> bytes:
    return b"" if file is None else await file.read(most)


@get("/exchange/eoffice/key", guards=[public])
async def show_key(ctx: Ctx) -> Response[Any]:
    """Tell the public key of the office, which others enter in their address books."""
    told = {"office": ctx.tenant.name.th, "address": ctx.origin, "key": await public_key(ctx)}
    return Response(told, media_type=MediaType.JSON)


router = Router("/", route_handlers=[take, show_key])
