"""Send a signed letter to the agencies it is for: one parcel for each."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.api import Conflict, Context, Text, need, new_id, transaction
from plugins.eoffice.rules.dispatching import BY_NUMBER, steps
from plugins.eoffice.rules.drafts import lines
from plugins.eoffice.rules.parcels import Agency, Enclosed, Parcel, Reference
from plugins.eoffice.rules.states import SENT
from plugins.eoffice.service import channels, correspondents, dispatches, telling
from plugins.eoffice.service.access import lock_letter, record
from plugins.eoffice.service.files import files_of
from plugins.eoffice.service.rights import REGISTER

_THERE = Text(
    "หนังสือนี้ส่งถึงหน่วยงานนี้แล้ว หรือกำลังส่งอยู่", "The letter went to this agency, or is on its way there."
)
_UNSIGNED = Text("ส่งได้เฉพาะหนังสือที่ลงนามแล้ว", "Only a signed letter can be sent.")


async def post_letter(ctx: Context, letter: Mapping[str, Any], agencies: Sequence[str]) -> None:
    """Queue a signed letter for agencies, in the transaction that is open.

    :param letter: its row, with number and day.
    :param agencies: ids in the address book; one that is for letters by hand gets none here.
    """
    if not agencies:
        return
    files = [
        _enclosed(one) for one in await files_of(ctx, letter["id"]) if one["role"] != "stamped"
    ]
    main = next(one for one in files if one[0] == "signed")[1]
    fields = letter["content"].get("fields", {})
    own = await _own(ctx)
    for id in dict.fromkeys(agencies):
        to = await correspondents.get(ctx, UUID(id))
        if to["channel"] == "hand":
            continue
        parcel = Parcel(
            id=new_id(),
            number=letter["number"],
            dated_on=letter["dated_on"],
            subject=letter["subject"],
            secrecy="secret" if letter["secrecy"] != "normal" else "normal",
            speed=letter["speed"],
            sender=own,
            receiver=Agency(
                name=to["name"],
                post=to["post"],
                mailbox=to["mailbox"],
                department=to["department"],
                node=to["node"],
            ),
            references=tuple(Reference(number=one) for one in lines(fields.get("references", ""))),
            enclosures=fields.get("enclosures", ""),
            main=main,
            attachments=tuple(one for role, one in files if role == "enclosed"),
            sent_on=ctx.today,
        )
        behind = await _withdrawal(ctx, letter, to)
        await dispatches.queue(ctx, letter["id"], to, parcel, behind=behind)


async def _own(ctx: Context) -> Agency:
    return Agency(
        name=ctx.tenant.name.th,
        mailbox=ctx.tenant.email,
        department=(await channels.config_of(ctx, "ecms")).get("department", ""),
        node=ctx.origin,
    )


async def _withdrawal(
    ctx: Context, letter: Mapping[str, Any], to: Mapping[str, Any]
) -> UUID | None:
    """Withdraw a letter that did not go well to an agency, where its number is free only then.

    :returns: the dispatch that says so; None where there is nothing to withdraw.
    :raises Conflict: it has the letter, or is to get it.
    """
    if to["channel"] not in BY_NUMBER:
        return None
    last = await dispatches.last_to(ctx, letter["id"], to["id"])
    if last is None or last["state"] == "withdrawn" or last["channel"] != to["channel"]:
        return None
    if "anew" not in steps(last["channel"], last["state"]):
        raise Conflict(_THERE)
    return await telling.say(ctx, last, "withdrawn")


def _enclosed(file: Mapping[str, Any]) -> tuple[str, Enclosed]:
    enclosed = Enclosed(
        name=file["name"], mime=file["mime"], digest=file["digest"], size=file["size"]
    )
    return file["role"], enclosed


async def send_more(ctx: Context, letter: UUID, agency: UUID) -> None:
    """Send a signed letter to one more agency, or once more to one that did not take it.

    :raises Conflict: it is not signed.
    """
    need(ctx, REGISTER)
    async with transaction(ctx):
        row = await lock_letter(ctx, letter)
        if row["way"] != "out" or row["state"] not in SENT:
            raise Conflict(_UNSIGNED)
        await post_letter(ctx, row, [str(agency)])
        await record(ctx, "eoffice.letter.sent", row, to=str(agency))
