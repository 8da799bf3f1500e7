"""Requests about a permit that were granted: carried out once, or waiting for an officer.

What does not fit the register waits. An officer carries it out with the right number, or lets it
be, with a reason.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

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
from kit.casework import Request, Status, as_decided, read_request, read_requests
from plugins.permits.rules.after import AFTER
from plugins.permits.service.carrying import carry_out
from plugins.permits.service.rights import CARRY
from plugins.permits.services import declared
from plugins.permits.tables.after import Granted

MOST = 100
PAGE = "/desk/permits/requests"
TITLES = {one.code: one.title for one in declared() if one.code in AFTER}

_ENDED = Text(
    "มีผู้จัดการคำขอนี้ไปแล้ว เปิดหน้านี้ใหม่เพื่อดูรายการล่าสุด",
    "Somebody has dealt with this request already. Open the page again.",
)


async def follow(ctx: Context, case: UUID, service: str, status: str) -> None:
    """Carry out a request that was just granted; a second time nothing happens."""
    if service not in AFTER or status != Status.ISSUED:
        return
    request = await read_request(ctx, case)
    try:
        async with transaction(ctx):
            if await _note(ctx, request):
                await carry_out(as_decided(ctx, request), request, sure=False)
    except AppError as refusal:
        # The citizen has the paper: somebody has to look, nothing may be lost.
        async with transaction(ctx):
            await _note(ctx, request, refusal.in_short)


async def _note(ctx: Context, request: Request, problem: Text | None = None) -> bool:
    """Keep a request as carried out, or as waiting; return whether it was not kept before."""
    row = {
        "tenant_id": ctx.tenant.id,
        "case_id": request.id,
        "service": request.service,
        "number": request.number,
        "permit_id": None,
        "state": "waits" if problem else "done",
        "problem_th": problem.th[:500] if problem else "",
        "problem_en": problem.en[:500] if problem else "",
        "at": ctx.now,
        "ended_at": None,
        "ended_by_name": "",
        "ended_why": "",
    }
    return await add(Granted, row, unless=("tenant_id", "case_id"))


async def waiting(ctx: Context) -> Sequence[dict[str, Any]]:
    """Return what was granted and waits for an officer, the oldest first.

    :returns: rows of ``Granted`` with ``asked``, the request, and ``permit``, its number.
    """
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Granted.select()
            .where(Granted.of(ctx), Granted.state == "waits")
            .order_by(Granted.at)
            .limit(MOST)
        )
    asked = await read_requests(ctx, [row["case_id"] for row in rows])
    return [
        row | {"asked": one, "permit": one.answers.get("permit", "")}
        for row in rows
        if (one := asked.get(row["case_id"]))
    ]


async def problem_of(ctx: Context, case: UUID) -> Text | None:
    """Return why a request waits; None where it does not."""
    async with transaction(ctx):
        row = (
            await Granted.select(Granted.problem_th, Granted.problem_en)
            .where(Granted.of(ctx), Granted.case_id == case, Granted.state == "waits")
            .first()
        )
    return Text(row["problem_th"], row["problem_en"]) if row else None


async def count_waiting(ctx: Context) -> int:
    """Return how many granted requests wait for an officer."""
    async with transaction(ctx):
        count: int = await Granted.count().where(Granted.of(ctx), Granted.state == "waits")
    return count


async def finish(ctx: Context, case: UUID, *, number: str) -> None:
    """Do what a request that waits asks for, by an officer who has checked it.

    :param number: of the permit, as the officer corrected it; empty as it was asked.
    :raises InvalidInput: the register has no such permit; the request goes on waiting.
    :raises Conflict: the permit stands otherwise, or somebody dealt with the request already.
    """
    need(ctx, CARRY)
    request = await read_request(ctx, case)
    async with transaction(ctx):
        await _end(ctx, case, "done", "")
        await carry_out(ctx, request, number, sure=True)
        await audit.record(ctx, "permits.request.done", f"case/{case}", number=request.number)


async def drop(ctx: Context, case: UUID, *, why: str) -> None:
    """Leave the register as it is; who asked is told by the office.

    :raises Conflict: somebody dealt with it already.
    """
    need(ctx, CARRY)
    said = read_reason(why)
    async with transaction(ctx):
        await _end(ctx, case, "dropped", said)
        await audit.record(ctx, "permits.request.dropped", f"case/{case}", why=said)


async def _end(ctx: Context, case: UUID, state: str, why: str) -> None:
    changed = (
        await Granted.update(
            {
                Granted.state: state,
                Granted.ended_at: ctx.now,
                Granted.ended_by_name: ctx.actor.name,
                Granted.ended_why: why,
            }
        )
        .where(Granted.of(ctx), Granted.case_id == case, Granted.state == "waits")
        .returning(Granted.case_id)
    )
    if not changed:
        if not await Granted.exists().where(Granted.of(ctx), Granted.case_id == case):
            raise NotFound(Text("ไม่พบคำขอนี้", "There is no such request."))
        raise Conflict(_ENDED)
