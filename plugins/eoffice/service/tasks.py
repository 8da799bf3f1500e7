"""Letters in the inboxes of posts: opened, counted, taken up by who sits there today."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add_later,
    into,
    new_id,
    notifications,
    posts,
    transaction,
)
from plugins.eoffice.service.access import NO_LETTER
from plugins.eoffice.tables.routing import Task

INBOX = 100
_TASKS = into(Task)

_NO_POST = Text(
    "เลือกตำแหน่งจากรายการ ตำแหน่งนี้ไม่มีผู้ดำรงหรือผู้แทนในวันนี้",
    "Choose a post from the list. Nobody holds this one or acts in it today.",
)
_DONE = Text(
    "มีผู้ดำเนินการกับเรื่องนี้ไปแล้ว เปิดหน้านี้ใหม่เพื่อดู",
    "Somebody has dealt with this already. Open the page again.",
)
CAME = notifications.Message(
    name="eoffice.letter.came",
    subject=Text("มีหนังสือถึงท่าน: {subject}", "A letter for you: {subject}"),
    body=Text(
        "หนังสือเรื่อง {subject} จาก {sender} เข้ากล่องของ {post}",
        "A letter about {subject} from {sender} is in the inbox of {post}",
    ),
)

# $1 tenant, $2 account, $3 posts. A secret letter is in the inbox of who is on its list.
_INBOX = """
SELECT t.id, t.post, t.asked, t.opened_at, t.due_on, t.read_at, t.given_from,
  l.id AS letter_id, l.way, l.kind, l.state, l.number, l.dated_on, l.subject, l.sender, l.speed,
  l.due_at, l.secrecy
FROM eoffice.task t JOIN eoffice.letter l ON l.tenant_id = $1 AND l.id = t.letter_id
WHERE t.tenant_id = $1 AND t.state = 'waiting' AND t.post = ANY ($3)
  AND (l.secrecy = 'normal' OR EXISTS (SELECT FROM eoffice.reader r
    WHERE r.tenant_id = $1 AND r.letter_id = l.id AND r.account = $2))
"""
_LIST = _INBOX + " ORDER BY t.opened_at, t.id LIMIT $4"
_COUNT = "SELECT count(*) FROM (" + _INBOX + ") waiting"  # noqa: S608 - our own words


async def post_of(ctx: Context, key: str, *, field: str = "to") -> posts.Held:
    """Return a post that somebody sits in today.

    :raises InvalidInput: for ``field``: it is none.
    """
    found = await posts_of(ctx, [key], field=field)
    return found[0]


async def posts_of(ctx: Context, keys: Sequence[str], *, field: str = "to") -> list[posts.Held]:
    """Return posts that somebody sits in today, each once.

    :raises InvalidInput: for ``field``: one of them is none.
    """
    held = {one.post.key: one for one in await posts.held_posts(ctx)}
    if any(key not in held for key in keys):
        raise InvalidInput({field: _NO_POST})
    return [held[key] for key in dict.fromkeys(keys)]


async def open_task(
    ctx: Context,
    letter: Mapping[str, Any],
    post: posts.Held,
    *,
    asked: str,
    given_by: UUID | None = None,
    given_from: str = "",
    due_on: date | None = None,
) -> UUID:
    """Put a letter into the inbox of a post, in the open transaction, and tell who sits there.

    Of a secret letter nothing is told: it is seen in the inbox by who is on its list.
    """
    id = new_id()
    row = {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "letter_id": letter["id"],
        "post": post.post.key,
        "post_title": post.title.th,
        "asked": asked,
        "state": "waiting",
        "given_by": given_by,
        "given_from": given_from,
        "opened_at": ctx.now,
        "due_on": due_on,
    }
    add_later(_TASKS, row)
    if letter["secrecy"] == "normal":
        for account, _ in post.holders:
            await notifications.send(
                ctx,
                to=account,
                template=CAME,
                key=f"eoffice/{id}",
                href=f"/desk/eoffice/letters/{letter['id']}",
                subject=letter["subject"][:120],
                sender=letter["sender"][:120],
                post=post.title,
            )
    return id


async def inbox(ctx: Context) -> list[Mapping[str, Any]]:
    """Return what waits for the posts in which the actor sits today, the oldest first."""
    seats = await posts.seats_of(ctx, ctx.actor.id) if ctx.actor.id else []
    keys = [seat.post.key for seat in seats]
    async with transaction(ctx) as connection:
        return list(await connection.fetch(_LIST, ctx.tenant.id, ctx.actor.id, keys, INBOX))


async def count_waiting(ctx: Context) -> int:
    """Return how many letters wait for the posts in which the actor sits today."""
    seats = await posts.seats_of(ctx, ctx.actor.id) if ctx.actor.id else []
    keys = [seat.post.key for seat in seats]
    async with transaction(ctx) as connection:
        count: int = await connection.fetchval(_COUNT, ctx.tenant.id, ctx.actor.id, keys)
    return count


async def tasks_of(ctx: Context, letter: UUID) -> list[dict[str, Any]]:
    """Return where a letter went, the first post first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Task.select().where(Task.of(ctx), Task.letter_id == letter).order_by(Task.id)
        )
    return rows


async def take_task(ctx: Context, letter: UUID, task: UUID) -> dict[str, Any]:
    """Return a task that waits, held until this transaction ends.

    :raises NotFound: the letter has no such task.
    :raises Conflict: it was done or taken back meanwhile.
    """
    row: dict[str, Any] | None = (
        await Task.select()
        .where(Task.of(ctx), Task.letter_id == letter, Task.id == task)
        .lock_rows("UPDATE")
        .first()
    )
    if row is None:
        raise NotFound(NO_LETTER)
    if row["state"] != "waiting":
        raise Conflict(_DONE)
    return row


async def close_task(ctx: Context, task: UUID, state: str, by: UUID) -> None:
    """Note that a task was done or taken back, by an endorsement, in the open transaction."""
    await Task.update({Task.state: state, Task.done_at: ctx.now, Task.done_by: by}).where(
        Task.of(ctx), Task.id == task
    )


async def note_read(ctx: Context, letter: UUID) -> None:
    """Note that a post has opened a letter that waits for it: circulated ones say when."""
    seats = await posts.seats_of(ctx, ctx.actor.id) if ctx.actor.id else []
    keys = [seat.post.key for seat in seats]
    if not keys:
        return
    async with transaction(ctx):
        await Task.update({Task.read_at: ctx.now}).where(
            Task.of(ctx),
            Task.letter_id == letter,
            Task.state == "waiting",
            Task.read_at.is_null(),
            Task.post.is_in(keys),
        )
