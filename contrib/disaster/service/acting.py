"""What is done with a request for help: a team sent, the score set aside with a reason, told of."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from contrib.disaster.rules.requests import OPEN, OUTCOMES, STATES
from contrib.disaster.service.requests import get_request
from contrib.disaster.service.rights import COMMAND, RESCUE
from contrib.disaster.service.teams import get_team
from contrib.disaster.tables.requests import HelpRequest, HelpStep
from core.api import (
    Conflict,
    Context,
    Message,
    Recipient,
    Text,
    add,
    audit,
    need,
    new_id,
    notifications,
    transaction,
)
from kit.documents import quoted_number
from kit.thai import buddhist_year

_MEANWHILE = Text(
    "มีผู้ทำกับคำขอนี้พร้อมกัน เปิดดูอีกครั้งก่อนทำต่อ",
    "Somebody acted on this request at the same moment. Look at it again first.",
)
_ENDED = Text("คำขอนี้ปิดแล้ว", "This request is closed already.")
_SENT = Text("มอบให้{team}", "Given to {team}")
_WEIGHED = Text("กำหนดคะแนนเป็น {points}", "The score was set to {points}")
_TOLD_LATE = Text("{said} (บันทึกมาถึงหลังปิดเรื่อง)", "{said} (arrived after it was closed)")
MESSAGE = Message(
    "disaster.request_moved",
    Text("คำขอความช่วยเหลือ {number}", "Your request for help {number}"),
    Text("ขณะนี้: {state}", "Now: {state}"),
)


async def assign(ctx: Context, id: UUID, team: UUID, *, revision: int) -> None:
    """Give a request to a team; from another team too.

    :raises Conflict: it is closed, or somebody acted at the same moment.
    """
    need(ctx, RESCUE)
    values = {
        HelpRequest.state: "assigned",
        HelpRequest.team_id: team,
        HelpRequest.assigned_at: ctx.now,
    }
    async with transaction(ctx):
        name = (await get_team(ctx, team))["name"]
        row = await _change(ctx, id, values, revision)
        await _note(ctx, id, "assigned", _SENT.format(team=name))
        await _tell(ctx, row, "assigned")
        await audit.record(ctx, "disaster.request.assigned", f"request/{id}", team=str(team))


async def set_points(ctx: Context, id: UUID, points: Decimal, why: str, *, revision: int) -> None:
    """Put a request in order by other points than its score; who did and why stays with it.

    :raises Conflict: it is closed, or somebody acted at the same moment.
    """
    need(ctx, COMMAND)
    values = {
        HelpRequest.points: points,
        HelpRequest.points_why: why,
        HelpRequest.points_by_name: ctx.actor.name,
    }
    async with transaction(ctx):
        await _change(ctx, id, values, revision)
        await _note(ctx, id, "weighed", _WEIGHED.format(points=points), note=why)
        await audit.record(ctx, "disaster.request.weighed", f"request/{id}", points=str(points))


async def tell_outcome(
    ctx: Context, id: UUID, outcome: str, *, note: str, made_at: datetime
) -> None:
    """Take what a team tells of a request, perhaps hours later.

    What comes after the request was closed is kept with it and changes nothing.

    :param outcome: a key of ``OUTCOMES``.
    """
    need(ctx, RESCUE)
    words, state = OUTCOMES[outcome]
    async with transaction(ctx):
        await _hold(ctx, id)
        row = await get_request(ctx, id)
        if row["state"] in OPEN:
            values: dict[Any, Any] = {HelpRequest.state: state}
            if state not in OPEN:
                values[HelpRequest.ended_at] = max(made_at, row["asked_at"])
            elif outcome == "back":
                values |= {HelpRequest.team_id: None, HelpRequest.assigned_at: None}
            await _change(ctx, id, values, row["revision"])
            await _tell(ctx, row, state)
        else:
            words = _TOLD_LATE.format(said=words)
        await _note(ctx, id, outcome, words, note=note, made_at=made_at)
        await audit.record(ctx, "disaster.request.told", f"request/{id}", outcome=outcome)


async def _hold(ctx: Context, id: UUID) -> None:
    """Hold a request until the end of the transaction; who else tells of it waits."""
    await (
        HelpRequest.select(HelpRequest.id)
        .where(HelpRequest.of(ctx), HelpRequest.id == id)
        .lock_rows("UPDATE")
    )


async def _change(
    ctx: Context, id: UUID, values: Mapping[Any, Any], revision: int
) -> Mapping[str, Any]:
    """Change an open request that still stands as it was read, and return it as it was."""
    row = await get_request(ctx, id)
    if row["state"] not in OPEN:
        raise Conflict(_ENDED)
    done = (
        await HelpRequest.update({**values, HelpRequest.revision: revision + 1})
        .where(
            HelpRequest.of(ctx),
            HelpRequest.id == id,
            HelpRequest.revision == revision,
            HelpRequest.state.is_in(list(OPEN)),
        )
        .returning(HelpRequest.id)
    )
    if not done:
        raise Conflict(_MEANWHILE)
    return row


async def _note(
    ctx: Context,
    id: UUID,
    what: str,
    words: Text,
    *,
    note: str = "",
    made_at: datetime | None = None,
) -> None:
    step = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "request_id": id,
        "what": what,
        "words_th": words.th,
        "words_en": words.en,
        "note": note,
        "made_at": made_at or ctx.now,
        "sent_at": ctx.now,
        "actor_name": ctx.actor.name,
    }
    await add(HelpStep, step)


async def _tell(ctx: Context, row: Mapping[str, Any], state: str) -> None:
    """Tell who asked where the request stands now, where there is a way to reach telephones."""
    await notifications.send(
        ctx,
        to=Recipient(phone=row["phone"]),
        template=MESSAGE.name,
        key=f"disaster/request/{row['id']}/{row['revision']}",
        href=f"/disaster/help/{row['code']}",
        number=quoted(ctx, row),
        state=STATES[state],  # type: ignore[index] # a State, by the rules
    )


def quoted(ctx: Context, row: Mapping[str, Any]) -> str:
    """Return the number of a request as it is quoted: ``12/2569``."""
    asked = row["asked_at"].astimezone(ctx.tenant.zone)
    return quoted_number(row["number"], buddhist_year(asked.date()))
