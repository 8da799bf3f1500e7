"""Roles: what the holders of a post may do."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core import audit, db
from core.context import Context
from core.errors import Conflict, InvalidInput
from core.identity import defaults
from core.identity.holders import check_whole, get_role, keep_somebody
from core.identity.tables import Role
from core.operator.here import is_operator
from core.text import Text

_CODE = re.compile("[a-z][a-z0-9_]{0,39}")

_USED = Text(
    "ลบไม่ได้ เพราะยังมีผู้ถือบทบาทนี้ หรือมีคำสั่งที่อ้างถึง", "This role is still held, or named by an order."
)
_CODE_WORDS = Text(
    "รหัสใช้ได้เฉพาะ a–z 0–9 และขีดล่าง ขึ้นต้นด้วยตัวอักษร ไม่เกิน 40 ตัว และไม่ซ้ำกับที่มี",
    "A code has only a–z, 0–9 and _, begins with a letter, is new, and 40 at most.",
)
_TITLE = Text("กรอกชื่อบทบาททั้งภาษาไทยและอังกฤษ", "Give the role's name in Thai and in English.")
_NO_PERMISSION = Text(
    "มีสิทธิที่ไม่รู้จัก เลือกจากรายการอีกครั้ง", "There is an unknown permission. Choose from the list."
)


async def ensure_roles(ctx: Context, plugins: Iterable[str] = ()) -> None:
    """Make the default roles, and give them what plugins propose.

    A permission is proposed to a role once: what an office took away stays away.

    :param plugins: those that have just been switched on; the core and what is part of the
        platform always propose.
    """
    proposed = _proposals(ctx, set(plugins))
    async with db.transaction(ctx):
        rows = await Role.select().where(Role.of(ctx)).lock_rows("UPDATE")
        known = {row["code"]: row for row in rows}
        for position, (code, title) in enumerate(defaults.default_roles(ctx.tenant.kind), start=1):
            if code not in known:
                known[code] = await _insert(ctx, code, title, position * 10)
        for code, permissions in proposed.items():
            row = known.get(code)
            new = [one for one in permissions if row and one not in row["proposed"]]
            if row and new:
                await _propose(ctx, row, new)


def _proposals(ctx: Context, plugins: set[str]) -> dict[str, list[str]]:
    own = {"administrator": tuple(defaults.OF_OPERATOR)} if is_operator(ctx) else {}
    given = [defaults.PROPOSED, own] + [
        manifest.roles
        for name, manifest in sorted(ctx.host.plugins.items())
        if manifest.fixed or name in plugins
    ]
    proposed: dict[str, list[str]] = {}
    for roles in given:
        for code, permissions in roles.items():
            proposed.setdefault(code, []).extend(permissions)
    return proposed


async def _insert(ctx: Context, code: str, title: Text, position: int) -> dict[str, Any]:
    row = Role(
        tenant_id=ctx.tenant.id,
        code=code,
        title_th=title.th,
        title_en=title.en,
        permissions=[],
        proposed=[],
        position=position,
    )
    await Role.insert(row)
    return row.to_dict()


async def _propose(ctx: Context, row: Mapping[str, Any], new: Sequence[str]) -> None:
    permissions = sorted({*row["permissions"], *new})
    await Role.update(
        {Role.permissions: permissions, Role.proposed: sorted({*row["proposed"], *new})}
    ).where(Role.of(ctx), Role.code == row["code"])
    await audit.record(ctx, "core.role.extended", f"role/{row['code']}", permissions=list(new))


def permissions_here(ctx: Context) -> dict[str, Text]:
    """Return every permission of the core and of the plugins that are on, with its words."""
    here = dict(defaults.PERMISSIONS)
    if is_operator(ctx):
        here |= defaults.OF_OPERATOR
    for name, manifest in sorted(ctx.host.plugins.items()):
        if manifest.fixed or name in ctx.tenant.plugins:
            here |= manifest.permissions
    return here


async def list_roles(ctx: Context) -> list[dict[str, Any]]:
    """Return the roles, the lowest post first."""
    async with db.transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Role.select().where(Role.of(ctx)).order_by(Role.position).order_by(Role.code)
        )
    return rows


async def create_role(
    ctx: Context, *, code: str, title: Text, permissions: Sequence[str], position: int = 45
) -> None:
    """Make a role of the office's own.

    :raises InvalidInput: the code is taken or none, a title is empty, a permission unknown.
    """
    check_whole(ctx)
    problems = _role_problems(ctx, title, permissions, known=())
    taken = code in {row["code"] for row in await list_roles(ctx)}
    if taken or not _CODE.fullmatch(code):
        problems["code"] = _CODE_WORDS
    if problems:
        raise InvalidInput(problems)
    async with db.transaction(ctx):
        await _insert(ctx, code, title, position)
        await _set(ctx, code, title, permissions)
        await audit.record(
            ctx, "core.role.created", f"role/{code}", permissions=sorted(permissions)
        )


async def change_role(ctx: Context, *, code: str, title: Text, permissions: Sequence[str]) -> None:
    """Change what a role is called and what its holders may do, from their next request on.

    Permissions of plugins that are off at present stay as they are.

    :raises NotFound: there is no such role.
    :raises InvalidInput: a title is empty, or a permission unknown.
    :raises Conflict: nobody could manage officers any more.
    """
    check_whole(ctx)
    row = await get_role(ctx, code)
    hidden = [one for one in row["permissions"] if one not in permissions_here(ctx)]
    if problems := _role_problems(ctx, title, permissions, known=hidden):
        raise InvalidInput(problems)
    async with db.transaction(ctx):
        await _set(ctx, code, title, [*permissions, *hidden])
        await keep_somebody(ctx)
        await audit.record(
            ctx, "core.role.changed", f"role/{code}", permissions=sorted(permissions)
        )


def _role_problems(
    ctx: Context, title: Text, permissions: Sequence[str], *, known: Sequence[str]
) -> dict[str, Text]:
    problems: dict[str, Text] = {}
    if not (0 < len(title.th.strip()) <= 120 and 0 < len(title.en.strip()) <= 120):
        problems["title_th"] = _TITLE
    if not set(permissions) <= permissions_here(ctx).keys() | set(known):
        problems["permissions"] = _NO_PERMISSION
    return problems


async def _set(ctx: Context, code: str, title: Text, permissions: Sequence[str]) -> None:
    await Role.update(
        {
            Role.title_th: title.th.strip(),
            Role.title_en: title.en.strip(),
            Role.permissions: sorted(set(permissions)),
        }
    ).where(Role.of(ctx), Role.code == code)


async def delete_role(ctx: Context, *, code: str) -> None:
    """Delete a role that nobody holds and no order names.

    :raises NotFound: there is no such role.
    :raises Conflict: it is one of the platform's, or in use.
    """
    check_whole(ctx)
    await get_role(ctx, code)
    if code in defaults.CODES:
        raise Conflict(Text("บทบาทตั้งต้นของระบบลบไม่ได้", "A role of the platform cannot be deleted."))
    async with db.transaction(ctx) as connection:
        # The foreign keys would say the same, but only after spoiling the transaction.
        used = await connection.fetchval(
            "SELECT EXISTS (SELECT FROM core.role_holder WHERE tenant_id = $1 AND role = $2) "
            "OR EXISTS (SELECT FROM core.acting WHERE tenant_id = $1 AND role = $2)",
            ctx.tenant.id,
            code,
        )
        if used:
            raise Conflict(_USED)
        await Role.delete().where(Role.of(ctx), Role.code == code)
        await audit.record(ctx, "core.role.deleted", f"role/{code}")
