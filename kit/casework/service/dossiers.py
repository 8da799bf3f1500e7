"""A request as the office puts it on file: on paper, with what was handed in."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from core.api import Context, Text, transaction
from kit.casework.service.acting import take
from kit.casework.service.attaching import Attached, listed
from kit.casework.service.papers import as_filed, number_of
from kit.casework.service.reading import take_to_read
from kit.casework.tables import Attachment
from kit.documents import print_at_once
from kit.thai import local


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """A request on file.

    :ivar number: what the citizen quotes.
    :ivar applicant: "" of who gave no name.
    :ivar paper: the request as a PDF, what is personal in it masked.
    :ivar files: what was handed in and not replaced, in its order; it is in the store.
    """

    number: str
    filed_on: date
    service: Text
    subject: str
    applicant: str
    paper: bytes
    files: Sequence[Attached]


async def read_dossier(ctx: Context, case: UUID) -> Dossier:
    """Return a request as it is put on file; that an officer read it is recorded.

    :raises NotFound: there is no such case.
    :raises NotAllowed: it belongs to a division whose cases the officer may not read.
    """
    async with transaction(ctx):
        opened = await (take if ctx.actor.kind == "system" else take_to_read)(ctx, case)
        rows = (
            await Attachment.select()
            .where(Attachment.of(ctx), Attachment.case_id == case, Attachment.removed_at.is_null())
            .order_by(Attachment.id)
        )
    return Dossier(
        number=number_of(opened),
        filed_on=local(opened.case.filed_at).date(),
        service=opened.service.title,
        subject=opened.case.subject,
        applicant=opened.case.applicant_name,
        paper=await print_at_once(ctx, "general", as_filed(ctx, opened)),
        files=[listed(row) for row in rows],
    )
