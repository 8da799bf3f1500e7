"""Letters about renewals: counted first, then signed and made in slices that can be stopped.

The count keeps a line for each licence that ends within the span, those without a letter too, with
the reason. Making looks again, under the locks of the places: whose renewal was asked meanwhile, or
who was written to by another set, gets none. A slice is one transaction (ADR 0019).
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    add_all,
    audit,
    defer,
    need,
    new_id,
    transaction,
)
from kit.documents import signer
from plugins.food_cert.rules.places import LICENCE
from plugins.food_cert.rules.renewing import LONGEST_SPAN, RENEWABLE, SPAN, no_letter
from plugins.food_cert.service.lettering import LAST_LETTERS, go_on
from plugins.food_cert.service.rights import CARRY, ORDER
from plugins.food_cert.tables.letters import LetterRun, RenewalLetter

JOB = "food_cert.make_letters"
NEWEST = 50
# Slices in one request or one job; a job then leaves its place to others and comes again.
AT_ONCE, IN_A_JOB = 1, 40

STATES: Mapping[str, Text] = {
    "counted": Text("รอตรวจและลงนาม", "To be looked at and signed"),
    "running": Text("กำลังออกหนังสือ", "Making letters"),
    "stopped": Text("หยุดไว้", "Stopped"),
    "done": Text("ออกหนังสือครบแล้ว", "All letters are made"),
}
_SPAN = Text(f"กรอกจำนวนวัน 1 ถึง {LONGEST_SPAN}", f"Give a number of days from 1 to {LONGEST_SPAN}.")
_MOVED = Text(
    "ชุดนี้เปลี่ยนสถานะไปแล้ว หรือมีชุดอื่นกำลังออกหนังสืออยู่ เปิดหน้านี้ใหม่เพื่อดู",
    "This set is in another state by now, or another one is being made. Open its page again.",
)
_NO_RUN = Text("ไม่พบชุดหนังสือนี้", "There is no such set of letters.")
_ENDING = """
SELECT id, name, holder, instrument, state, until, renewing FROM food_cert.place
WHERE tenant_id = $1 AND until BETWEEN $2 AND $3 AND instrument = $4 AND state = ANY($5)
ORDER BY until, number
"""
_START = """
UPDATE food_cert.letter_run SET state = 'running', signer = coalesce($4::jsonb, signer),
  signed_by = coalesce($5, signed_by)
WHERE tenant_id = $1 AND id = $2 AND state = $3 AND NOT EXISTS (
  SELECT 1 FROM food_cert.letter_run o WHERE o.tenant_id = $1 AND o.state = 'running')
