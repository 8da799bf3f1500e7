"""What waits where, how old it is, and how much was done in time; and reminders of what is due."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import msgspec

from core.api import Context, Text, audit, need, notifications, posts, transaction
from kit.thai import said_day
from plugins.eoffice.service.rights import OVERSEE

JOB = "eoffice.remind"
SPAN = timedelta(days=90)  # over which the share in time is counted
DUE = notifications.Message(
    name="eoffice.task.due",
    subject=Text("หนังสือครบกำหนด {day}: {subject}", "A letter is due {day}: {subject}"),
    body=Text(
        "หนังสือเรื่อง {subject} รอ {post} ต้องดำเนินการภายใน {day}",
        "The letter about {subject} waits for {post} and is due {day}.",
    ),
)

# Of secret letters nothing is counted.
_WAITING = """
SELECT t.post, count(*) AS waiting, min(t.opened_at) AS oldest,
  count(*) FILTER (WHERE t.due_on < $2) AS late, count(*) FILTER (WHERE t.read_at IS NULL) AS unread
FROM eoffice.task t JOIN eoffice.letter l ON l.tenant_id = $1 AND l.id = t.letter_id
WHERE t.tenant_id = $1 AND t.state = 'waiting' AND l.secrecy = 'normal' GROUP BY t.post
"""
_DONE = """
SELECT t.post, count(*) AS done,
  count(*) FILTER (WHERE (t.done_at AT TIME ZONE $3)::date <= t.due_on) AS in_time
FROM eoffice.task t JOIN eoffice.letter l ON l.tenant_id = $1 AND l.id = t.letter_id
WHERE t.tenant_id = $1 AND t.state = 'done' AND t.due_on IS NOT NULL AND t.done_at >= $2
  AND l.secrecy = 'normal' GROUP BY t.post
"""
_NOBODYS = """
SELECT l.* FROM eoffice.letter l
WHERE l.tenant_id = $1 AND l.secrecy = 'normal' AND l.state IN ('registered', 'routed')
  AND NOT EXISTS (SELECT FROM eoffice.task t
    WHERE t.tenant_id = $1 AND t.letter_id = l.id AND t.state = 'waiting')
ORDER BY l.id LIMIT 100
"""
_SOON = """
SELECT t.id, t.post, t.post_title, t.due_on, l.id AS letter_id, l.subject
FROM eoffice.task t JOIN eoffice.letter l ON l.tenant_id = $1 AND l.id = t.letter_id
WHERE t.tenant_id = $1 AND t.state = 'waiting' AND t.due_on <= $2 AND l.secrecy = 'normal'
"""


class AtPost(msgspec.Struct, frozen=True, kw_only=True):
    """How letters stand at a post.

    :param oldest: since when the oldest waits; None where nothing does.
    :param in_time: percent of what had a day and was done lately; None where nothing was.
    """

    title: Text
    holders: tuple[str, ...]
    waiting: int = 0
    unread: int = 0
    late: int = 0
    oldest: Any = None
    in_time: int | None = None


async def at_posts(ctx: Context) -> Sequence[AtPost]:
    """Return how letters stand at every post, where most is late first."""
    need(ctx, OVERSEE)
    zone = ctx.tenant.zone.key
    async with transaction(ctx) as connection:
        waits = await connection.fetch(_WAITING, ctx.tenant.id, ctx.today)
        done = await connection.fetch(_DONE, ctx.tenant.id, ctx.now - SPAN, zone)
    waiting = {row["post"]: row for row in waits}
    shares = {row["post"]: round(100 * row["in_time"] / row["done"]) for row in done}
    found = [
        _at(one, waiting.get(one.post.key), shares.get(one.post.key))
        for one in await posts.held_posts(ctx)
    ]
    return sorted(found, key=lambda one: (-one.late, -one.waiting))


def _at(held: posts.Held, waits: Mapping[str, Any] | None, share: int | None) -> AtPost:
    names = tuple(name for _, name in held.holders)
    if waits is None:
        return AtPost(title=held.title, holders=names, in_time=share)
    counts = {name: waits[name] for name in ("waiting", "unread", "late", "oldest")}
    return AtPost(title=held.title, holders=names, in_time=share, **counts)


async def nobodys(ctx: Context) -> Sequence[Mapping[str, Any]]:
    """Return letters that are open and wait for no post, the oldest first."""
    need(ctx, OVERSEE)
    async with transaction(ctx) as connection:
        return list(await connection.fetch(_NOBODYS, ctx.tenant.id))


async def remind(ctx: Context) -> None:
    """Tell who sits in a post of what is due today, tomorrow or was before, once for each day."""
    async with transaction(ctx) as connection:
        due = await connection.fetch(_SOON, ctx.tenant.id, ctx.today + timedelta(days=1))
    holders = {one.post.key: one.holders for one in await posts.held_posts(ctx)}
    if not due:
        return
    async with transaction(ctx):
        for one in due:
            for account, _ in holders.get(one["post"], ()):
                await notifications.send(
                    ctx,
                    to=account,
                    template=DUE,
                    key=f"eoffice/{one['id']}/due/{ctx.today}",
                    href=f"/desk/eoffice/letters/{one['letter_id']}",
                    subject=one["subject"][:120],
                    post=one["post_title"],
                    day=said_day(one["due_on"]),
                )
        await audit.record(ctx, "eoffice.task.reminded", "register/tasks", count=len(due))
