"""What was granted is carried out in the register of its plugin: once, or it waits for an officer.

What an officer granted is done at once. What does not fit the register waits: an officer carries it
out, with the right number where it was wrong, or lets it be, with a reason.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    AppError,
    Conflict,
    Context,
    NotFound,
    Text,
    add,
    audit,
    need,
    read_reason,
    transaction,
)
from kit.casework.service.requested import Request, as_decided, read_request, read_requests
from kit.casework.states import Status
from kit.casework.tables import Granted

MOST = 100

_NONE = Text("ไม่พบคำขอนี้", "There is no such request.")
_ENDED = Text(
    "มีผู้จัดการคำขอนี้ไปแล้ว เปิดหน้านี้ใหม่เพื่อดูรายการล่าสุด",
    "Somebody has dealt with this request already. Open the page again.",
)


class Carrier(msgspec.Struct, frozen=True):
    """How a plugin carries out what was granted; it makes one, once.

    :ivar plugin: its name, under which its requests are kept.
    :ivar services: codes of its services that change the register, with their titles.
    :ivar carry: changes the register, in the transaction that keeps the request as carried out,
        and returns the id of what was changed. It is given the request, the number as an officer
        corrected it ("" as it was asked), and whether an officer has checked what the register
        alone cannot know. What it refuses (``AppError``) waits with that sentence.
    :ivar permission: of who deals with what waits.
    :ivar path: of the page on which it waits, e.g. ``/desk/permits/requests``.
    :ivar asks: the question of their forms in which a request gives the number of what it is
        about; a request without that answer has no number that could be corrected.
    """

    plugin: str
    services: Mapping[str, Text]
    carry: Callable[[Context, Request, str, bool], Awaitable[UUID | None]]
    permission: str
    path: str
    asks: str = ""


async def follow_granted(
    ctx: Context, carrier: Carrier, case: UUID, service: str, status: str
) -> None:
    """Carry out a request that was just granted, as ``on_case_moved`` tells it.

    It is done in the name of who approved; a second time nothing happens.
    """
    if service not in carrier.services or status != Status.ISSUED:
        return
    request = await read_request(ctx, case)
    try:
        async with transaction(ctx):
            if await _note(ctx, carrier, request):
                await _carry(as_decided(ctx, request), carrier, request, "", sure=False)
    except AppError as refusal:
        # The citizen has the paper: somebody has to look, nothing may be lost.
        async with transaction(ctx):
            await _note(ctx, carrier, request, refusal.in_short)


async def _note(
    ctx: Context, carrier: Carrier, request: Request, problem: Text | None = None
) -> bool:
    """Keep a request as carried out, or as waiting; return whether it was not kept before."""
    row = {
        "tenant_id": ctx.tenant.id,
        "case_id": request.id,
        "plugin": carrier.plugin,
        "service": request.service,
        "number": request.number,
        "target": None,
        "state": "waits" if problem else "done",
        "problem_th": problem.th[:500] if problem else "",
        "problem_en": problem.en[:500] if problem else "",
        "at": ctx.now,
        "ended_at": None,
        "ended_by_name": "",
        "ended_why": "",
    }
    return await add(Granted, row, unless=("tenant_id", "case_id"))


async def _carry(
    ctx: Context, carrier: Carrier, request: Request, number: str, *, sure: bool
) -> None:
    target = await carrier.carry(ctx, request, number, sure)
    await Granted.update({Granted.target: target}).where(
        Granted.of(ctx), Granted.case_id == request.id
    )


async def waiting_grants(ctx: Context, carrier: Carrier) -> Sequence[dict[str, Any]]:
    """Return what was granted and waits for an officer, the oldest first, at most ``MOST``.

    :returns: rows of ``Granted`` with ``asked``, the request, and ``about``, the number that it
        gives of what it is about; None where it gives none.
    """
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Granted.select()
            .where(Granted.of(ctx), Granted.plugin == carrier.plugin, Granted.state == "waits")
            .order_by(Granted.at)
            .limit(MOST)
        )
    asked = await read_requests(ctx, [row["case_id"] for row in rows])
    return [
        row | {"asked": one, "about": one.answers.get(carrier.asks)}
        for row in rows
        if (one := asked.get(row["case_id"]))
    ]


async def count_grants(ctx: Context, carrier: Carrier) -> int:
    """Return how many granted requests wait for an officer."""
    async with transaction(ctx):
        count: int = await Granted.count().where(
            Granted.of(ctx), Granted.plugin == carrier.plugin, Granted.state == "waits"
        )
    return count


async def grant_problem(ctx: Context, carrier: Carrier, case: UUID) -> Text | None:
    """Return why a granted request waits; None where it does not."""
    row = await _row(ctx, carrier, case)
    waits = row is not None and row["state"] == "waits"
    return Text(row["problem_th"], row["problem_en"]) if row and waits else None


async def grant_target(ctx: Context, carrier: Carrier, case: UUID) -> UUID | None:
    """Return the id of what a granted request changed in the register; None while it waits."""
    row = await _row(ctx, carrier, case)
    return row["target"] if row else None


async def _row(ctx: Context, carrier: Carrier, case: UUID) -> dict[str, Any] | None:
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Granted.select()
            .where(Granted.of(ctx), Granted.plugin == carrier.plugin, Granted.case_id == case)
            .first()
        )
    return row


async def finish_grant(ctx: Context, carrier: Carrier, case: UUID, *, number: str) -> None:
    """Carry out a request that waits, by an officer who has checked it.

    :param number: of what it is about, as the officer corrected it; empty as it was asked.
    :raises AppError: the register still does not fit; the request goes on waiting.
    :raises Conflict: somebody dealt with it already.
    """
    need(ctx, carrier.permission)
    request = await read_request(ctx, case)
    async with transaction(ctx):
        await _end(ctx, carrier, case, "done", "")
        await _carry(ctx, carrier, request, number, sure=True)
        await audit.record(
            ctx,
            "casework.grant.done",
            f"case/{case}",
            plugin=carrier.plugin,
            number=request.number,
        )


async def drop_grant(ctx: Context, carrier: Carrier, case: UUID, *, why: str) -> None:
    """Leave the register as it is; who asked is told by the office.

    :raises InvalidInput: no reason is given.
    :raises Conflict: somebody dealt with it already.
    """
    need(ctx, carrier.permission)
    said = read_reason(why)
    async with transaction(ctx):
        await _end(ctx, carrier, case, "dropped", said)
        await audit.record(
            ctx, "casework.grant.dropped", f"case/{case}", plugin=carrier.plugin, why=said
        )


async def _end(ctx: Context, carrier: Carrier, case: UUID, state: str, why: str) -> None:
    changed = (
        await Granted.update(
            {
                Granted.state: state,
                Granted.ended_at: ctx.now,
                Granted.ended_by_name: ctx.actor.name,
                Granted.ended_why: why,
            }
        )
        .where(
            Granted.of(ctx),
            Granted.plugin == carrier.plugin,
            Granted.case_id == case,
            Granted.state == "waits",
        )
        .returning(Granted.case_id)
    )
    if not changed:
        raise Conflict(_ENDED) if await _row(ctx, carrier, case) else NotFound(_NONE)
