"""Posts: a role in a unit, whoever holds it today, by right or in somebody's place.

Work goes to posts, not to people: when its holder changes or is replaced by an order, what waits
for the post is seen by who sits there now.

Law: Municipality Act B.E. 2496, s. 48 visati (who acts for whom, by order, from day to day).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core import db
from core.context import Acting, Context
from core.errors import NotAllowed
from core.identity.acting import MODES
from core.identity.names import full_name
from core.identity.people import Signature
from core.text import Text

_NOT_HELD = Text(
    "วันนี้ท่านไม่ได้ดำรงตำแหน่งนี้และไม่มีคำสั่งให้แทน: {post}",
    "Today you neither hold this post nor act in it: {post}",
)
_BY_ORDER = Text("{line} ตามคำสั่งที่ {order}", "{line}, order no. {order}")

# Orders that count on a day, beside the roles that are held without one; of all or of one account.
_SEATS = """
SELECT s.role, s.unit, s.mode, s.post, s.order_no, s.order_on, s.order_id,
  r.title_th, r.title_en, a.id, a.title, a.first_name, a.last_name
FROM (
  SELECT account, role, unit, NULL AS mode, NULL AS post, NULL AS order_no,
    NULL::date AS order_on, NULL::uuid AS order_id
  FROM core.role_holder WHERE tenant_id = $1
  UNION ALL
  SELECT actor, role, unit, mode, post, order_no, order_on, id
  FROM core.acting WHERE tenant_id = $1 AND ended_at IS NULL
    AND from_on <= $2 AND (to_on IS NULL OR to_on >= $2)
) s
JOIN core.role r ON r.tenant_id = $1 AND r.code = s.role
JOIN core.account a ON a.tenant_id = $1 AND a.id = s.account AND a.active
WHERE $3::uuid IS NULL OR s.account = $3
ORDER BY r.position, s.unit NULLS FIRST, s.order_id NULLS FIRST, a.first_name, a.id
"""


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """A role in a unit, or in the whole office.

    :param unit: None: the whole office.
    """

    role: str
    unit: str | None = None

    @property
    def key(self) -> str:
        """The post as one word: ``mayor``, ``director-works``."""
        return self.role if self.unit is None else f"{self.role}-{self.unit}"


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """A post as somebody sits in it today.

    :param acting: in whose place, by which order; None in the own right.
    """

    post: Post
    title: Text
    acting: Acting | None = None
    order: UUID | None = None
    order_on: date | None = None


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A post that somebody holds or acts in today, with their ids and names."""

    post: Post
    title: Text
    holders: tuple[tuple[UUID, str], ...]


def read_post(key: str) -> Post:
    """Return the post of a :attr:`Post.key`, whether or not there is such a one."""
    role, _, unit = key.partition("-")
    return Post(role=role, unit=unit or None)


def title_of(ctx: Context, role: Text, unit: str | None) -> Text:
    """Return a post in words: the role, and the unit where it is held in one."""
    if unit is None:
        return role
    known = ctx.tenant.units.get(unit)
    name = known.name if known else Text(unit, unit)
    return Text(f"{role.th} {name.th}", f"{role.en}, {name.en}")


def acting_line(how: str, post: str, order: str = "") -> Text:
    """Return the line under a signature that says in whose place, and by which order.

    :param how: a mode of acting; ``post`` and ``order`` as they stand on the order.
    """
    said = MODES[how]
    line = Text(f"{said.th} {post}", f"{said.en} {post}")
    return _BY_ORDER.format(line=line, order=order) if order else line


async def seats_of(ctx: Context, account: UUID) -> list[Seat]:
    """Return the posts in which an account sits today: own ones first, then the lowest first."""
    seats = [_seat(ctx, row) for row in await _rows(ctx, account)]
    return sorted(seats, key=lambda seat: seat.order is not None)


async def _rows(ctx: Context, account: UUID | None) -> list[Any]:
    async with db.transaction(ctx) as connection:
        return list(await connection.fetch(_SEATS, ctx.tenant.id, ctx.today, account))


def _seat(ctx: Context, row: Any) -> Seat:
    acting = None
    if row["order_id"]:
        acting = Acting(how=row["mode"], post=row["post"], order=row["order_no"])
    return Seat(
        post=Post(role=row["role"], unit=row["unit"]),
        title=title_of(ctx, Text(row["title_th"], row["title_en"]), row["unit"]),
        acting=acting,
        order=row["order_id"],
        order_on=row["order_on"],
    )


async def held_posts(ctx: Context) -> list[Held]:
    """Return all posts that somebody holds or acts in today, the lowest first."""
    found: dict[Post, list[Any]] = {}
    for row in await _rows(ctx, None):
        found.setdefault(Post(role=row["role"], unit=row["unit"]), []).append(row)
    return [
        Held(
            post=post,
            title=title_of(ctx, Text(some[0]["title_th"], some[0]["title_en"]), post.unit),
            holders=tuple(
                {
                    row["id"]: full_name(row["title"], row["first_name"], row["last_name"])
                    for row in some
                }.items()
            ),
        )
        for post, some in found.items()
    ]


async def accounts_in(ctx: Context, posts: Iterable[Post]) -> set[UUID]:
    """Return who sits today in one of the posts."""
    wanted = set(posts)
    held = await held_posts(ctx)
    return {account for one in held if one.post in wanted for account, _ in one.holders}


async def sign_in_post(ctx: Context, post: Post, title: Text) -> Signature:
    """Return how the actor signs in a post: by own right where held, else under the order.

    :param title: of the post, for the refusal.
    :raises NotAllowed: the actor does not sit in it today; an order that has ended is none.
    """
    seats = await seats_of(ctx, ctx.actor.id) if ctx.actor.id else []
    seat = next((one for one in seats if one.post == post), None)
    if seat is None:
        raise NotAllowed(_NOT_HELD.format(post=title))
    return Signature(
        name=ctx.actor.name,
        post=ctx.actor.post or seat.title.th,
        acting=seat.acting,
        order=seat.order,
        order_on=seat.order_on,
    )
