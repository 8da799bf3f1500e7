"""Begin a request with what is known already: of a case that has ended, or of a plugin's register.

It is filled into the pages as if it had been typed, and read when they are sent, like all else.
Who has to show first that it is theirs is for the caller to ask.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.api import Conflict, Context, NotFound, Text, transaction
from kit.casework.applicant import open_answers, questions, unseal
from kit.casework.declaration import Service
from kit.casework.service.acting import Open, take
from kit.casework.service.catalogue import offered
from kit.casework.service.drafts import begin
from kit.casework.states import Status
from kit.forms import fill

# From here what was asked for can be asked for once more.
_ENDED = frozenset({Status.REJECTED, Status.LAPSED, Status.CANCELLED})
_NOT_ENDED = Text(
    "เรื่องนี้ยังไม่สิ้นสุด หรือได้รับเอกสารแล้ว จึงไม่ต้องยื่นใหม่ ดูสถานะในหน้าติดตามเรื่อง",
    "This request has not ended, or its paper was issued: there is no need. See its page.",
)
_CLOSED = Text(
    "บริการนี้ไม่เปิดรับทางออนไลน์แล้ว สอบถามได้ที่สำนักงาน",
    "This service is not open online any more. Ask at the office.",
)


async def begin_filled(
    ctx: Context, service: Service, values: Mapping[str, Any]
) -> tuple[UUID, str]:
    """Begin a draft in which something stands already.

    :param values: answers by field, of the form and of the questions about the person; what is
        no field of the service is left out.
    :returns: its id, and the token that opens it.
    """
    fields = (*questions(service.applying), *service.form)
    return await begin(ctx, service, fill(fields, values))


async def known_of_case(ctx: Context, case: UUID) -> dict[str, Any]:
    """Return what was filed in a case, as :func:`begin_filled` takes it, for whom it is about.

    The national ID is among it for the account alone that filed.

    :raises NotFound: there is no such case, or it is kept no longer.
    """
    async with transaction(ctx):
        opened = await take(ctx, case)
    return _person(ctx, opened) | _answers(ctx, opened)


def _is_own(ctx: Context, opened: Open) -> bool:
    return opened.case.applicant is not None and opened.case.applicant == ctx.actor.id


def _person(ctx: Context, opened: Open) -> dict[str, Any]:
    row = opened.case
    person = {"name": row.applicant_name, "phone": row.phone, "email": row.email}
    if _is_own(ctx, opened) and row.applicant_id is not None:
        person["national_id"] = unseal(ctx, row.applicant_id, row.id)
    return {name: value for name, value in person.items() if value}


def _answers(ctx: Context, opened: Open) -> dict[str, Any]:
    return open_answers(ctx, opened.service.form, opened.answers, opened.case.id)


def may_file_again(status: Status) -> bool:
    """Return whether a case has ended so that it can be filed again."""
    return status in _ENDED


async def file_again(ctx: Context, case: UUID) -> tuple[UUID, str]:
    """Begin what was asked for in a case that came to nothing once more, filled in.

    Who holds the code of a case sees no more of a person here than on its page: what is personal
    is filled in for the account alone that filed.

    :returns: the draft, and the token that opens it.
    :raises Conflict: the case has not ended so, or its service is offered no more.
    """
    opened = await take(ctx, case)
    if not may_file_again(opened.status):
        raise Conflict(_NOT_ENDED)
    service = (await offered(ctx)).get(opened.service.code)
    if service is None:
        raise NotFound(_CLOSED)
    if _is_own(ctx, opened):
        return await begin_filled(ctx, service, await known_of_case(ctx, case))
    personal = {field.name for field in opened.service.form if field.personal}
    known = _answers(ctx, opened)
    open_to_all = {name: value for name, value in known.items() if name not in personal}
    return await begin_filled(ctx, service, open_to_all)
