"""Support access at the operator's: ask for it, enter by it, give it up, look back at it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from core import audit, db
from core.context import Context
from core.errors import Conflict, InvalidInput, NotFound
from core.identity import accounts, codes
from core.identity.defaults import default_roles
from core.identity.names import full_name
from core.operator.carrying import ACTIONS, send_access
from core.operator.consent import DURATIONS, Standing, State, closed, standing
from core.operator.tables import SupportAccess, SupportUse
from core.operator.tenants import get_served
from core.reasons import read_reason
from core.text import Text

ENTER_WITHIN = timedelta(minutes=2)
PAGE = 100

NO_ACCESS = Text("ไม่พบคำขอเข้าใช้นี้", "There is no such support access.")
_OWN = Text("ไม่ต้องขอเข้าใช้หน่วยงานของตนเอง", "Nobody asks for support access to the own tenant.")
_NO_ROLE = Text("เลือกบทบาทจากรายการ", "Choose a role from the list.")
_NO_DURATION = Text("เลือกระยะเวลาจากรายการ", "Choose a length of time from the list.")
_CHANGED = Text(
    "คำขอนี้เปลี่ยนไปแล้ว ดูสถานะล่าสุดก่อน", "This access has changed meanwhile. Look at it anew."
)
_NOT_YOURS = Text(
    "เข้าใช้ได้เฉพาะผู้ที่ขอ ขอเข้าใช้ด้วยชื่อของท่านเอง",
    "Only who asked may enter. Ask for access in your own name.",
)
_NO_CONSENT = Text(
    "หน่วยงานยังไม่ยินยอม หรือหมดเวลาหรือยุติไปแล้ว",
    "The office has not consented, or the access is over.",
)


def read_minutes(text: str) -> int:
    """Return a length of time of the list.

    :raises InvalidInput: for ``minutes``: it is none.
    """
    if not text.isascii() or not text.isdecimal() or int(text[:6]) not in DURATIONS:
        raise InvalidInput({"minutes": _NO_DURATION})
    return int(text)


async def ask(ctx: Context, office: str, typed: Mapping[str, str]) -> UUID:
    """Ask an office for access, in the actor's own name.

    :param typed: ``role``, ``why`` and ``minutes``.
    :returns: the id on both sides.
    :raises InvalidInput: naming every field that is wrong.
    """
    served = await get_served(ctx, office)
    if office == ctx.tenant.id or ctx.actor.id is None:
        raise Conflict(_OWN)
    person = await accounts.get(ctx, ctx.actor.id)
    access = SupportAccess(
        tenant_id=ctx.tenant.id,
        id=db.new_id(),
        office=office,
        person=ctx.actor.id,
        **{name: person[name] for name in ("title", "first_name", "last_name")},
        **_asked(served.kind, typed),
        state=State.ASKED.value,
        asked_at=ctx.now,
    )
    async with db.transaction(ctx):
        await SupportAccess.insert(access)
        asked: dict[str, Any] = {"office": office, "role": access.role, "minutes": access.minutes}
        await audit.record(ctx, "core.support.asked", f"support/{access.id}", **asked)
        await send_access(ctx, access.to_dict(), to=office)
    id: UUID = access.id
    return id


def _asked(kind: str, typed: Mapping[str, str]) -> dict[str, Any]:
    problems: dict[str, Text] = {}
    found: dict[str, Any] = {"role": typed.get("role", "")}
    if found["role"] not in {code for code, _ in default_roles(kind)}:
        problems["role"] = _NO_ROLE
    for name, read, given in (("minutes", read_minutes, "minutes"), ("reason", read_reason, "why")):
        try:
            found[name] = read(typed.get(given, ""))
        except InvalidInput as wrong:
            problems |= wrong.problems
    if problems:
        raise InvalidInput(problems)
    return found


async def close(ctx: Context, access: UUID) -> None:
    """Take back what was asked, or give up what was given; at once for whoever is in there.

    :raises Conflict: it is over already.
    """
    async with db.transaction(ctx):
        row = await _locked(ctx, access)
        then = closed(State(row["state"]))
        if then is None or stands(ctx, row).standing == Standing.OVER:
            raise Conflict(_CHANGED)
        ended = {"state": then.value, "ended_at": ctx.now, "ended_by": ctx.actor.name[:200]}
        await SupportAccess.update(
            {
                SupportAccess.state: ended["state"],
                SupportAccess.ended_at: ended["ended_at"],
                SupportAccess.ended_by: ended["ended_by"],
            }
        ).where(SupportAccess.of(ctx), SupportAccess.id == access)
        await audit.record(ctx, ACTIONS[then], f"support/{access}", office=row["office"])
        await send_access(ctx, row | ended, to=row["office"])


async def _locked(ctx: Context, access: UUID) -> dict[str, Any]:
    row = (
        await SupportAccess.select()
        .where(SupportAccess.of(ctx), SupportAccess.id == access)
        .lock_rows("UPDATE")
        .first()
    )
    if row is None:
        raise NotFound(NO_ACCESS)
    return row


async def link(ctx: Context, there: Context, access: UUID) -> str:
    """Return the path in the office by which the actor enters, once and within two minutes.

    :param there: the same request in the office.
    :raises Conflict: the office has not consented, or it is over.
    """
    mine = await get_access(ctx, access)
    if mine["person"] != ctx.actor.id:
        raise Conflict(_NOT_YOURS)
    async with db.transaction(there):
        row = (
            await SupportAccess.select()
            .where(SupportAccess.of(there), SupportAccess.id == access)
            .first()
        )
        if row is None or row["person"] != ctx.actor.id or not stands(there, row).counts:
            raise Conflict(_NO_CONSENT)
        token = await codes.hand_over(
            there, purpose="support", account=row["person"], life=ENTER_WITHIN
        )
    return f"/support/enter/{token}"


class Shown(dict[str, Any]):
    """A row of access with how it stands now."""

    @property
    def standing(self) -> Standing:
        """How it stands."""
        now: Standing = self["standing"]
        return now

    @property
    def name(self) -> str:
        """The person's whole name."""
        return full_name(self["title"], self["first_name"], self["last_name"])

    @property
    def counts(self) -> bool:
        """Whether somebody may act by it now."""
        return self.standing == Standing.COUNTS


