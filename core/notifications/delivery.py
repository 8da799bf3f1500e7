"""Delivers what the outbox holds; runs in the worker.

E-mail is sent at least once and, but for one gap, at most once. While a letter is handed
over its row is locked, so no second worker takes it; that it is sent is written in the same
transaction. The gap: the mail server has taken the letter, and before that is committed the
process is killed or the line breaks. Then it is sent again, under the same Message-ID.
"""

import logging
from typing import Any
from uuid import UUID

from piccolo.columns import Column

from core import db, jobs
from core.context import Context
from core.host import Answer
from core.notifications import post
from core.notifications.message import Notice
from core.notifications.service import EMAIL, SEND, channels
from core.notifications.tables import MessageRow
from core.personal import blacken

log = logging.getLogger(__name__)

ATTEMPTS = len(jobs.PAUSES) + 1
SEND_WAITING = "core.send_waiting_messages"

_TAKE = """
SELECT * FROM core.message
WHERE tenant_id = $1 AND id = $2 AND state = 'queued' FOR UPDATE SKIP LOCKED
"""


async def send_message(ctx: Context, *, message: str) -> None:
    """Deliver one message, unless it has been delivered or is just being delivered."""
    async with db.transaction(ctx) as connection:
        row = await connection.fetchrow(_TAKE, ctx.tenant.id, UUID(message))
        if row is None:
            return
        if row["channel"] == EMAIL:
            await _post(ctx, row)
            return
    # Plugins are never called within a transaction. Two jobs for one row are possible
    # only after a worker was lost; the channel then sees the same id twice.
    await _hand_over(ctx, row)


async def send_waiting(ctx: Context) -> None:
    """Queue messages for which there may be a way now."""
    async with db.transaction(ctx):
        queued = (
            await MessageRow.update({MessageRow.state: "queued"})
            .where(MessageRow.of(ctx), MessageRow.state == "waiting")
            .returning(MessageRow.id)
        )
        await jobs.defer_each(ctx, SEND, [{"message": str(row["id"])} for row in queued])


async def _post(ctx: Context, row: Any) -> None:
    if ctx.settings.smtp_url is None:
        await _note(ctx, row, state="waiting")
        return
    notice = _notice(ctx, row)
    letter = post.Letter(
        number=f"{row['id'].hex}.{ctx.tenant.id}",
        sender=ctx.tenant.name.to(notice.language),
        sender_address=ctx.settings.mail_from,
        to=row["address"],
        subject=notice.subject,
        body="\n\n".join(part for part in (notice.body, notice.link) if part) + "\n",
        language=notice.language,
        written_at=row["created_at"],
    )
    try:
        receipt = await post.post(ctx.settings.smtp_url, letter)
    except post.Refused as problem:
        await _note(ctx, row, state="failed", attempt=1, error=str(problem))
    except post.Later as problem:
        await _try_later(ctx, row, str(problem))
    else:
        await _note(ctx, row, state="sent", attempt=1, receipt=receipt, sent_at=ctx.now)


async def _hand_over(ctx: Context, row: Any) -> None:
    answer = await _ask(ctx, row)
    async with db.transaction(ctx):
        if answer is None:
            await _note(ctx, row, state="waiting")
        elif answer.problem is not None:
            problem = f"{answer.plugin}: {type(answer.problem).__name__}: {answer.problem}"
            await _try_later(ctx, row, blacken(problem)[:500])
        elif answer.value is None:
            await _note(ctx, row, state="dropped", attempt=1)
        else:
            receipt = answer.value[:200]
            await _note(ctx, row, state="sent", attempt=1, receipt=receipt, sent_at=ctx.now)


async def _ask(ctx: Context, row: Any) -> Answer | None:
    """Return what the channel's plugin answered; None when there is none switched on."""
    for plugin, channel in channels(ctx):
        if channel.name == row["channel"]:
            answers = await ctx.host.ask(
                ctx,
                "deliver_by_channel",
                only=plugin,
                channel=channel.name,
                notice=_notice(ctx, row),
            )
            return answers[0] if answers else None
    return None


def _notice(ctx: Context, row: Any) -> Notice:
    thai = row["language"] == "th"
    return Notice(
        id=row["id"],
        account=row["account"],
        address=row["address"],
        language="th" if thai else "en",
        subject=row["subject_th" if thai else "subject_en"],
        body=row["body_th" if thai else "body_en"],
        link=f"{ctx.origin}{row['href']}" if row["href"] else "",
    )


async def _try_later(ctx: Context, row: Any, error: str) -> None:
    attempts = row["attempts"] + 1
    failed = attempts >= ATTEMPTS
    log.warning("message %s, attempt %s: %s", row["id"], attempts, error)
    await _note(ctx, row, state="failed" if failed else "queued", attempt=1, error=error)
    if not failed:
        at = ctx.now + jobs.pause_after(attempts)
        await jobs.defer(ctx, SEND, at=at, message=str(row["id"]))


async def _note(
    ctx: Context, row: Any, *, state: str, attempt: int = 0, error: str | None = None, **more: Any
) -> None:
    values: dict[Column | str, Any] = {}
    values.update(more)
    values |= {"state": state, "attempts": row["attempts"] + attempt, "error": error}
    await MessageRow.update(values).where(
        MessageRow.of(ctx), MessageRow.id == row["id"], MessageRow.state == "queued"
    )


JOBS = (
    jobs.Job(name=SEND, run=send_message),
    jobs.Job(name=SEND_WAITING, run=send_waiting),
)
