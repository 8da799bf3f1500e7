"""What a case asks for, for the plugin whose service it is: answers as values, who, who decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, NotFound, Text, transaction
from kit.casework.applicant import Applicant, open_answers
from kit.casework.examination import Examination
from kit.casework.service.acting import take
from kit.casework.service.examining import found_in
from kit.casework.states import Act, Status
from kit.casework.tables import Case, Moment
from kit.documents import quoted_number


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A case as its plugin carries it out.

    :ivar number: what the citizen quotes.
    :ivar answers: values of the form, by field.
    :ivar applicant: without the national ID, which no plugin needs.
    :ivar decided_by: id and name of who approved; None before that.
    :ivar found: what the rules of the service found when it was filed.
    :ivar bill: of the treasury, for its fee; None before it is approved.
    :ivar paper: what was issued at the end; None before that.
    """

    id: UUID
    number: str
    service: str
    status: Status
    answers: Mapping[str, Any]
    applicant: Applicant
    decided_by: tuple[UUID | None, str] | None
    found: Examination
    bill: UUID | None
    paper: UUID | None


async def read_request(ctx: Context, case: UUID) -> Request:
    """Return what a case asks for.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        opened = await take(ctx, case)
        decided = (
            await Moment.select(Moment.actor, Moment.actor_name)
            .where(Moment.of(ctx), Moment.case_id == case, Moment.act == Act.APPROVE)
            .order_by(Moment.id, ascending=False)
            .first()
        )
    row = opened.case
    return Request(
        id=case,
        number=quoted_number(row.number, row.year),
        service=row.service,
        status=opened.status,
        answers=open_answers(ctx, opened.service.form, opened.answers, case),
        applicant=Applicant(
            name=row.applicant_name, phone=row.phone, email=row.email, account=row.applicant
        ),
        decided_by=(decided["actor"], decided["actor_name"]) if decided else None,
        found=found_in(opened),
        bill=opened.bill,
        paper=row.paper,
    )


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """When a case reached what, for a plugin that counts its time.

    :ivar number: what the citizen quotes.
    :ivar reached: when it first stood where, by a value of ``kit.casework.Status``.
    """

    number: str
    service: str
    filed_at: datetime
    reached: Mapping[str, datetime]


async def read_course(ctx: Context, case: UUID) -> Course:
    """Return when a case reached what.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = (
            await Case.select(Case.number, Case.year, Case.service, Case.filed_at)
            .where(Case.of(ctx), Case.id == case)
            .first()
        )
        moments = (
            await Moment.select(Moment.at, Moment.detail)
            .where(Moment.of(ctx), Moment.case_id == case)
            .order_by(Moment.at, ascending=False)
            .output(load_json=True)
        )
    if row is None:
        raise NotFound(Text("ไม่พบเรื่องนี้", "There is no such case."))
    return Course(
        number=quoted_number(row["number"], row["year"]),
        service=row["service"],
        filed_at=row["filed_at"],
        reached={one["detail"].get("status", ""): one["at"] for one in moments},
    )
