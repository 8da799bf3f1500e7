"""The officer's inbox over all services: what the law will punish first stands first.

Every list and every count is bounded, so that the page takes the same time
with a million cases as with a thousand.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from piccolo.columns.combination import WhereRaw

from core.api import EVERYWHERE, Card, Context, NavItem, Text, transaction
from kit.casework.clock import soon_until
from kit.casework.service.acting import PERMISSIONS
from kit.casework.states import Post, Status
from kit.casework.tables import Case
from kit.documents import quoted_number, read_number
from kit.thai import calendar_of, search_query

PAGE = 20
COUNTED = 999  # more than so many are shown as "999+"

View = Literal["mine", "late", "soon", "applicant", "all", "closed"]
VIEWS: dict[View, Text] = {
    "mine": Text("รอฉันดำเนินการ", "Waiting for me"),
    "late": Text("เกินกำหนดแล้ว", "Past the limit"),
    "soon": Text("ครบกำหนดใน 3 วันทำการ", "Due within 3 working days"),
    "applicant": Text("รอผู้ยื่นตอบ", "Waiting for the applicant"),
}
Condition = Any


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer looks for.

    :param words: a number, or a part of a name or subject.
    :param assignee: "me", "none" for nobody's, or the id of an officer.
    :param after: where the page before ended.
    """

    view: View = "mine"
    words: str = ""
    service: str = ""
    unit: str = ""
    assignee: str = ""
    after: str = ""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the inbox."""

    id: UUID
    number: str
    service: str
    version: int
    subject: str
    applicant: str
    status: Status
    step: str | None
    due_on: date | None
    paused: bool
    assignee: UUID | None
    revision: int


class Found(msgspec.Struct, frozen=True):
    """A page of the inbox; ``after`` leads to the next one and is empty on the last."""

    cases: tuple[Listed, ...]
    after: str


_COLUMNS = [
    Case.id,
    Case.number,
    Case.year,
    Case.service,
    Case.version,
    Case.subject,
    Case.applicant_name,
    Case.status,
    Case.step,
    Case.due_on,
    Case.paused_on,
    Case.assignee,
    Case.revision,
    Case.closed_at,
]


async def find_cases(ctx: Context, wanted: Wanted) -> Found:
    """Return a page of the cases that the officer may see.

    Those that are open by their last day, the earliest first and those whose clock has not
    started at the end; those that are closed, the newest first.
    """
    closed = wanted.view == "closed"
    conditions = [_in_view(ctx, wanted.view)]
    if wanted.service:
        conditions.append(Case.service == wanted.service)
    if wanted.unit:
        conditions.append(Case.unit == wanted.unit)
    if wanted.assignee:
        conditions.append(_given_to(ctx, wanted.assignee))
    if wanted.words.strip():
        conditions.append(_about(ctx, wanted.words))
    if wanted.after:
        conditions.append(_before(wanted.after) if closed else _past(wanted.after))
    async with transaction(ctx):
        rows = (
            await Case.select(*_COLUMNS)
            .where(Case.of(ctx), *conditions)
            .order_by(Case.closed_at if closed else Case.due_on, ascending=not closed)
            .order_by(Case.id, ascending=not closed)
            .limit(PAGE + 1)
        )
    cases = tuple(_listed(row) for row in rows[:PAGE])
    if len(rows) <= PAGE:
        return Found(cases, "")
    last = rows[PAGE - 1]["closed_at" if closed else "due_on"]
    return Found(cases, f"{last.isoformat() if last else ''}_{cases[-1].id}")


def _listed(row: dict[str, Any]) -> Listed:
    return Listed(
        id=row["id"],
        number=quoted_number(row["number"], row["year"]),
        service=row["service"],
        version=row["version"],
        subject=row["subject"],
        applicant=row["applicant_name"],
        status=Status(row["status"]),
        step=row["step"],
        due_on=row["due_on"],
        paused=row["paused_on"] is not None,
        assignee=row["assignee"],
        revision=row["revision"],
    )


async def count_views(ctx: Context) -> dict[View, int]:
    """Return how many cases each tile holds, ``COUNTED + 1`` for more than are counted."""
    async with transaction(ctx):
        return {view: await count_view(ctx, view) for view in VIEWS}


async def count_view(ctx: Context, view: View) -> int:
    """Return how many cases a view holds, ``COUNTED + 1`` for more than are counted."""
    some = Case.select(Case.id).where(Case.of(ctx), _in_view(ctx, view)).limit(COUNTED + 1)
    statement, values = some.querystrings[0].compile_string()
    async with transaction(ctx) as connection:
        # Counted there: a thousand ids would take longer to come than all else of the page.
        count: int = await connection.fetchval(
            f"SELECT count(*) FROM ({statement}) AS counted",  # noqa: S608 - Piccolo's own words
            *values,
        )
    return count


def _in_view(ctx: Context, view: View) -> Condition:
    if view == "closed":
        return _readable(ctx) & Case.closed_at.is_not_null()
    is_open = Case.closed_at.is_null()
    if view == "all":
        return _readable(ctx) & is_open
    if view == "mine":
        return _mine(ctx) & is_open
    if view == "late":
        return _readable(ctx) & is_open & (Case.due_on < ctx.today) & Case.paused_on.is_null()
    if view == "soon":
        until = soon_until(ctx.today, calendar_of(ctx.tenant))
        near = (Case.due_on >= ctx.today) & (Case.due_on <= until)
        return _readable(ctx) & is_open & near & Case.paused_on.is_null()
    return _readable(ctx) & is_open & (Case.waits_for == Post.APPLICANT)


def _in_units(ctx: Context, permission: str) -> Condition | None:
    """Return the condition of a permission over cases, None where it is not held at all."""
    if permission not in ctx.actor.permissions:
        return None
    units = ctx.actor.permissions[permission]
    if units is EVERYWHERE:
        return Case.tenant_id == ctx.tenant.id
    return Case.unit.is_in(sorted(units)) if units else None


def _readable(ctx: Context) -> Condition:
    condition = _in_units(ctx, "casework.read")
    return _NOTHING if condition is None else condition


def _mine(ctx: Context) -> Condition:
    """Return the condition of what waits on the desks at which the officer sits."""
    by_units: dict[frozenset[str] | None, list[str]] = {}
    for post, permission in PERMISSIONS.items():
        if permission in ctx.actor.permissions:
            by_units.setdefault(ctx.actor.permissions[permission], []).append(post)
    condition: Condition = None
    for units, posts in by_units.items():
        here: Condition = Case.waits_for.is_in(posts)
        if units is not EVERYWHERE:
            here = here & Case.unit.is_in(sorted(units))
        condition = here if condition is None else condition | here
    return _NOTHING if condition is None else condition


_NOTHING: Condition = WhereRaw("false")


def _about(ctx: Context, words: str) -> Condition:
    """Return the condition of a search: a number exactly, else every piece of the words."""
    number = read_number(words)
    if number is not None:
        serial, year = number
        return (Case.number == serial) & (Case.year == year)
    wanted = search_query(words[:100], within=ctx.tenant.id)
    if not wanted:
        return WhereRaw("true")
    return WhereRaw("id IN (SELECT casework.cases_about({}::text::tsquery))", wanted)


def _given_to(ctx: Context, assignee: str) -> Condition:
    if assignee == "none":
        return Case.assignee.is_null()
    try:
        officer = ctx.actor.id if assignee == "me" else UUID(assignee)
    except ValueError:
        return _NOTHING
    return Case.assignee == officer if officer else _NOTHING


def _before(after: str) -> Condition:
    """Return the condition of what was closed before the last one of a page."""
    moment, _, id = after.partition("_")
    try:
        last, closed_at = UUID(id), datetime.fromisoformat(moment)
    except ValueError:
        return _NOTHING
    if closed_at.tzinfo is None:
        return _NOTHING
    return (Case.closed_at < closed_at) | ((Case.closed_at == closed_at) & (Case.id < last))


def _past(after: str) -> Condition:
    day, _, id = after.partition("_")
    try:
        last = UUID(id)
        due_on = date.fromisoformat(day) if day else None
    except ValueError:
        return _NOTHING
    if due_on is None:
        return Case.due_on.is_null() & (Case.id > last)
    later = (Case.due_on > due_on) | Case.due_on.is_null()
    return later | ((Case.due_on == due_on) & (Case.id > last))


DOOR = Card(
    Text("ติดตามเรื่อง", "Follow a request"),
    Text("ใช้เลขรับและเบอร์โทรศัพท์", "With its number and your phone"),
    "/track",
    Text("ติดตาม", "Follow"),
    order=20,
    sign="follow",
)


async def links(ctx: Context, area: str) -> Sequence[NavItem]:
    """Return casework's links of the main navigation."""
    if area == "public":
        return [NavItem(Text("ติดตามเรื่อง", "Follow a request"), "/track", order=20)]
    items = []
    if ctx.actor.may("casework.read"):
        waiting = await count_view(ctx, "mine")
        items.append(NavItem(Text("เรื่องของฉัน", "My cases"), "/desk/cases", order=10, count=waiting))
    if "casework.figures" in ctx.actor.permissions:
        items.append(NavItem(Text("สถิติ", "Figures"), "/desk/figures", order=60))
    return items
