"""Asking for help: a light page for everybody, and the same questions for who takes a call."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath

from contrib.disaster.forms.requests import asked_fields, facts_of
from contrib.disaster.rules.requests import CHANNELS, NEEDS, STATES, TONES
from contrib.disaster.service import acting, events, requests
from contrib.disaster.service.rights import RESCUE
from core.api import AppError, Context, Ctx, InvalidInput, Text, allow, page, public
from kit.forms import AnyRequest, Place, Reading, form_page, read, read_posted
from kit.offline import Answer, once, read_sending, reply

PATH, DESK = "/disaster/help", "/desk/disaster/requests"
_RESCUE = allow(RESCUE)
_NO_EVENT = Text(
    "ขณะนี้ไม่มีเหตุการณ์ที่เปิดรับคำขอ โทรหาหน่วยงาน หรือโทร 191 หรือ 1669 ถ้าเป็นเหตุฉุกเฉิน",
    "No disaster takes requests now. Call the office, or 191 or 1669 in an emergency.",
)
_ASKED = Text("คำขอเลขที่ {number}", "request no. {number}")


@get(PATH, guards=[public])
async def show_form(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask who needs help what they need, and where they are."""
    return await _show(request, ctx, None)


@get(f"{DESK}/new", guards=[_RESCUE])
async def show_call(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask an officer what a caller needs."""
    return await _show(request, ctx, None)


async def _show(
    request: AnyRequest,
    ctx: Context,
    reading: Reading | None,
    refusal: AppError | None = None,
) -> Response[str]:
    open_ones = await events.read_events(ctx, only_open=True)
    return await form_page(
        request,
        ctx,
        "disaster/help.html",
        refusal=refusal,
        events=open_ones,
        fields=asked_fields(open_ones),
        typed=reading.typed if reading else {},
        wrong=reading.problems if reading else {},
        nothing=_NO_EVENT.to(ctx.language),
    )


@post(PATH, guards=[public])
async def ask(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Take a request of somebody without an account."""
    await requests.count_asking(ctx)
    return await _taken(request, ctx, PATH)


@post(f"{DESK}/new", guards=[_RESCUE])
async def take_call(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Take a request that came by telephone."""
    return await _taken(request, ctx, DESK)


async def _taken(request: AnyRequest, ctx: Context, home: str) -> Response[Any]:
    sending = await read_sending(request, ctx)
    open_ones = await events.read_events(ctx, only_open=True)
    reading = read(asked_fields(open_ones), await read_posted(request), Place.of(ctx))
    try:
        if reading.problems or not open_ones:
            raise InvalidInput(reading.problems or {"needs": _NO_EVENT})
        event = UUID(hex=reading.values.get("event", open_ones[0]["id"].hex))
        facts = facts_of(reading.values)

        async def act() -> Answer:
            row = await requests.ask(ctx, event, facts)
            return Answer(_page_of(row, home), _ASKED.format(number=acting.quoted(ctx, row)))

        answer = await once(ctx, sending, act)
    except AppError as refusal:
        if "json" in request.headers.get("accept", ""):
            raise
        return await _show(request, ctx, reading, refusal)
    return reply(request, ctx, answer)


def _page_of(row: Mapping[str, Any], home: str) -> str:
    return f"{home}/{row['code'] if home == PATH else row['id']}"


@get(f"{PATH}/{{code:str}}", guards=[public])
async def show_own(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[str]:
    """Show who asked where the request stands; whoever has the code may see it."""
    row = await requests.request_of_code(ctx, code)
    return await page(
        request,
        ctx,
        "disaster/help_own.html",
        asked=row,
        number=acting.quoted(ctx, row),
        steps=await requests.steps_of(ctx, row["id"]),
        needs=[NEEDS[one].to(ctx.language) for one in row["needs"]],
        state=STATES[row["state"]].to(ctx.language),
        tone=TONES[row["state"]],
        channel=CHANNELS[row["channel"]].to(ctx.language),
    )


router = Router("/", route_handlers=[show_form, ask, show_own, show_call, take_call])
