"""What happens to places as their cases are filed, decided and ended.

News come late, twice and in any order: each piece enters or changes a place only if that was not
done, and whatever is decided of a case finds its place entered.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, Text, transaction
from kit.casework import (
    Request,
    Status,
    as_decided,
    follow_granted,
    read_course,
    read_request,
)
from kit.documents import papers_of
from kit.geo import Address
from kit.thai import local, said_day
from plugins.food_cert.rules.after import AFTER, RENEW
from plugins.food_cert.rules.findings import instrument_of
from plugins.food_cert.rules.instrument import LICENSE, NOTIFY
from plugins.food_cert.rules.places import INSTRUMENTS, LICENCE, OWES, State
from plugins.food_cert.service import first
from plugins.food_cert.service.carrying import CARRIER
from plugins.food_cert.service.offering import same_of, shown_before
from plugins.food_cert.service.places import (
    change_place,
    enter_place,
    get_place,
    keep_paper,
    papers_about,
    place_of_case,
    same_place,
)
from plugins.food_cert.service.renewing import follow_renewal
from plugins.food_cert.service.requests import (
    end_request,
    note_request,
    place_of_request,
    shown_place,
)
from plugins.food_cert.service.swapping import swap_instrument
from plugins.food_cert.tables.register import Place

_OWN = (NOTIFY, LICENSE)
_NOTIFIED = Text("แจ้งแล้ว ได้ใบรับแจ้ง เปิดได้", "Notified; the receipt lets it be run")
_APPLIED = Text("ขอใบอนุญาต", "A licence was asked for")
_ISSUED = Text("ออก{paper} เลขที่ {number}", "{paper} no. {number} was issued")
_UNTIL = Text("ออก{paper} เลขที่ {number} ใช้ได้ถึง {day}", "{paper} no. {number}, until {day}")
_REVOKED = Text("เอกสารถูกเพิกถอน", "Its paper was taken back")
_ENDS: Mapping[str, tuple[State, str, Text]] = {
    Status.LAPSED: (State.LAPSED, "lapsed", Text("การแจ้งสิ้นผล หรือคืนคำขอ", "It lapsed")),
    Status.REJECTED: (State.REFUSED, "refused", Text("ไม่อนุญาต", "Refused")),
    Status.CANCELLED: (State.CLOSED, "closed", Text("ผู้ยื่นขอยกเลิก", "Taken back by who filed")),
}


async def follow_filed(ctx: Context, case: UUID, service: str) -> None:
    """Enter the place of a notice or request, or note about which place a request is."""
    if service in _OWN:
        await _entered(ctx, await read_request(ctx, case))
    elif service in AFTER:
        await _noted(ctx, await read_request(ctx, case))


async def _entered(ctx: Context, request: Request) -> UUID | None:
    """Return the place of a case, entered now where it was not; None where it is none of its own.

    The request of a place that needs the other paper is about that place; so is one that came in
    the same moment as another of the same place.
    """
    known = await place_of_case(ctx, request.id)
    if known is not None:
        found: UUID = known["id"]
        return found
    about = await place_of_request(ctx, request.id)
    if about is not None:
        return about
    course = await read_course(ctx, request.id)
    here = replace(ctx, actor=replace(ctx.actor, name=request.applicant.name))
    grown = await shown_before(_as_applicant(ctx, request), request.answers)
    if grown is None:
        id = await _enter(here, request, local(course.filed_at).date())
        if id is not None:
            return id
        grown = await same_place(ctx, same_of(request.answers))
    if grown is not None:
        await note_request(ctx, request, grown["id"], filed_at=course.filed_at)
    return grown["id"] if grown else None


def _as_applicant(ctx: Context, request: Request) -> Context:
    """Return the context of who filed, as far as rights of an account go."""
    account = request.applicant.account
    if account is None:
        return ctx
    return replace(ctx, actor=replace(ctx.actor, kind="citizen", id=account))


async def _enter(ctx: Context, request: Request, filed_on: Any) -> UUID | None:
    licence = request.service == LICENSE
    async with transaction(ctx):
        id = await enter_place(ctx, _facts(request), opened_on=filed_on)
        if id is None:
            return None
        place = await get_place(ctx, id)
        what, words = ("applied", _APPLIED) if licence else ("notified", _NOTIFIED)
        await change_place(ctx, place, {}, what=what, words=words, case=request.id, day=filed_on)
        subject = f"case/{request.id}"
        for paper in await papers_of(ctx, subject):
            if paper["id"] != request.paper:
                kept = {"paper": paper["id"], "number": paper["number"], "subject": subject}
                await keep_paper(ctx, id, what="receipt", **kept)
    return id


def _facts(request: Request) -> dict[str, Any]:
    answers, applicant = request.answers, request.applicant
    site = Address(**answers["site"])
    licence = request.service == LICENSE
    return {
        "name": answers["business_name"],
        "kind": answers["kind"],
        "instrument": instrument_of(request.service),
        "area": Decimal(str(answers["area"])),
        "workers": int(answers["workers"]),
        "holder": holder_of(request),
        "company_id": answers.get("company_id", ""),
        "phone": applicant.phone or "",
        "account": applicant.account,
        "subdistrict": site.subdistrict,
        "address": site.one_line("th"),
        "site": msgspec.to_builtins(site),
        "pin": answers.get("pin"),
        "sameness": same_of(answers),
        "state": State.APPLIED if licence else State.NOTIFIED,
        "case_id": request.id,
    }


def holder_of(request: Request) -> str:
    """Return in whose name the paper of a request is: company, owner, or who filed."""
    answers = request.answers
    name = answers.get("company_name") or answers.get("holder_name") or request.applicant.name
    return str(name)


async def _noted(ctx: Context, request: Request) -> None:
    """Note about which place a request is, where who filed has shown to run it."""
    here = _as_applicant(ctx, request)
    place = await shown_place(
        here, request.answers.get("paper"), request.answers.get("paper_phone")
    )
    if place is None:
        return
    course = await read_course(ctx, request.id)
    new = await note_request(ctx, request, place["id"], filed_at=course.filed_at)
    if new and request.service == RENEW:
        await follow_renewal(ctx, place["id"])


async def follow_moved(ctx: Context, case: UUID, service: str, status: str) -> None:
    """Carry out in the register what was decided of a case."""
    if service in _OWN:
        await _decided(ctx, case, status)
    elif service in AFTER:
        await follow_granted(ctx, CARRIER, case, service, status)
        if status in (*_ENDS, Status.ISSUED):
            ended = await end_request(ctx, case)
            if ended and service == RENEW:
                await follow_renewal(ctx, ended["place_id"])


async def _decided(ctx: Context, case: UUID, status: str) -> None:
    if status not in (*_ENDS, Status.ISSUED):
        return
    request = await read_request(ctx, case)
    id = await _entered(ctx, request)
    if id is None:
        return
    place = await get_place(ctx, id)
    if status == Status.ISSUED:
        await _issued(as_decided(ctx, request), request, place)
    elif place["case_id"] == case and place["state"] in (State.APPLIED, State.NOTIFIED):
        state, what, words = _ENDS[status]
        values = {Place.state: state, Place.closed_on: ctx.today}
        await change_place(ctx, place, values, what=what, words=words, case=case)
    else:
        await end_request(ctx, case)


async def _issued(ctx: Context, request: Request, place: Mapping[str, Any]) -> None:
    """Note the certificate or licence of a place, and ask for its first fee; once."""
    subject = f"case/{request.id}"
    paper = next(one for one in await papers_of(ctx, subject) if one["id"] == request.paper)
    if paper["id"] in {one["paper"] for one in await papers_about(ctx, place["id"])}:
        return
    instrument = instrument_of(request.service)
    issued_on = local(paper["issued_at"]).date()
    until = request.found.paper.last_day(issued_on)
    values: dict[Any, Any] = {
        Place.state: _state_with(place, paper),
        Place.instrument: instrument,
        Place.paper: paper["id"],
        Place.paper_number: paper["number"],
        Place.issued_on: issued_on,
        Place.until: until,
    }
    words = (_UNTIL if until else _ISSUED).format(
        paper=INSTRUMENTS[instrument],
        number=paper["number"],
        day=said_day(until) if until else "",
    )
    what = "licensed" if instrument == LICENCE else "certified"
    async with transaction(ctx):
        if place["case_id"] != request.id:
            values |= await swap_instrument(ctx, place, request, issued_on)
        elif instrument == LICENCE:
            # A licence counts, and costs, from its own day.
            values |= {Place.begun_on: issued_on, Place.opened_on: issued_on}
        await change_place(ctx, place, values, what=what, words=words, case=request.id)
        kept = {"paper": paper["id"], "number": paper["number"], "subject": subject}
        await keep_paper(ctx, place["id"], what=instrument, **kept)
        await end_request(ctx, request.id)
        await first.begin_fees(ctx, await get_place(ctx, place["id"]), request.bill)


def _state_with(place: Mapping[str, Any], paper: Mapping[str, Any]) -> str:
    """Return how a place stands with a paper; one that is ordered to stop stays so."""
    if paper["revoked_at"]:
        return State.REVOKED
    waited = place["state"] in (State.APPLIED, State.NOTIFIED)
    return State.VALID if waited else str(place["state"])


async def follow_revoked(ctx: Context, paper: UUID) -> None:
    """Note that the paper by which a place is run was taken back; of others nothing follows."""
    async with transaction(ctx):
        row = (
            await Place.select()
            .where(Place.of(ctx), Place.paper == paper, Place.state.is_in(sorted(OWES)))
            .first()
        )
    if row is not None:
        values = {Place.state: State.REVOKED, Place.closed_on: ctx.today, Place.renewing: None}
        await change_place(ctx, row, values, what="revoked", words=_REVOKED)
