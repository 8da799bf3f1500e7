"""Collectors' rounds: choose a route, take its list along, take cash at the doors, see the day."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath

from core.api import AppError, Context, Ctx, InvalidInput, Text, allow, page, show_form, typed
from kit.forms import AnyRequest
from kit.offline import Answer, note_answer, read_sending, reply
from kit.treasury import till_of
from plugins.waste_fees.forms.cash import NAMES, read_cash
from plugins.waste_fees.service import cash, finding, papers, rounds
from plugins.waste_fees.service.finding import Sought
from plugins.waste_fees.service.rights import BILL, READ, REGISTER, TARIFF

COLLECTOR = [allow(READ), allow(rounds.COLLECT)]
HOME = "/desk/waste/rounds"
_RECEIPTS = Text("ใบเสร็จ {numbers}", "receipt {numbers}")
_WAITS = Text("รอเปิดช่องรับเงินจึงออกใบเสร็จ", "the receipt follows once a till is open")


@get(HOME, guards=COLLECTOR)
async def show_rounds(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Offer the routes; show the one that is asked for, or the houses that were looked for."""
    asked = request.query_params
    if "route" in asked:
        return await _show_round(request, ctx, asked["route"][:60], asked.get("part", ""))
    words = asked.get("q", "")[:100]
    found = await finding.find_points(ctx, Sought(words=words, state="")) if words.strip() else None
    today = await cash.takings_today(ctx)
    return await page(
        request,
        ctx,
        "waste_fees/rounds.html",
        routes=[(name, _address(name), points) for name, points in await rounds.routes_of(ctx)],
        words=words,
        found=found,
        today=today,
        taken=sum(one.row["amount"] for one in today),
        till=await _has_till(ctx),
        may={name: ctx.actor.may(name) for name in (REGISTER, TARIFF, BILL)},
    )


def _address(route: str, part: int = 1) -> str:
    return f"{HOME}?route={quote(route)}" + (f"&part={part}" if part > 1 else "")


async def _has_till(ctx: Context) -> bool:
    """Return whether a till takes what is collected now."""
    mine = await till_of(ctx)
    return mine is not None and mine["day"] == ctx.today


def _part(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1


async def _show_round(request: AnyRequest, ctx: Context, route: str, part: str) -> Response[str]:
    found = await rounds.read_round(ctx, route, _part(part))
    return await page(
        request,
        ctx,
        "waste_fees/round.html",
        round=found,
        previous=_address(route, found.part - 1) if found.part > 1 else None,
        next=_address(route, found.part + 1) if found.part < found.parts else None,
        paper=_address(route, found.part).replace(HOME, f"{HOME}/list.pdf"),
        till=await _has_till(ctx),
        typed=dict.fromkeys(NAMES, ""),
        problems={},
    )


@get(f"{HOME}/list.pdf", guards=COLLECTOR)
async def print_round(request: AnyRequest, ctx: Ctx) -> Response[bytes]:
    """Give the list of a round on paper, for who walks it without a phone."""
    asked = request.query_params
    found = await rounds.read_round(ctx, asked.get("route", "")[:60], _part(asked.get("part", "")))
    headers = {"Content-Disposition": 'inline; filename="round.pdf"', "Cache-Control": "no-store"}
    pdf = await papers.round_pdf(ctx, found)
    return Response(pdf, media_type="application/pdf", headers=headers)


@get(f"{HOME}/points/{{point:uuid}}", guards=COLLECTOR)
async def show_house(request: AnyRequest, ctx: Ctx, point: FromPath[UUID]) -> Response[str]:
    """Show what one house owes, and ask what was handed over."""
    return await _show_house(request, ctx, await rounds.read_house(ctx, point))


async def _show_house(
    request: AnyRequest,
    ctx: Context,
    house: rounds.House,
    given: Mapping[str, str] | None = None,
    wrong: AppError | None = None,
) -> Response[str]:
    return await show_form(
        request,
        ctx,
        "waste_fees/round_house.html",
        typed=given or dict.fromkeys(NAMES, ""),
        wrong=wrong,
        house=house,
        route=_address(house.route),
        till=await _has_till(ctx),
    )


@post(HOME, guards=COLLECTOR)
async def take(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Take cash at a house; what is wrong comes back as it was typed."""
    sending = await read_sending(request, ctx)
    given = await typed(request, *NAMES)
    try:
        id = await cash.take_at_house(ctx, read_cash(given), key=sending.key)
    except InvalidInput as wrong:
        if "json" in request.headers.get("accept", "") or "point" in wrong.problems:
            raise
        house = await rounds.find_house(ctx, given["point"])
        return await _show_house(request, ctx, house, given, wrong)
    return reply(request, ctx, await note_answer(ctx, sending, await _answer(ctx, id)))


async def _answer(ctx: Context, id: UUID) -> Answer:
    taking = await cash.read_taking(ctx, id)
    numbers = ", ".join(one["no"] for one in taking.row["receipts"])
    words = _RECEIPTS.format(numbers=numbers) if numbers else _WAITS
    return Answer(f"{HOME}/taken/{id}", words)


@get(f"{HOME}/taken/{{taking:uuid}}", guards=COLLECTOR)
async def show_taking(request: AnyRequest, ctx: Ctx, taking: FromPath[UUID]) -> Response[str]:
    """Show what became of cash that was taken: change, receipts, or why it waits."""
    found = await cash.read_taking(ctx, taking)
    return await page(
        request, ctx, "waste_fees/round_taken.html", taking=found, route=_address(found.route)
    )


@get(f"{HOME}/today", guards=COLLECTOR)
async def show_today(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show all that was collected today, its sum, and the way to the till."""
    today = await cash.takings_today(ctx)
    return await page(
        request,
        ctx,
        "waste_fees/round_today.html",
        today=today,
        taken=sum(one.row["amount"] for one in today),
        waiting=sum(one.row["amount"] for one in today if one.row["till"] is None),
        till=await _has_till(ctx),
    )


router = Router(
    "/", route_handlers=[show_rounds, print_round, show_house, take, show_taking, show_today]
)
