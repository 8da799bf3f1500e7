"""Where banks confirm payments. They know no session and sign what they send."""

from typing import Any

from litestar import MediaType, Request, Response, Router, post
from litestar.params import FromPath

from core.api import AppError, Ctx, Text, TooLarge, public
from kit.treasury.banking.callback import LONGEST_BODY
from kit.treasury.banks import get_bank
from kit.treasury.service import access, callbacks

_TOO_LARGE = Text(
    "ข้อความยาวเกินที่ธนาคารใช้ จึงไม่รับและไม่ได้บันทึกรายการ",
    "The message is longer than any of a bank, so it was not taken and nothing was booked.",
)


@post("/{bank:str}", guards=[public], exclude_from_csrf=True, status_code=200)
async def take_callback(
    request: Request[Any, Any, Any], ctx: Ctx, bank: FromPath[str]
) -> Response[bytes]:
    """Note a payment that a bank confirms; the answer comes after the commit."""
    speaks = get_bank(ctx, bank)
    body = await _body(request)
    given = [request.headers.get(name, "") for name in (speaks.timestamp, speaks.signature)]
    await access.check(ctx, speaks, body, given)
    try:
        line = speaks.read(body)
        ours = await callbacks.take(ctx, speaks.code, line)
    except AppError as problem:
        answer = speaks.refused(problem)
        if answer is None:
            raise
        return Response(answer, status_code=problem.status_code, media_type=MediaType.JSON)
    return Response(speaks.kept(line, ours), media_type=MediaType.JSON)


async def _body(request: Request[Any, Any, Any]) -> bytes:
    """Return the body, of which no more is read than a confirmation has."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_BODY:
            raise TooLarge(_TOO_LARGE)
    return bytes(body)


router = Router("/api/treasury/callbacks", route_handlers=[take_callback])
