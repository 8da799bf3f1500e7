"""What services need to know of people: names, addresses, who may do what, who signs as whom."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core import audit, db
from core.context import Acting, Context
from core.errors import InvalidInput, NotAllowed
from core.identity import accounts
from core.identity.identifiers import read_national_id
from core.identity.names import full_name, name_order
from core.identity.national_id import id_key, masked_id, unlock_id
from core.identity.permissions import held_by, units_above, units_below
from core.identity.tables import Account, ActingOrder
from core.text import Language, Text

_REASON = Text(
    "กรอกเหตุผลที่ต้องดูเลขประจำตัวประชาชน เจ้าของเลขจะเห็นเหตุผลนี้",
    "Say why you need the citizen's number. The person will see the reason.",
)
_OFFICERS = Text(
    "ดูเลขประจำตัวประชาชนของผู้อื่นได้เฉพาะเจ้าหน้าที่", "Only officers see the number of another person."
)
_NO_NUMBER = Text("บัญชีนี้ไม่มีเลขประจำตัวประชาชน", "This account has no citizen's number.")
_REASON_LENGTH = 200


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A person as services see them.

    :param phone: E.164; None when there is none or it is not known to be theirs.
    :param masked_id: ``1-2345-•••••-••-1``; None when there is none.
    """

    id: UUID
    kind: str
    title: str
    first_name: str
    last_name: str
    name: str
    post: str
    unit: str | None
    phone: str | None
    email: str | None
    masked_id: str | None
    language: Language
    active: bool


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """How the actor signs: name, own post, and in whose place.

    :param order: id of the order under which the actor signs, to be kept with the signature.
    :param order_on: the day of that order.
    """

    name: str
    post: str
    acting: Acting | None = None
    order: UUID | None = None
    order_on: date | None = None


async def find_account(ctx: Context, account: UUID) -> Known | None:
    """Return a person; None when there is no such account."""
    async with db.transaction(ctx):
        row = await Account.select().where(Account.of(ctx), Account.id == account).first()
    return _known(ctx, row) if row else None


async def find_citizen(ctx: Context, *, national_id: str) -> Known | None:
    """Return the citizen of a number, as a clerk types it; None when there is no account.

    :raises InvalidInput: it is no citizen's number.
    """
    number = read_national_id(national_id)
    if isinstance(number, Text):
        raise InvalidInput({"national_id": number})
    async with db.transaction(ctx):
        row = (
            await Account.select()
            .where(
                Account.of(ctx),
                Account.kind == "citizen",
                Account.national_id_key == id_key(ctx, number),
            )
            .first()
        )
    return _known(ctx, row) if row else None


