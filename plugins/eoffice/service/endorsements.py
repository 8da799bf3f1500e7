"""What was written on a letter: kept in a chain, signed by a click.

Each endorsement carries the digest of the one before, so that none can be changed, left out or put
in later without being seen.

Law: Electronic Transactions Act B.E. 2544, s. 9 (the signer is identified, and means the text).
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Context,
    add_later,
    into,
    new_id,
    people,
    posts,
    transaction,
    write_now,
)
from plugins.eoffice.service.access import record
from plugins.eoffice.service.files import files_of
from plugins.eoffice.tables.routing import Endorsement

_ENDORSEMENTS = into(Endorsement)


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody writes on a letter.

    :param to: keys of the posts that it goes to.
    :param due_on: the day by which they shall act.
    """

    action: str
    text: str = ""
    to: tuple[str, ...] = ()
    due_on: date | None = None


async def write(
    ctx: Context,
    letter: Mapping[str, Any],
    post: str,
    seat: people.Signature,
    written: Written,
    targets: Sequence[posts.Held],
) -> UUID:
    """Keep an endorsement, chained to the one before, of a letter that is held.

    :param post: key of the post that is signed in.
    :param seat: how the actor signs in it.
    """
    before = (
        await Endorsement.select(Endorsement.position, Endorsement.digest)
        .where(Endorsement.of(ctx), Endorsement.letter_id == letter["id"])
        .order_by(Endorsement.position, ascending=False)
        .first()
    )
    acting = msgspec.to_builtins(seat.acting) if seat.acting else None
    if acting is not None:
        acting |= {"order_id": str(seat.order), "order_on": str(seat.order_on)}
    files = [file["digest"] for file in await files_of(ctx, letter["id"])]
    id = new_id()
    row = {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "letter_id": letter["id"],
        "position": before["position"] + 1 if before else 1,
        "action": written.action,
        "text": written.text,
        "actor": ctx.actor.id,
        "name": seat.name,
        "post": seat.post,
        "seat": post,
        "acting": acting,
        "sent_to": [one.title.th for one in targets],
        "at": ctx.now,
        "evidence": {
            "account": str(ctx.actor.id),
            "address": ctx.address,
            "request": ctx.request,
            "files": files,
            "revision": letter["revision"],
        },
    }
    digest = digest_of(row, before["digest"] if before else "")
    add_later(_ENDORSEMENTS, row | {"digest": digest})
    await write_now()
    await record(ctx, "eoffice.letter.endorsed", letter, action=written.action)
    return id


def digest_of(endorsement: Mapping[str, Any], before: str) -> str:
    """Return the SHA-256 of an endorsement and the digest before it, in hexadecimal."""
    return sha256(f"{before}\n{plain(endorsement)}".encode()).hexdigest()


def plain(endorsement: Mapping[str, Any]) -> str:
    """Return an endorsement as the one line of JSON whose digest is in the chain."""
    fields = {name: value for name, value in endorsement.items() if name != "digest"}
    return json.dumps(
        msgspec.to_builtins(fields), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


async def endorsements_of(ctx: Context, letter: UUID) -> list[dict[str, Any]]:
    """Return what was written on a letter, in order."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Endorsement.select()
            .where(Endorsement.of(ctx), Endorsement.letter_id == letter)
            .order_by(Endorsement.position)
            .output(load_json=True)
        )
    return rows


async def is_whole(ctx: Context, letter: UUID) -> bool:
    """Return whether nothing that was written on a letter was changed or left out since."""
    before = ""
    for position, row in enumerate(await endorsements_of(ctx, letter), start=1):
        if row["position"] != position or digest_of(row, before) != row["digest"]:
            return False
        before = row["digest"]
    return True