def stands(ctx: Context, row: Mapping[str, Any]) -> Shown:
    """Return a row with how it stands now."""
    now = standing(State(row["state"]), asked_at=row["asked_at"], until=row["until"], now=ctx.now)
    return Shown({**row, "standing": now})


async def get_access(ctx: Context, access: UUID) -> Shown:
    """Return one access, on either side.

    :raises NotFound: there is none.
    """
    async with db.transaction(ctx):
        row = (
            await SupportAccess.select()
            .where(SupportAccess.of(ctx), SupportAccess.id == access)
            .first()
        )
    if row is None:
        raise NotFound(NO_ACCESS)
    return stands(ctx, row)


async def accesses(ctx: Context) -> list[Shown]:
    """Return the accesses of this tenant, on either side, the newest first, up to ``PAGE``."""
    async with db.transaction(ctx):
        rows = (
            await SupportAccess.select()
            .where(SupportAccess.of(ctx))
            .order_by(SupportAccess.id, ascending=False)
            .limit(PAGE)
        )
    return [stands(ctx, row) for row in rows]


async def uses(ctx: Context, access: UUID) -> Sequence[Mapping[str, Any]]:
    """Return what was opened and sent under an access, the oldest first, up to 1,000."""
    async with db.transaction(ctx):
        rows: list[dict[str, Any]] = (
            await SupportUse.select()
            .where(SupportUse.of(ctx), SupportUse.access == access)
            .order_by(SupportUse.at)
            .order_by(SupportUse.id)
            .limit(1000)
        )
    return rows