async def names(ctx: Context, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the whole names of several people; who is not here is left out."""
    if not ids:
        return {}
    async with db.transaction(ctx):
        rows = await Account.select(
            Account.id, Account.title, Account.first_name, Account.last_name
        ).where(Account.of(ctx), Account.id.is_in(list(ids)))
    return {row["id"]: full_name(row["title"], row["first_name"], row["last_name"]) for row in rows}


async def officers(
    ctx: Context, *, search: str = "", unit: str | None = None, closed: bool = False
) -> list[dict[str, Any]]:
    """Return officers by name: ``id``, ``name``, ``post``, ``unit``, ``active``; up to 500.

    :param search: part of a first or last name.
    :param unit: only of this unit and those below it.
    :param closed: also those whose account is closed.
    """
    where: list[Any] = [Account.of(ctx), Account.kind == "officer"]
    if not closed:
        where.append(Account.active.eq(True))
    if words := search.strip():
        like = f"%{_escaped(words[:100])}%"
        where.append((Account.first_name.ilike(like)) | (Account.last_name.ilike(like)))
    if unit is not None:
        where.append(Account.unit.is_in(sorted(units_below(ctx.tenant.units).get(unit, {unit}))))
    async with db.transaction(ctx):
        rows = (
            await Account.select(
                Account.id,
                Account.title,
                Account.first_name,
                Account.last_name,
                Account.post,
                Account.unit,
                Account.active,
            )
            .where(*where)
            .order_by(Account.first_name)
            .limit(500)
        )
    rows.sort(key=lambda row: (name_order(row["first_name"]), name_order(row["last_name"])))
    return [
        row | {"name": full_name(row["title"], row["first_name"], row["last_name"])} for row in rows
    ]


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


_HOLDERS = """
SELECT DISTINCT a.id, a.title, a.first_name, a.last_name, a.post, a.unit
FROM core.account a JOIN (
  SELECT account, role, unit FROM core.role_holder WHERE tenant_id = $1
  UNION ALL
  SELECT actor, role, unit FROM core.acting
  WHERE tenant_id = $1 AND ended_at IS NULL AND from_on <= $4 AND (to_on IS NULL OR to_on >= $4)
) h ON h.account = a.id
JOIN core.role r ON r.tenant_id = $1 AND r.code = h.role
WHERE a.tenant_id = $1 AND a.active AND $2 = ANY (r.permissions)
  AND (h.unit IS NULL OR h.unit = ANY ($3))
ORDER BY a.first_name, a.id
"""


async def holders_of(
    ctx: Context, permission: str, *, unit: str | None = None
) -> list[dict[str, Any]]:
    """Return the officers who hold a permission today: ``id``, ``name``, ``post``, ``unit``.

    :param unit: in this unit; None: whoever holds it for the whole municipality.
    """
    within = [] if unit is None else [unit, *units_above(ctx.tenant.units, unit)]
    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(_HOLDERS, ctx.tenant.id, permission, within, ctx.today)
    return [
        {
            "id": row["id"],
            "name": full_name(row["title"], row["first_name"], row["last_name"]),
            "post": row["post"],
            "unit": row["unit"],
        }
        for row in rows
    ]


async def signature(ctx: Context, permission: str, *, unit: str | None = None) -> Signature:
    """Return how the actor signs what a permission allows.

    In the own post where the own roles allow it, else under the order that does.

    :param unit: the unit whose matter it is.
    :raises NotAllowed: neither does.
    """
    actor = ctx.actor
    held = await held_by(ctx, actor.id) if actor.id else []
    within = {None} if unit is None else {None, unit, *units_above(ctx.tenant.units, unit)}
    ways = [one for one in held if permission in one.permissions and one.unit in within]
    if not ways:
        raise NotAllowed(Text("ท่านไม่มีอำนาจลงนามในเรื่องนี้", "You have no authority to sign this."))
    own = any(one.order is None for one in ways)
    if own:
        return Signature(name=actor.name, post=actor.post)
    async with db.transaction(ctx):
        row = (
            await ActingOrder.select(ActingOrder.order_on)
            .where(ActingOrder.of(ctx), ActingOrder.id == ways[0].order)
            .first()
        )
    return Signature(
        name=actor.name,
        post=actor.post,
        acting=ways[0].acting,
        order=ways[0].order,
        order_on=row["order_on"] if row else None,
    )


async def reveal_national_id(ctx: Context, account: UUID, *, reason: str) -> str:
    """Return a citizen's number whole, which the person will see was done.

    Whoever calls this has asked before whether the actor may handle the matter it is for.

    :param reason: why, up to 200 characters.
    :raises InvalidInput: no reason is given, or the account has no number.
    :raises NotAllowed: the actor is no officer and it is not the own number.
    """
    why = " ".join(reason.split())
    own = ctx.actor.id == account
    if not own and ctx.actor.kind not in ("officer", "system"):
        raise NotAllowed(_OFFICERS)
    if not 0 < len(why) <= _REASON_LENGTH:
        raise InvalidInput({"reason": _REASON})
    row = await accounts.get(ctx, account)
    if row["national_id"] is None:
        raise InvalidInput({"account": _NO_NUMBER})
    async with db.transaction(ctx):
        await audit.record(
            ctx, "core.national_id.read", f"account/{account}", owner=account, reason=why
        )
    return unlock_id(ctx, account, row["national_id"])


def _known(ctx: Context, row: Mapping[str, Any]) -> Known:
    return Known(
        id=row["id"],
        kind=row["kind"],
        title=row["title"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        name=full_name(row["title"], row["first_name"], row["last_name"]),
        post=row["post"],
        unit=row["unit"],
        phone=row["phone"] if row["phone_verified"] else None,
        email=row["email"] if row["email_verified"] else None,
        masked_id=masked_id(ctx, row["id"], row["national_id"]),
        language=row["language"],
        active=row["active"],
    )
