"""File a case: numbered, pinned, audited, announced, once."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Literal, NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from core.api import (
    Context,
    InvalidInput,
    Text,
    TooMany,
    add_later,
    attempts,
    audit,
    in_transaction,
    into,
    new_id,
    numbers,
    publish,
    transaction,
    write_now,
)
from kit.casework.applicant import Applicant, fingerprint, seal, seal_answers
from kit.casework.declaration import Service
from kit.casework.messages import tell_person
from kit.casework.service.catalogue import pin
from kit.casework.service.examining import examine, kept
from kit.casework.service.moments import note_moment
from kit.casework.service.notifying import begun, confirm
from kit.casework.states import Post, Status
from kit.casework.tables import Attachment, Case
from kit.documents import new_code, quoted_number
from kit.thai import buddhist_year, search_vector

Channel = Literal["online", "counter", "api"]
_CASES = into(Case)


class Filed(msgspec.Struct, frozen=True):
    """What the citizen takes home.

    :param number: e.g. ``1254/2569``.
    :param track: twelve characters; whoever holds them may follow the case.
    :param again: the same was sent before, and this is the case it became then.
    """

    id: UUID
    number: str
    track: str
    again: bool = False


async def file_case(
    ctx: Context,
    *,
    service: Service,
    applicant: Applicant,
    answers: Mapping[str, Any],
    key: str,
    channel: Channel = "online",
    attachments: Sequence[UUID] = (),
    seen: Sequence[Text] = (),
) -> Filed:
    """File a case.

    The legal clock does not run yet: it starts on the day on which an officer
    finds the file complete. Of a notice it runs, and the receipt is issued.

    :param answers: values of the service's form, read by ``kit.forms``.
    :param key: up to 80 characters; the same key is the same case, however often it is sent.
    :param attachments: of the draft, in the store already.
    :param seen: names of the documents whose originals the officer at the counter saw.
    :raises InvalidInput: the rules of the service do not let it be filed so.
    :raises NotExamined: they do not answer now.
    :raises TooMany: another system sent more of one address than :func:`count_filing` lets.
    :raises RuntimeError: within a transaction, which a second sending could not leave.
    """
    if in_transaction():
        raise RuntimeError("a case is filed in a transaction of its own")
    found = await examine(ctx, service, answers)
    if found.problems:
        if (before := await find_filed(ctx, key)) is not None:
            return before
        raise InvalidInput(found.problems)
    version = await pin(ctx, service)
    case = _row(ctx, service, version, applicant, answers, key, channel)
    case["examined"] = kept(found)
    # What people file was counted when they began.
    attempt = attempts.Attempt.of(ctx, *_counted(ctx)) if channel == "api" else None
    filing = _Filing(ctx, service, case, attachments, seen, attempt)
    try:
        filed: Filed | TooMany = await ctx.host.batches.join(ctx, "casework.filing", filing, _file)
    except _Known as known:
        if attempt:
            await count_filing(ctx)
        if (before := await find_filed(ctx, key)) is None:
            raise RuntimeError(f"the key {key!r} is taken by no case") from known
        return before
    if isinstance(filed, TooMany):
        raise filed
    return filed


class _Known(Exception):
    """A key is taken: this transaction gives its numbers back."""


async def count_filing(ctx: Context) -> None:
    """Count what is begun or filed from the address of the request within this hour.

    :raises TooMany: it is more than an office, a school or a telephone company would send.
    """
    await attempts.take(ctx, *_counted(ctx))


def _counted(ctx: Context) -> tuple[str, str, attempts.Allowance]:
    return "file from", f"{ctx.address} {ctx.now:%j %H}", attempts.FILINGS


class _Filing(NamedTuple):
    ctx: Context
    service: Service
    case: dict[str, Any]
    attachments: Sequence[UUID]
    seen: Sequence[Text]
    attempt: attempts.Attempt | None


async def _file(ctx: Context, filings: Sequence[_Filing]) -> list[Filed | TooMany]:
    """File what has come for a municipality at the same moment, by whomever."""
    try:
        async with transaction(ctx):
            refused = await _count(ctx, filings)
            taken = [one for one in filings if id(one) not in refused]
            for year, same in groupby([one.case for one in taken], key=_year):
                some = list(same)
                drawn = await numbers.draw_some(ctx, f"casework/{year}", len(some))
                for number, case in zip(drawn, some, strict=True):
                    case["number"] = number
                    add_later(_CASES, case)
            filed = [refused.get(id(one)) or await _announce(one) for one in filings]
            await _take_attachments(ctx, taken)
            return filed
    except asyncpg.UniqueViolationError as clash:
        if clash.constraint_name != "case_key_key":
            raise
        raise _Known from clash


async def _count(ctx: Context, filings: Sequence[_Filing]) -> Mapping[int, TooMany]:
    """Count what other systems send; return the refusals by the identity of the filing."""
    counted = [(id(one), one.attempt) for one in filings if one.attempt]
    answers = await attempts.count(ctx, [attempt for _, attempt in counted])
    return {which: no for (which, _), no in zip(counted, answers, strict=True) if no}


def _year(case: Mapping[str, Any]) -> int:
    year: int = case["year"]
    return year


async def _announce(filing: _Filing) -> Filed:
    """Write and tell what goes with a new case, in its transaction."""
    ctx, service, case, _, seen, _ = filing
    id, number = case["id"], quoted_number(case["number"], case["year"])
    detail: dict[str, Any] = {"seen": msgspec.to_builtins(seen)} if seen else {}
    if service.notice:
        detail["paper"] = str(await confirm(ctx, service, case))
    await note_moment(ctx, id, "file", public=True, channel=case["channel"], **detail)
    await audit.record(
        ctx,
        "casework.case.filed",
        f"case/{id}",
        owner=case["applicant"],
        service=service.code,
        number=number,
        **detail,
    )
    await tell_person(ctx, case, "filed")
    await publish(ctx, "on_case_filed", case=id, service=service.code, number=number)
    return Filed(id, number, case["track"])


async def find_filed(ctx: Context, key: str) -> Filed | None:
    """Return what was filed under a key before; None when nothing was."""
    async with transaction(ctx):
        row = (
            await Case.select(Case.id, Case.number, Case.year, Case.track)
            .where(Case.of(ctx), Case.key == key)
            .first()
        )
    if row is None:
        return None
    return Filed(row["id"], quoted_number(row["number"], row["year"]), row["track"], again=True)


def _row(
    ctx: Context,
    service: Service,
    version: int,
    applicant: Applicant,
    answers: Mapping[str, Any],
    key: str,
    channel: Channel,
) -> dict[str, Any]:
    id = new_id()
    counter = channel == "counter"
    national_id = applicant.national_id
    subject = _subject(service, answers)
    return {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "number": 0,  # drawn in the transaction
        "year": buddhist_year(ctx.today),
        "service": service.code,
        "version": version,
        "subject": subject,
        "unit": service.unit,
        "status": Status.SUBMITTED,
        "waits_for": Post.REGISTRY,
        "applicant": applicant.account,
        "applicant_name": applicant.name,
        "applicant_id": seal(ctx, national_id, id) if national_id else None,
        "applicant_print": fingerprint(ctx, national_id) if national_id else None,
        "phone": applicant.phone,
        "email": applicant.email,
        "answers": seal_answers(ctx, service.form, answers, id),
        "channel": channel,
        "filed_by": ctx.actor.id if counter else None,
        "filed_at": ctx.now,
        "extensions": 0,
        "track": new_code(),
        "key": key,
        "revision": 1,
        "changed_at": ctx.now,
        "changed_by": ctx.actor.name or applicant.name,
        "language": ctx.language,
        "search": search_vector(subject, service.title.th, applicant.name, within=ctx.tenant.id),
    } | (begun(ctx, service) if service.notice else {})


def _subject(service: Service, answers: Mapping[str, Any]) -> str:
    """Return what the case is about: the answer that the service says names it."""
    if service.subject is None:
        return ""
    return str(answers.get(service.subject, ""))[:300]


async def _take_attachments(ctx: Context, filings: Sequence[_Filing]) -> None:
    with_files = [one for one in filings if one.attachments]
    if with_files:
        await write_now()  # the cases, to which they shall belong
    for one in with_files:
        await Attachment.update({Attachment.case_id: one.case["id"]}).where(
            Attachment.of(ctx),
            Attachment.id.is_in(list(one.attachments)),
            Attachment.case_id.is_null(),
        )
