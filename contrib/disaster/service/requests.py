"""Requests for help: asked by whoever needs it, on the web or by telephone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from contrib.disaster.rules.events import OPEN
from contrib.disaster.rules.requests import PHONE, WEB
from contrib.disaster.service.events import get_event
from contrib.disaster.service.households import household_of_phone
from contrib.disaster.service.reading import get_row
from contrib.disaster.service.rights import RESCUE
from contrib.disaster.tables.requests import HelpRequest, HelpStep
from core.api import (
    Conflict,
    Context,
    NotFound,
    Text,
    add,
    attempts,
    audit,
    need,
    new_id,
    numbers,
    transaction,
)
from kit.documents import new_code, read_code

_SERIES = "disaster/request"
_NONE = Text("ไม่พบคำขอนี้ กลับไปที่รายการคำขอ", "There is no such request. Go back to the list.")
_NO_CODE = Text(
    "ไม่พบคำขอของรหัสนี้ ตรวจรหัส หรือโทรถามหน่วยงาน",
    "There is no request of this code. Check it, or call the office.",
)
_OVER = Text(
    "เหตุการณ์นี้ปิดรับคำขอแล้ว โทรหาหน่วยงาน หรือโทร 191 หรือ 1669 ถ้าเป็นเหตุฉุกเฉิน",
    "This disaster takes no more requests. Call the office, or 191 or 1669 in an emergency.",
)


async def count_asking(ctx: Context) -> None:
    """Count that somebody without an account is about to ask for help from this address.

    :raises TooMany: there is a pause.
    """
    key = f"{ctx.address} {ctx.now:%j %H}"
    await attempts.take(ctx, "help from", key, attempts.FILINGS)


async def ask(ctx: Context, event: UUID, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Take a request for help and return its row.

    Who calls stands as the household of the telephone, whose floor and people are counted with it.

    :param facts: name, phone, address, pin, needs, water, people, flags and note.
    :raises Conflict: the disaster is over.
    """
    by_phone = ctx.actor.may(RESCUE)
    async with transaction(ctx):
        if (await get_event(ctx, event))["state"] != OPEN:
            raise Conflict(_OVER)
        home = await household_of_phone(ctx, facts["phone"])
        row = _row(ctx, facts, home) | {
            "event_id": event,
            "channel": PHONE if by_phone else WEB,
            "taken_by_name": ctx.actor.name if by_phone else "",
            "number": await numbers.draw(ctx, _SERIES),
        }
        await add(HelpRequest, row)
        subject = f"request/{row['id']}"
        await audit.record(ctx, "disaster.request.asked", subject, number=row["number"])
    return row


def _row(ctx: Context, facts: Mapping[str, Any], home: Mapping[str, Any] | None) -> dict[str, Any]:
    known = home or {}
    flags: Mapping[str, int] = known.get("flags", {})
    both = {*flags, *facts["flags"]}
    return {
        **dict.fromkeys(("team_id", "points", "assigned_at", "ended_at")),
        **dict.fromkeys(("points_why", "points_by_name"), ""),
        **facts,
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "code": new_code(),
        "household_id": known.get("id"),
        "address": facts["address"] or known.get("address", ""),
        "village": known.get("village", ""),
        "subdistrict": known.get("subdistrict", ""),
        "pin": facts["pin"] or known.get("pin"),
        "floor_cm": known.get("floor_cm", 0),
        "flags": {flag: max(flags.get(flag, 0), facts["flags"].get(flag, 0)) for flag in both},
        "state": "new",
        "asked_at": ctx.now,
        "revision": 1,
    }


async def get_request(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a request.

    :raises NotFound: there is none.
    """
    query = HelpRequest.select().where(HelpRequest.of(ctx), HelpRequest.id == id)
    return await get_row(ctx, query, _NONE)


async def read_request(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a request for an officer; that it was opened is recorded."""
    need(ctx, RESCUE)
    async with transaction(ctx):
        row = await get_request(ctx, id)
        await audit.record(ctx, "disaster.request.read", f"request/{id}")
    return row


async def request_of_code(ctx: Context, typed: str) -> dict[str, Any]:
    """Return the request whose page has a code; wrong codes are counted.

    :raises NotFound: there is none.
    """
    code = read_code(typed) or "-"
    query = HelpRequest.select().where(HelpRequest.of(ctx), HelpRequest.code == code)
    try:
        return await get_row(ctx, query, _NO_CODE)
    except NotFound:
        await attempts.take(ctx, "codes from", ctx.address, attempts.ADDRESS)
        raise


async def steps_of(ctx: Context, id: UUID) -> list[dict[str, Any]]:
    """Return what became of a request, the first thing first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await HelpStep.select()
            .where(HelpStep.of(ctx), HelpStep.request_id == id)
            .order_by(HelpStep.made_at, HelpStep.id)
        )
    return rows
