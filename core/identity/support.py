"""Who acts here by a support access: asked at every request, on both sides.

The account of such a person is of its own kind: it has no password, is no officer of the office,
and nobody can let it in otherwise. It acts while the office's consent counts, the operator has not
given it up, and the person may give support there.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from core import audit, db
from core.context import EVERYWHERE, Actor, Context, Support
from core.handing import hand_over
from core.identity.defaults import OF_OPERATOR
from core.identity.names import full_name, initials
from core.inserts import Into
from core.text import Text

KIND = "support"
TAKE_USE = "core.take_support_use"
# With these anybody could be let in, or let in again; no support access has them.
NEVER = frozenset({"core.people", *OF_OPERATOR})

_POST = Text("ฝ่ายสนับสนุน เข้าใช้โดยความยินยอมของหน่วยงาน", "Support, by consent of the office")

_GRANTED = """
SELECT u.id, u.until, r.title_th, r.title_en, r.permissions
FROM core.support_access u JOIN core.role r ON r.tenant_id = u.tenant_id AND r.code = u.role
WHERE u.tenant_id = $1 AND u.person = $2 AND u.state = 'given' AND u.until > $3
  AND u.office = $1
ORDER BY u.until DESC LIMIT 1
"""
_STANDS = """
SELECT t.name_th, t.name_en FROM core.support_access u
JOIN core.account a ON a.tenant_id = u.tenant_id AND a.id = u.person
JOIN core.tenant t ON t.id = u.tenant_id
WHERE u.tenant_id = $1 AND u.id = $2 AND u.office = $3 AND u.state IN ('asked', 'given')
  AND a.kind = 'officer' AND a.active AND EXISTS (
    SELECT FROM core.role_holder h
    JOIN core.role r ON r.tenant_id = h.tenant_id AND r.code = h.role
    WHERE h.tenant_id = $1 AND h.account = a.id AND 'core.support' = ANY (r.permissions)
  )
"""
_USES = Into("core.support_use", ("tenant_id", "id", "access", "at", "method", "path"))
# What every page fetches beside itself.
_BESIDE = ("/theme/", "/logo/")


async def act(ctx: Context, row: Mapping[str, Any]) -> Context:
    """Return the context with the person who acts by a support access, if it counts now.

    :param row: of the session with its account.
    """
    async with db.transaction(ctx) as connection:
        granted = await connection.fetchrow(_GRANTED, ctx.tenant.id, row["account"], ctx.now)
    if granted is None or (office := await _operator_of(ctx, granted)) is None:
        return ctx
    name = full_name(row["title"], row["first_name"], row["last_name"])
    permissions = dict.fromkeys(set(granted["permissions"]) - NEVER, EVERYWHERE)
    actor = Actor(
        kind="officer",
        id=row["account"],
        name=f"{name} ({office.th})"[:200],
        post=_POST.to(ctx.language),
        initials=initials(row["first_name"], row["last_name"]),
        permissions=permissions,
        support=Support(
            access=granted["id"],
            until=granted["until"],
            role=Text(granted["title_th"], granted["title_en"]),
        ),
    )
    return replace(ctx, actor=actor)


async def _operator_of(ctx: Context, granted: Mapping[str, Any]) -> Text | None:
    """Return the name of the operator where it stands by the access too; None where not."""
    if (operator := ctx.settings.operator) is None:
        return None
    async with db.transaction(SimpleNamespace(tenant=SimpleNamespace(id=operator))) as connection:
        row = await connection.fetchrow(_STANDS, operator, granted["id"], ctx.tenant.id)
    return Text(row["name_th"], row["name_en"]) if row else None


async def note_use(ctx: Context, method: str, path: str) -> None:
    """Note what is opened or sent under a support access, here and at the operator's.

    Of addresses that let in whoever has them, such as those by which citizens follow a case, only
    the beginning is kept.
    """
    if (support := ctx.actor.support) is None or path.startswith(_BESIDE):
        return
    told = path if path.startswith("/desk") else f"/{path.split('/')[1]}"
    use = {
        "id": db.new_id(),
        "access": support.access,
        "at": ctx.now,
        "method": method[:10],
        "path": told[:300],
    }
    async with db.transaction(ctx):
        db.add_later(_USES, {"tenant_id": ctx.tenant.id, **use})
        await audit.record(
            ctx, "core.support.used", f"support/{support.access}", method=method, path=told[:300]
        )
        words = {name: str(value) for name, value in use.items()} | {"at": ctx.now.isoformat()}
        person = {"person": str(ctx.actor.id), "name": ctx.actor.name}
        await hand_over(ctx, TAKE_USE, to=str(ctx.settings.operator), **words, **person)
