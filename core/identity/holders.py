"""Who holds which role in which unit, and who may change that."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from core import audit, db
from core.context import EVERYWHERE, Context
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.identity import accounts
from core.identity.sessions import sign_out_everywhere
from core.identity.tables import Role, RoleHolder
from core.text import Text

PEOPLE = "core.people"

NO_ROLE = Text("ไม่พบบทบาทนี้", "There is no such role.")
NO_UNIT = Text("เลือกส่วนราชการจากรายการ", "Choose a division from the list.")
_NOT_YOURS = Text(
    "ให้หรือถอนบทบาทนี้ไม่ได้ เพราะกว้างกว่าส่วนราชการที่ท่านดูแล ติดต่อผู้ดูแลระบบของหน่วยงาน",
    "You cannot give or take this role: it reaches beyond the divisions in your care. "
    "Ask your administrator.",
)
_LAST = Text(
    "ถอนไม่ได้ เพราะจะไม่เหลือผู้ดูแลเจ้าหน้าที่ของทั้งหน่วยงาน ให้บทบาทนี้แก่ผู้อื่นก่อน",
    "This cannot be taken: nobody would be left to manage the officers. Give it to another first.",
)

_MANAGED = """
SELECT EXISTS (
  SELECT FROM core.role_holder h
  JOIN core.role r ON r.tenant_id = h.tenant_id AND r.code = h.role
  JOIN core.account a ON a.tenant_id = h.tenant_id AND a.id = h.account
  WHERE h.tenant_id = $1 AND h.unit IS NULL AND a.active AND $2 = ANY (r.permissions)
)
"""


async def get_role(ctx: Context, code: str) -> dict[str, Any]:
    """Return one role.

    :raises NotFound: there is none of this code.
    """
    async with db.transaction(ctx):
        row = await Role.select().where(Role.of(ctx), Role.code == code).first()
    if row is None:
        raise NotFound(NO_ROLE)
    return row


async def roles_of(ctx: Context, account: UUID) -> list[dict[str, Any]]:
    """Return what roles an account holds and in which units."""
    async with db.transaction(ctx):
        rows: list[dict[str, Any]] = (
            await RoleHolder.select()
            .where(RoleHolder.of(ctx), RoleHolder.account == account)
            .order_by(RoleHolder.role)
        )
    return rows


async def grant_role(ctx: Context, *, account: UUID, role: str, unit: str | None = None) -> None:
    """Give an officer a role, in a unit with all below it, or everywhere.

    The officer's sessions end, so that the new rights begin with a new session.

    :param unit: None: everywhere. Given twice it changes nothing.
    :raises NotFound: there is no such officer or role.
    :raises NotAllowed: it reaches beyond what the actor may give.
    """
    if unit is not None and unit not in ctx.tenant.units:
        raise InvalidInput({"unit": NO_UNIT})
    row = await get_role(ctx, role)
    check_reach(ctx, row["permissions"], unit)
    if (await accounts.get(ctx, account))["kind"] != "officer":
        raise NotFound(accounts.NO_ACCOUNT)
    async with db.transaction(ctx):
        given = (
            await RoleHolder.insert(
                RoleHolder(
                    tenant_id=ctx.tenant.id,
                    id=db.new_id(),
                    account=account,
                    role=role,
                    unit=unit,
                    granted_by=ctx.actor.id,
                    granted_at=ctx.now,
                )
            )
            .on_conflict(action="DO NOTHING")
            .returning(RoleHolder.id)
        )
        if given:
            await renew_rights(ctx, account)
            await audit.record(
                ctx, "core.role.granted", f"account/{account}", owner=account, role=role, unit=unit
            )


async def revoke_role(ctx: Context, *, holding: UUID) -> None:
    """Take a role from an officer, whose sessions end.

    :param holding: the id of the row that says who holds what where.
    :raises NotFound: it was taken already.
    :raises Conflict: nobody could manage officers any more.
    """
    async with db.transaction(ctx):
        held = await RoleHolder.select().where(RoleHolder.of(ctx), RoleHolder.id == holding).first()
        if held is None:
            raise NotFound(NO_ROLE)
        role = await get_role(ctx, held["role"])
        check_reach(ctx, role["permissions"], held["unit"])
        await RoleHolder.delete().where(RoleHolder.of(ctx), RoleHolder.id == holding)
        await keep_somebody(ctx)
        await renew_rights(ctx, held["account"])
        await audit.record(
            ctx,
            "core.role.revoked",
            f"account/{held['account']}",
            owner=held["account"],
            role=held["role"],
            unit=held["unit"],
        )


async def renew_rights(ctx: Context, account: UUID) -> None:
    """Have somebody whose rights changed begin a new session; one's own is renewed by its page."""
    if account != ctx.actor.id:
        await sign_out_everywhere(ctx, account)


def check_reach(ctx: Context, permissions: Sequence[str], unit: str | None) -> None:
    """Refuse to give what reaches further than the actor's own care for people."""
    if not reaches(ctx, permissions, unit):
        raise NotAllowed(_NOT_YOURS)


def reaches(ctx: Context, permissions: Iterable[str], unit: str | None) -> bool:
    """Return whether the actor's care for people is as wide as these permissions in a unit."""
    if ctx.actor.kind == "system":
        return True
    where = ctx.actor.permissions.get(PEOPLE, frozenset())
    if where is EVERYWHERE:
        return True
    own = any(one.startswith("core.") for one in permissions)
    return not own and unit is not None and unit in where


def check_whole(ctx: Context) -> None:
    """Refuse to change a role, which reaches everywhere, to who cares for some units only."""
    check_reach(ctx, (), None)


async def keep_somebody(ctx: Context) -> None:
    """Refuse to leave a municipality with nobody who may manage all its officers."""
    if ctx.actor.kind == "system":
        return
    async with db.transaction(ctx) as connection:
        # Two who each leave the other: the second waits here, and then sees what the first did.
        await Role.select(Role.code).where(Role.of(ctx)).lock_rows("UPDATE")
        managed = await connection.fetchval(_MANAGED, ctx.tenant.id, PEOPLE)
    if not managed:
        raise Conflict(_LAST)
