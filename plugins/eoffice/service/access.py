"""Which letters an officer may see: by the posts they went through, by office, by the list.

A secret letter is seen by those on its list and by nobody else, whatever their rights; to others
it is not there. The trail says who did what with it and when, and nothing that stands in it.

Law: Regulation on Official Secrets B.E. 2544 (a registrar, and who needs to know); levels and
registers of it are unverified here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Context,
    NotFound,
    Text,
    add_all,
    audit,
    people,
    posts,
    transaction,
    write_now,
)
from plugins.eoffice.service.rights import OVERSEE, REGISTER, SECRETS
from plugins.eoffice.tables.letters import Letter, Reader

NO_LETTER = Text("ไม่พบหนังสือฉบับนี้", "There is no such letter.")

# $1 tenant, $2 account, $3 posts of it, $4 divisions overseen, $5 whether all are.
SEEN = """
(l.secrecy = 'normal' AND ($5 OR l.unit = ANY ($4) OR l.created_by = $2
   OR EXISTS (SELECT FROM eoffice.task t
              WHERE t.tenant_id = $1 AND t.letter_id = l.id AND t.post = ANY ($3)))
 OR EXISTS (SELECT FROM eoffice.reader r
            WHERE r.tenant_id = $1 AND r.letter_id = l.id AND r.account = $2))
"""
# The same for who does not oversee everything, as ids from indexes; one may stand there twice.
OWN = """
SELECT letter_id AS id FROM eoffice.task WHERE tenant_id = $1 AND post = ANY ($3)
UNION ALL SELECT id FROM eoffice.letter WHERE tenant_id = $1 AND created_by = $2
UNION ALL SELECT id FROM eoffice.letter WHERE tenant_id = $1 AND unit = ANY ($4)
UNION ALL SELECT letter_id FROM eoffice.reader WHERE tenant_id = $1 AND account = $2
"""
_ONE = "SELECT l.* FROM eoffice.letter l WHERE l.tenant_id = $1 AND l.id = $6 AND " + SEEN  # noqa: S608 - our own words

_ANSWERS = (
    "SELECT l.* FROM eoffice.letter l WHERE l.tenant_id = $1 AND l.answers = $6 AND "  # noqa: S608 - our own words
    + SEEN
    + " ORDER BY l.id"
)


async def seeing(ctx: Context) -> tuple[Any, ...]:
    """Return the values of ``SEEN`` from ``$1`` on, for the actor of today."""
    seats = await posts.seats_of(ctx, ctx.actor.id) if ctx.actor.id else []
    units = ctx.actor.permissions.get(OVERSEE, frozenset())
    everywhere = ctx.actor.kind == "system" or units is None
    return (
        ctx.tenant.id,
        ctx.actor.id,
        [seat.post.key for seat in seats],
        sorted(units or ()),
        everywhere,
    )


async def get_letter(ctx: Context, letter: UUID) -> dict[str, Any]:
    """Return a letter that the actor may see.

    :raises NotFound: there is none, or it is not for the actor's eyes, which looks the same.
    """
    values = await seeing(ctx)
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_ONE, *values, letter)
    if row is None:
        raise NotFound(NO_LETTER)
    return {**row, "content": msgspec.json.decode(row["content"])}


async def open_letter(ctx: Context, letter: UUID, **what: Any) -> dict[str, Any]:
    """Return a letter that the actor reads; whoever reads a secret one stands in the trail.

    :param what: of it, where not the letter itself.
    :raises NotFound: as :func:`get_letter`.
    """
    row = await get_letter(ctx, letter)
    if row["secrecy"] != "normal":
        async with transaction(ctx):
            await audit.record(ctx, "eoffice.secret.read", f"letter/{letter}", **what)
    return row


async def record(ctx: Context, action: str, letter: Mapping[str, Any], /, **detail: Any) -> None:
    """Note in the trail what was done with a letter; of a secret one only that it was done.

    :param letter: its ``id`` and ``secrecy``.
    """
    told = detail if letter["secrecy"] == "normal" else {}
    await audit.record(ctx, action, f"letter/{letter['id']}", **told)


async def head_of(ctx: Context, letter: UUID) -> Mapping[str, Any]:
    """Return ``id`` and ``secrecy`` of a letter there is, whoever asks."""
    async with transaction(ctx):
        [row] = await Letter.select(Letter.id, Letter.secrecy).where(
            Letter.of(ctx), Letter.id == letter
        )
    head: Mapping[str, Any] = row
    return head


async def answers_to(ctx: Context, letter: UUID) -> Sequence[Any]:
    """Return the letters that answer one, of those that the actor may see."""
    values = await seeing(ctx)
    async with transaction(ctx) as connection:
        return list(await connection.fetch(_ANSWERS, *values, letter))


async def lock_letter(ctx: Context, letter: UUID) -> dict[str, Any]:
    """Return a letter that the actor may see, held until this transaction ends.

    :raises NotFound: as :func:`get_letter`.
    """
    await get_letter(ctx, letter)
    row: dict[str, Any] | None = (
        await Letter.select()
        .where(Letter.of(ctx), Letter.id == letter)
        .lock_rows("UPDATE")
        .first()
        .output(load_json=True)
    )
    if row is None:
        raise NotFound(NO_LETTER)
    return row


async def list_readers(
    ctx: Context, letter: UUID, accounts: Iterable[UUID], *, given_by: UUID | None = None
) -> None:
    """Put people on the list of a secret letter, in the transaction that is open.

    :param given_by: the endorsement that sends it to them.
    """
    rows = [
        {
            "tenant_id": ctx.tenant.id,
            "letter_id": letter,
            "account": account,
            "added_at": ctx.now,
            "added_by": ctx.actor.id,
            "given_by": given_by,
        }
        for account in dict.fromkeys(accounts)
    ]
    await write_now()  # The letter itself may have been left for the commit.
    if rows and await add_all(Reader, rows, unless=("tenant_id", "letter_id", "account")):
        added = [str(row["account"]) for row in rows]
        await audit.record(ctx, "eoffice.reader.added", f"letter/{letter}", accounts=added)


async def list_registrars(ctx: Context, letter: UUID) -> None:
    """Put the registrars on the list of a secret letter that has come."""
    holders = await people.holders_of(ctx, SECRETS)
    await list_readers(ctx, letter, [one["id"] for one in holders])


async def strike_readers(
    ctx: Context, letter: UUID, given_by: UUID, *, but: Collection[UUID]
) -> None:
    """Take those from the list of a secret letter who are on it by an endorsement alone.

    :param but: to whom it went by another as well.
    """
    which: Any = (Reader.letter_id == letter) & (Reader.given_by == given_by)
    if but:
        which = which & Reader.account.not_in(list(but))
    struck = await Reader.delete().where(Reader.of(ctx), which).returning(Reader.account)
    if struck:
        taken = [str(row["account"]) for row in struck]
        await audit.record(ctx, "eoffice.reader.struck", f"letter/{letter}", accounts=taken)


async def readers_of(ctx: Context, letter: UUID) -> Sequence[UUID]:
    """Return who is on the list of a letter."""
    async with transaction(ctx):
        rows = await Reader.select(Reader.account).where(Reader.of(ctx), Reader.letter_id == letter)
    return [row["account"] for row in rows]


def may_register(ctx: Context, secrecy: str) -> bool:
    """Return whether the actor may enter a letter in its register."""
    right = REGISTER if secrecy == "normal" else SECRETS
    return ctx.actor.kind == "system" or ctx.actor.may(right)
