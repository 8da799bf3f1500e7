"""The library of standard plans, read: what is offered on a day, and what was offered before.

What was offered on a day never changes afterwards, except that a plan may be withdrawn that same
day. So a case finds the version it was filed on by plan and day alone.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from core.api import Context, NotFound, Text, transaction
from kit.thai import local
from plugins.permits.rules.library import CODE, What
from plugins.permits.rules.plans import Plan
from plugins.permits.service.files import Kept, kept_files

_NO_PLAN = Text(
    "ไม่พบแบบบ้านนี้ อาจพิมพ์รหัสผิด ดูแบบทั้งหมดได้ที่หน้าแบบบ้านมาตรฐาน",
    "There is no such plan. Perhaps its code was mistyped; all plans are on the page of plans.",
)
_NO_FILE = Text("ไม่พบไฟล์นี้", "There is no such file.")

# Of the versions whose day has come the one that was made last. None is made for a day that has
# come, so that what was in force on a day stays so.
_IN_FORCE = """
SELECT DISTINCT ON (v.code) v.code, v.facts FROM permits.plan_version v
JOIN permits.plan p ON p.tenant_id = v.tenant_id AND p.code = v.code
WHERE v.tenant_id = $1 AND v.from_on <= $2
  AND (p.withdrawn_from IS NULL OR p.withdrawn_from > $2)
ORDER BY v.code, v.number DESC
"""
_VERSIONS = """
SELECT v.code, v.number, v.from_on, v.facts, v.drawings, v.calculations, v.picture, v.why,
  v.made_at, v.made_by_name, EXISTS (
    SELECT 1 FROM permits.plan_version w WHERE w.tenant_id = v.tenant_id AND w.code = v.code
      AND w.number > v.number AND w.from_on <= v.from_on) AS replaced,
  p.withdrawn_from, p.withdrawn_why, p.withdrawn_at, p.withdrawn_by_name
FROM permits.plan_version v
JOIN permits.plan p ON p.tenant_id = v.tenant_id AND p.code = v.code
WHERE v.tenant_id = $1 AND ($2 = '' OR v.code = $2)
ORDER BY v.code, v.number DESC
"""


_PLAIN = ("number", "from_on", "why", "made_at", "made_by_name", "replaced")


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """From when a plan is offered no more, and why."""

    from_on: date
    why: str
    at: datetime
    by_name: str


class PlanVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A plan as it is offered from a day on.

    :param number: from 1, in the order in which they were made.
    :param files: their ids, by what they are.
    :param replaced: a version that was made later began first, so that this one never did.
    :param withdrawn: of the plan, not of this version alone.
    """

    plan: Plan
    number: int
    from_on: date
    files: Mapping[What, UUID]
    why: str
    made_at: datetime
    made_by_name: str
    replaced: bool
    withdrawn: Withdrawal | None

    def has_begun(self, on: date) -> bool:
        """Return whether it was offered on a day or before.

        A plan may be withdrawn before; one that was on its first day was offered that morning.
        """
        gone = self.withdrawn
        if self.replaced:
            return False
        if gone is None or self.from_on < gone.from_on:
            return self.from_on <= on
        return self.from_on == gone.from_on == local(gone.at).date() <= on

    def is_gone(self, on: date) -> bool:
        """Return whether the plan is offered no more on a day."""
        return self.withdrawn is not None and self.withdrawn.from_on <= on


class Offer(msgspec.Struct, frozen=True):
    """A plan with its history.

    :ivar versions: the one made last first, never empty.
    :ivar begun: the newest version that was offered until the day that was asked for.
    :ivar now: the same; None where the plan is not offered on that day.
    """

    versions: Sequence[PlanVersion]
    begun: PlanVersion | None
    now: PlanVersion | None

    @property
    def latest(self) -> PlanVersion:
        """The version that was made last, which may begin later."""
        return self.versions[0]

    @property
    def state(self) -> Literal["offered", "coming", "gone"]:
        """How it stands on the day that was asked for."""
        if self.now is not None:
            return "offered"
        return "gone" if self.latest.withdrawn else "coming"


async def plans_in_force(ctx: Context, on: date) -> Mapping[str, Plan]:
    """Return the plans that may be chosen on a day, by code and in its order; one query."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_IN_FORCE, ctx.tenant.id, on)
    return {row["code"]: msgspec.json.decode(row["facts"], type=Plan) for row in rows}


async def plan_as_filed(ctx: Context, code: str, on: date) -> PlanVersion:
    """Return the version of a plan that was offered on a day, also if it was withdrawn since.

    :param on: when the case was filed.
    :raises NotFound: there was none.
    """
    begun = (await get_offer(ctx, code, on)).begun
    if begun is None:
        raise NotFound(_NO_PLAN)
    return begun


async def drawings_of(ctx: Context, code: str, on: date) -> str:
    """Return the digest of a plan's drawings as they were offered on a day.

    :raises NotFound: there was no such plan.
    """
    files = (await plan_as_filed(ctx, code, on)).files
    return (await kept_files(ctx, {"drawings": files["drawings"]}))["drawings"].digest


async def offers(ctx: Context, on: date) -> Sequence[Offer]:
    """Return all plans of the office, those withdrawn included, in the order of their codes."""
    versions: dict[str, list[PlanVersion]] = {}
    for one in await _versions(ctx):
        versions.setdefault(one.plan.code, []).append(one)
    return [_offer(of_plan, on) for of_plan in versions.values()]


async def get_offer(ctx: Context, code: str, on: date) -> Offer:
    """Return a plan with its history.

    :raises NotFound: there is none of this code.
    """
    found = await _versions(ctx, code) if CODE.fullmatch(code) else ()
    if not found:
        raise NotFound(_NO_PLAN)
    return _offer(found, on)


async def get_file(ctx: Context, code: str, number: int, what: What, *, offered: bool) -> Kept:
    """Return a file of a version of a plan.

    :param offered: only of a version that is or was offered.
    :raises NotFound: there is none.
    """
    for one in (await get_offer(ctx, code, ctx.today)).versions:
        if one.number != number or what not in one.files:
            continue
        if one.has_begun(ctx.today) or not offered:
            return (await kept_files(ctx, {what: one.files[what]}))[what]
    raise NotFound(_NO_FILE)


async def _versions(ctx: Context, code: str = "") -> Sequence[PlanVersion]:
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_VERSIONS, ctx.tenant.id, code)
    return [_version(row) for row in rows]


def _offer(versions: Sequence[PlanVersion], on: date) -> Offer:
    begun = next((one for one in versions if one.has_begun(on)), None)
    return Offer(versions, begun, None if begun is None or begun.is_gone(on) else begun)


def _version(row: Mapping[str, Any]) -> PlanVersion:
    files: dict[What, UUID] = {
        "drawings": row["drawings"],
        "calculations": row["calculations"],
    }
    if row["picture"] is not None:
        files["picture"] = row["picture"]
    withdrawn = None
    if row["withdrawn_from"] is not None:
        withdrawn = Withdrawal(
            from_on=row["withdrawn_from"],
            why=row["withdrawn_why"],
            at=row["withdrawn_at"],
            by_name=row["withdrawn_by_name"],
        )
    return PlanVersion(
        plan=msgspec.json.decode(row["facts"], type=Plan),
        files=files,
        withdrawn=withdrawn,
        **{name: row[name] for name in _PLAIN},
    )
