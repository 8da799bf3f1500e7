"""What a case asks for, for the plugin whose service it is: answers as values, who, who decided."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, NotFound, Text, transaction
from kit.casework.applicant import Applicant, open_answers
from kit.casework.examination import Examination
from kit.casework.service.acting import Open
from kit.casework.service.examining import found_in
from kit.casework.service.lines import declared
from kit.casework.states import Act, Status
from kit.casework.tables import Case, Moment
from kit.documents import quoted_number

_NONE = Text("ไม่พบเรื่องนี้ ตรวจเลขรับอีกครั้ง", "There is no such case. Check the number.")


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
    found = await read_requests(ctx, [case])
    if case not in found:
        raise NotFound(_NONE)
    return found[case]


async def read_requests(ctx: Context, cases: Collection[UUID]) -> Mapping[UUID, Request]:
    """Return what cases ask for, by id; those that are not there are left out."""
    if not cases:
        return {}
    async with transaction(ctx):
        rows = (
            await Case.objects()
            .where(Case.of(ctx), Case.id.is_in(list(cases)))
            .output(load_json=True)
        )
        moments = (
            await Moment.select(Moment.case_id, Moment.actor, Moment.actor_name)
            .where(Moment.of(ctx), Moment.case_id.is_in(list(cases)), Moment.act == Act.APPROVE)
            .order_by(Moment.id)
        )
    services = await declared(ctx, {(row.service, row.version) for row in rows})
    # The last one counts.
    decided = {one["case_id"]: (one["actor"], one["actor_name"]) for one in moments}
    opened = [Open(row, services[row.service, row.version]) for row in rows]
    return {one.case.id: _request(ctx, one, decided.get(one.case.id)) for one in opened}


def _request(ctx: Context, opened: Open, decided: tuple[UUID | None, str] | None) -> Request:
    row = opened.case
    return Request(
        id=row.id,
        number=quoted_number(row.number, row.year),
        service=row.service,
        status=opened.status,
        answers=open_answers(ctx, opened.service.form, opened.answers, row.id),
        applicant=Applicant(
            name=row.applicant_name, phone=row.phone, email=row.email, account=row.applicant
        ),
        decided_by=decided,
        found=found_in(opened),
        bill=opened.bill,
        paper=row.paper,
    )


def as_decided(ctx: Context, request: Request) -> Context:
    """Return the context in the name of who approved, though a job acts."""
    if request.decided_by is None:
        return ctx
    id, name = request.decided_by
    return replace(ctx, actor=replace(ctx.actor, id=id, name=name))


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
        raise NotFound(_NONE)
    return Course(
        number=quoted_number(row["number"], row["year"]),
        service=row["service"],
        filed_at=row["filed_at"],
        reached={one["detail"].get("status", ""): one["at"] for one in moments},
    )
