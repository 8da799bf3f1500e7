"""Cases about places that are in the register, and which place somebody has shown to run."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.api import Context, TooMany, add, attempts, transaction
from kit.casework import Request
from kit.thai import ascii_digits, local
from plugins.food_cert.service.places import places_of_paper
from plugins.food_cert.tables.register import PlaceRequest


async def shown_place(ctx: Context, paper: Any, phone: Any) -> dict[str, Any] | None:
    """Return the place of a paper to who has shown to run it; None to all others.

    That is who knows the telephone of the register, or has signed in to its account. Whether there
    is such a paper or not, guesses at its telephone are counted alike.

    :param phone: E.164, or empty.
    """
    rows = await places_of_paper(ctx, str(paper or ""))
    if ctx.actor.kind == "citizen" and ctx.actor.id is not None:
        for row in rows:
            if row["account"] == ctx.actor.id:
                return row
    if not phone:
        return None
    guessed = ascii_digits("".join(str(paper or "").split()))
    try:
        await attempts.take(ctx, "food place", guessed, attempts.GUESSES)
    except TooMany:
        return None
    shown = next((row for row in rows if row["phone"] == phone), None)
    if shown is not None:
        await attempts.give_back(ctx, "food place", guessed)
    return shown


async def note_request(ctx: Context, request: Request, place: UUID, *, filed_at: Any) -> bool:
    """Note that a case is about a place; return whether that is new."""
    row = {
        "tenant_id": ctx.tenant.id,
        "case_id": request.id,
        "place_id": place,
        "service": request.service,
        "filed_on": local(filed_at).date(),
        "state": "open",
    }
    async with transaction(ctx):
        return await add(PlaceRequest, row, unless=("tenant_id", "case_id"))


async def end_request(ctx: Context, case: UUID) -> Mapping[str, Any] | None:
    """Note that a case about a place has ended, and return it; None where it is about none."""
    async with transaction(ctx):
        rows = (
            await PlaceRequest.update({PlaceRequest.state: "ended"})
            .where(PlaceRequest.of(ctx), PlaceRequest.case_id == case)
            .returning(*PlaceRequest.all_columns())
        )
    return rows[0] if rows else None


async def open_requests(ctx: Context, place: UUID, service: str = "") -> list[dict[str, Any]]:
    """Return the cases about a place that are under way, the oldest first.

    :param service: only of this one.
    """
    only = [PlaceRequest.service == service] if service else []
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await PlaceRequest.select()
            .where(
                PlaceRequest.of(ctx),
                PlaceRequest.place_id == place,
                PlaceRequest.state == "open",
                *only,
            )
            .order_by(PlaceRequest.case_id)
        )
    return rows


async def place_of_request(ctx: Context, case: UUID) -> UUID | None:
    """Return the place that a case is about; None where it is about none."""
    async with transaction(ctx):
        row = (
            await PlaceRequest.select(PlaceRequest.place_id)
            .where(PlaceRequest.of(ctx), PlaceRequest.case_id == case)
            .first()
        )
    found: UUID | None = row["place_id"] if row else None
    return found