RETURNING id
"""


async def begin(ctx: Context, *, days: int = SPAN) -> UUID:
    """Count whom letters would go to, and who gets none; no letter is made yet.

    :param days: licences that end from today to so many days from now.
    :raises InvalidInput: the span cannot be.
    """
    need(ctx, CARRY)
    if not 1 <= days <= LONGEST_SPAN:
        raise InvalidInput({"days": _SPAN})
    id, until = new_id(), ctx.today + timedelta(days)
    row: dict[str, Any] = {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "until": until,
        "state": "counted",
        "begun_at": ctx.now,
        "begun_by_name": ctx.actor.name,
        **dict.fromkeys(("signer", "signed_by", "ended_at", "asked_at", "digest")),
    }
    async with transaction(ctx):
        lines = await _lines(ctx, id, until)
        count = sum(one["state"] == "drafted" for one in lines)
        await add(LetterRun, row | {"letters": count})
        await add_all(RenewalLetter, lines)
        await audit.record(ctx, "food_cert.letters.counted", f"letters/{id}", count=count)
    return id


async def _lines(ctx: Context, run: UUID, until: date) -> list[dict[str, Any]]:
    async with transaction(ctx) as connection:
        states = sorted(RENEWABLE)
        places = await connection.fetch(_ENDING, ctx.tenant.id, ctx.today, until, LICENCE, states)
        ids = [one["id"] for one in places]
        last = {
            one["place_id"]: one["made_on"]
            for one in await connection.fetch(LAST_LETTERS, ctx.tenant.id, ids)
        }
    return [
        _line(ctx, run, turn, one, no_letter(one, one["until"], last.get(one["id"]), ctx.today))
        for turn, one in enumerate(places, start=1)
    ]


def _line(ctx: Context, run: UUID, turn: int, place: Mapping[str, Any], why: str) -> dict[str, Any]:
    return {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "run_id": run,
        "turn": turn,
        "place_id": place["id"],
        "name": place["name"],
        "holder": place["holder"],
        "until": place["until"],
        "state": "skipped" if why else "drafted",
        "why": why,
        "number": "",
        **dict.fromkeys(("paper", "made_on", "sent_on")),
    }


async def confirm(ctx: Context, run: UUID) -> None:
    """Make the letters that were counted, signed by the actor.

    :raises Conflict: it is not counted, was confirmed already, or another set is being made.
    """
    await _start(ctx, run, "counted", "confirmed", msgspec.json.encode(signer(ctx)).decode())


async def resume(ctx: Context, run: UUID) -> None:
    """Go on where it was stopped; the letters are signed as those before.

    :raises Conflict: it is not stopped, or another set is being made.
    """
    await _start(ctx, run, "stopped", "resumed", None)


async def _start(ctx: Context, run: UUID, state: str, act: str, signs: str | None) -> None:
    need(ctx, ORDER)
    who = ctx.actor.id if signs else None
    async with transaction(ctx) as connection:
        if not await connection.fetch(_START, ctx.tenant.id, run, state, signs, who):
            raise Conflict(_MOVED)
        await audit.record(ctx, f"food_cert.letters.{act}", f"letters/{run}")
        await _later(ctx, run)
    await go_on(ctx, run, slices=AT_ONCE)


async def stop(ctx: Context, run: UUID) -> None:
    """Stop after the slice that is being made; letters that were made stay.

    :raises Conflict: it is not running.
    """
    need(ctx, ORDER)
    async with transaction(ctx):
        moved = (
            await LetterRun.update({LetterRun.state: "stopped"})
            .where(LetterRun.of(ctx), LetterRun.id == run, LetterRun.state == "running")
            .returning(LetterRun.id)
        )
        if not moved:
            raise Conflict(_MOVED)
        await audit.record(ctx, "food_cert.letters.stopped", f"letters/{run}")


async def _later(ctx: Context, run: UUID) -> None:
    await defer(ctx, JOB, lock=f"{JOB}/{ctx.tenant.id}", run=str(run))


async def work(ctx: Context, run: str) -> None:
    """Go on with a set; the job of the worker. A second one of the same set does no harm."""
    if not await go_on(ctx, UUID(run), slices=IN_A_JOB):
        async with transaction(ctx):
            await _later(ctx, UUID(run))


async def read_run(ctx: Context, run: UUID) -> dict[str, Any]:
    """Return a set with how many letters are in each state, ``counts``, and why not, ``odd``.

    :raises NotFound: there is none.
    """
    async with transaction(ctx) as connection:
        row: dict[str, Any] | None = (
            await LetterRun.select()
            .where(LetterRun.of(ctx), LetterRun.id == run)
            .first()
            .output(load_json=True)
        )
        if row is None:
            raise NotFound(_NO_RUN)
        counts = await connection.fetch(
            "SELECT state, why, count(*) AS count FROM food_cert.renewal_letter"
            " WHERE tenant_id = $1 AND run_id = $2 GROUP BY state, why",
            ctx.tenant.id,
            run,
        )
    states: Counter[str] = Counter()
    odd: Counter[str] = Counter()
    for one in counts:
        states[one["state"]] += one["count"]
        if one["why"]:
            odd[one["why"]] += one["count"]
    return row | {"counts": states, "odd": odd}


async def newest_runs(ctx: Context) -> list[dict[str, Any]]:
    """Return the newest sets of letters."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await LetterRun.select()
            .where(LetterRun.of(ctx))
            .order_by(LetterRun.id, ascending=False)
            .limit(NEWEST)
        )
    return rows
