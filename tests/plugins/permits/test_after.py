"""What comes after a permit: filed, examined, granted and carried out in the register, once."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import InvalidInput
from core.context import EVERYWHERE, Actor, Context
from kit.casework import Examination, Post, Verdict, file_case, get_offered, read_request
from kit.casework.applicant import Applicant
from kit.casework.plugin import on_bill_settled
from kit.casework.service import examining, handling
from kit.casework.service.examining import Judging
from kit.documents import papers_of
from kit.law import in_force
from kit.thai import BANGKOK, long_day
from kit.treasury import open_till, take_cash
from plugins.permits.plugin import examine_request, on_case_moved
from plugins.permits.rules import renewal
from plugins.permits.rules.after import (
    AFTER,
    CERTIFY,
    COMPLETE,
    RENEW,
    REPLACE,
    SUPERVISE,
    TRANSFER,
    Held,
)
from plugins.permits.rules.dated import BOOK
from plugins.permits.service import inspections, nextsteps
from plugins.permits.service.history import history_of
from plugins.permits.service.register import get_permit
from plugins.permits.service.rights import CARRY
from tests.plugins.permits.conftest import rows
from tests.plugins.permits.requests import HOUSE, read_by_office
from tests.plugins.waste_fees.conftest import a_citizen

PHONE, OTHER_PHONE = "+66812345678", "+66898765432"
SOMCHAI = Applicant(name="นายสมชาย ใจดี", phone=PHONE)
SITE = {"house_no": "88/12", "subdistrict": "500109", "postcode": "50100"}
PIN = {"lat": 18.7412, "lon": 98.95}
WHICH: dict[str, Any] = {"permit": "1/2569", "permit_phone": PHONE}
ASKED: dict[str, dict[str, Any]] = {
    RENEW: {"work": "build", "stage": "structure", "reason": "ฝนตก", "days": 100},
    SUPERVISE: {
        "change": "first",
        "begin_on": "2026-12-01",
        "end_on": "2027-05-31",
        "supervisor": "engineer",
        "supervising_engineer_name": "นายอนันต์ มั่นคง",
        "supervising_engineer_licence": "สย.1234",
    },
    REPLACE: {"what": "lost", "known_on": "2026-11-18"},
    TRANSFER: {
        "ground": "consent",
        "new_holder": "นางบัวผัน ใจยา",
        "new_holder_id": "1101700230708",
        "new_phone": OTHER_PHONE,
        "new_address": SITE,
    },
    COMPLETE: {"use": "house", "done_on": "2026-11-19"},
    CERTIFY: {"use": "shop", "done_on": "2026-11-19"},
}


@pytest.fixture
async def office(ctx: Context) -> Context:
    """An officer who sits at every desk of the municipality."""
    held = {f"casework.as_{post}": EVERYWHERE for post in Post}
    held |= dict.fromkeys(("casework.read", "treasury.collect", "treasury.read"), EVERYWHERE)
    held[CARRY] = EVERYWHERE
    actor = Actor(kind="officer", id=uuid4(), name="วิชัย สร้างบ้าน", post="นายก", permissions=held)
    made = replace(ctx, actor=actor)
    await open_till(made, "1")
    return made


def on(ctx: Context, day: date) -> Context:
    return replace(ctx, now=datetime(day.year, day.month, day.day, 10, tzinfo=BANGKOK))


async def filed(ctx: Context, code: str, answers: dict[str, Any], who: Applicant = SOMCHAI) -> UUID:
    service = await get_offered(ctx, code)
    one = await file_case(ctx, service=service, applicant=who, answers=answers, key=str(uuid4()))
    return one.id


async def decided(office: Context, case: UUID, cash: Context | None = None) -> None:
    """Take a case to its end: what is doubted judged, approved, paid, its paper issued."""
    found = (await read_request(office, case)).found
    [row] = await rows(office, "SELECT service FROM casework.case WHERE id = $1", case)
    service, revision = await get_offered(office, row["service"]), 1
    if not service.notice:
        await handling.accept(office, case, revision=revision)
        revision += 1
    judgings = [Judging(one.rule, holds=True, why="ตรวจแล้ว") for one in found.doubts]
    if judgings:
        await examining.judge(office, case, judgings)
    for _ in service.steps[1:]:
        await handling.forward(office, case, opinion="", revision=revision)
        revision += 1
    await handling.approve(office, case, opinion="", revision=revision)
    [row] = await rows(office, "SELECT bill FROM casework.case WHERE id = $1", case)
    if row["bill"]:
        fee, cash = found.fee, cash or office
        await take_cash(cash, row["bill"], amount=fee, tendered=fee, till="1", key=str(uuid4()))
        await on_bill_settled(office, event=uuid4(), bill=row["bill"])


async def told(ctx: Context, case: UUID) -> None:
    """Deliver the event of an issued case twice, as it may be."""
    [row] = await rows(ctx, "SELECT service, status FROM casework.case WHERE id = $1", case)
    assert row["status"] == "issued"
    for _ in range(2):
        await on_case_moved(
            ctx, event=uuid4(), case=case, service=row["service"], status=row["status"]
        )


async def carried(ctx: Context, office: Context, code: str, more: Any = None) -> UUID:
    case = await filed(ctx, code, WHICH | ASKED[code] | (more or {}))
    await decided(office, case)
    await told(ctx, case)
    return case


@pytest.fixture
async def permit(ctx: Context, office: Context) -> dict[str, Any]:
    """A permit for a house that was issued today, number 1/2569, for 240 days."""
    answers = HOUSE | {"site": SITE, "pin": PIN}
    case = await filed(ctx, "permits.small", answers)
    await decided(office, case)
    await told(ctx, case)
    return await get_permit(ctx, "1/2569")


def verdicts(found: Examination) -> dict[str, Verdict]:
    return {one.rule: one.verdict for one in found.findings}


async def examined(ctx: Context, code: str, answers: dict[str, Any]) -> Examination:
    service = await get_offered(ctx, code)
    return await examine_request(ctx, service=service, answers=answers, on=ctx.today)


async def paper_of(ctx: Context, case: UUID) -> dict[str, Any]:
    id = (await papers_of(ctx, f"case/{case}"))[-1]["id"]
    [row] = await rows(ctx, "SELECT contents::text FROM documents.paper WHERE id = $1", id)
    contents: dict[str, Any] = msgspec.json.decode(row["contents"])
    return contents


async def test_a_permit_is_renewed_once_until_the_day_that_its_paper_says(
    ctx: Context, office: Context, permit: dict[str, Any]
) -> None:
    until: date = permit["until"]
    assert until == ctx.today + timedelta(days=240)
    last, after = on(ctx, until), on(ctx, until + timedelta(days=1))
    with pytest.raises(InvalidInput) as refused:
        await filed(after, RENEW, WHICH | ASKED[RENEW])
    assert "หยุดงานไว้ก่อน แล้วยื่นขอใบอนุญาตใหม่" in refused.value.problems["permit"].th
    wrong = (await examined(last, RENEW, WHICH | ASKED[RENEW] | {"work": "alter"})).problems
    assert list(wrong) == ["work"]

    first = await filed(last, RENEW, WHICH | ASKED[RENEW])
    second = await filed(last, RENEW, WHICH | ASKED[RENEW])
    found = (await read_request(ctx, first)).found
    assert (found.fee, verdicts(found)["holder"], verdicts(found)["in-time"]) == (
        2000,
        Verdict.PASS,
        Verdict.PASS,
    )
    assert "ทำงานต่อได้" in found.way.th
    # It is granted when the day has passed already: the work went on meanwhile.
    later = on(office, until + timedelta(days=5))
    await decided(later, first, office)
    await told(after, first)

    renewed = await get_permit(ctx, "1/2569")
    assert (renewed["until"], renewed["renewed"]) == (until + timedelta(days=100), 1)
    said = {row.label: row.value for row in found.paper.rows}
    assert said["ต่ออายุถึงวันที่"] == long_day(renewed["until"], "th")
    assert "การต่ออายุ" in (await paper_of(ctx, first))["title"]
    [event] = await history_of(ctx, permit["case_id"])
    assert (event["what"], event["case_id"], event["actor_name"]) == (
        "renewed",
        first,
        "วิชัย สร้างบ้าน",
    )

    # The other paper counts from a day that the register has no more.
    await decided(later, second, office)
    await told(after, second)
    assert (await get_permit(ctx, "1/2569"))["until"] == renewed["until"]
    [waits, _] = await nextsteps.cards(office, second, RENEW, "issued", "desk")
    assert long_day(until, "th") in waits.body.th


async def test_supervisor_replacement_transfer_and_completion_stand_in_the_history(
    ctx: Context, office: Context, permit: dict[str, Any]
) -> None:
    id = permit["case_id"]
    found = await examined(ctx, SUPERVISE, WHICH | ASKED[SUPERVISE])
    # The council knows the licence; from which area an architect is needed was not read.
    doubted = {rule for rule, one in verdicts(found).items() if one != Verdict.PASS}
    assert doubted == {"licences", "supervisor"}
    backwards = ASKED[SUPERVISE] | {"end_on": "2026-11-30"}
    assert list((await examined(ctx, SUPERVISE, WHICH | backwards)).problems) == ["end_on"]
    await carried(ctx, office, SUPERVISE)
    late = WHICH | ASKED[REPLACE]
    for known, verdict in (("2026-11-05", Verdict.PASS), ("2026-11-04", Verdict.REFER)):
        one = await examined(ctx, REPLACE, late | {"known_on": known})
        assert (verdicts(one)["known"], one.fee) == (verdict, 500)

    paper = await paper_of(ctx, await carried(ctx, office, REPLACE))
    lines = {row["label"]: row["value"] for row in paper["rows"]}
    assert paper["title"].startswith("ใบแทนใบอนุญาต")
    assert lines["แทนใบอนุญาตเลขที่"] == "๑/๒๕๖๙"
    assert lines["ออกให้แก่"] == "นายสมชาย ใจดี"
    assert paper["table"]["rows"]

    heir = {"ground": "heir", "died_on": "2026-08-21"}
    one = await examined(ctx, TRANSFER, WHICH | ASKED[TRANSFER] | heir)
    assert (verdicts(one)["heirs"], verdicts(one)["consent"]) == (Verdict.REFER, Verdict.REFER)
    await carried(ctx, office, TRANSFER)
    held = await get_permit(ctx, "1/2569")
    assert (held["holder"], held["phone"], held["account"]) == ("นางบัวผัน ใจยา", OTHER_PHONE, None)

    # The old telephone opens nothing any more.
    assert verdicts(await examined(ctx, COMPLETE, WHICH | ASKED[COMPLETE]))["holder"] == "refer"
    await carried(ctx, office, COMPLETE, {"permit_phone": OTHER_PHONE})
    assert (await get_permit(ctx, "1/2569"))["state"] == "completed"
    events = await history_of(ctx, id)
    assert [one["what"] for one in events] == ["supervised", "replaced", "transferred", "completed"]
    assert "นายอนันต์ มั่นคง" in events[0]["words_th"]
    assert "นายสมชาย ใจดี เป็น นางบัวผัน ใจยา" in events[2]["words_th"]
    over = await examined(ctx, RENEW, WHICH | ASKED[RENEW] | {"permit_phone": OTHER_PHONE})
    assert "แจ้งแล้วเสร็จแล้ว" in over.problems["permit"].th


@pytest.mark.parametrize("expired", [False, True])
async def test_a_stranger_learns_nothing_of_a_permit(
    ctx: Context, office: Context, permit: dict[str, Any], expired: bool
) -> None:
    at = on(ctx, permit["until"] + timedelta(days=30)) if expired else ctx
    citizen = await a_citizen(ctx, phone="0898765432")
    stranger = replace(citizen, now=at.now)
    for code in AFTER:
        seen = []
        for guess in (
            {"permit": "1/2569", "permit_phone": OTHER_PHONE},
            {"permit": "1/2569"},
            {"permit": "7/2561", "permit_phone": PHONE},
        ):
            found = await examined(stranger, code, ASKED[code] | guess)
            assert verdicts(found)["holder"] == Verdict.REFER
            bare = msgspec.json.encode(found).decode().replace("1/2569", "7/2561")
            seen.append(bare)
        assert seen[0] == seen[1] == seen[2]
        for secret in ("นายสมชาย", "88/12", long_day(permit["until"], "th")):
            assert secret not in seen[0].replace(SITE["house_no"], "", code == TRANSFER)

    # Who guesses on is told nothing, even by the right telephone, until a while has passed.
    for last in range(12):
        guess = {"permit": "1/2569", "permit_phone": f"+668000000{last:02}"}
        assert verdicts(await examined(stranger, COMPLETE, ASKED[COMPLETE] | guess))["holder"] == (
            Verdict.REFER
        )
    assert verdicts(await examined(stranger, COMPLETE, WHICH | ASKED[COMPLETE]))["holder"] == (
        Verdict.REFER
    )
    # The account that asked for the permit is its holder; the telephone is not needed then.
    await rows(ctx, "UPDATE permits.permit SET account = $1 RETURNING 1", citizen.actor.id)
    own = await examined(replace(citizen, now=ctx.now), RENEW, ASKED[RENEW] | {"permit": "1/2569"})
    assert verdicts(own)["holder"] == Verdict.PASS


async def test_what_does_not_fit_the_register_waits_for_an_officer_who_puts_it_right(
    ctx: Context, office: Context, permit: dict[str, Any], desk: httpx.AsyncClient
) -> None:
    await rows(ctx, "UPDATE permits.permit SET use = 'shop' RETURNING 1")
    wrong = await filed(ctx, RENEW, ASKED[RENEW] | {"permit": "99/2569"})
    await decided(office, wrong)
    await told(ctx, wrong)
    shop = await carried(ctx, office, COMPLETE)
    assert (await get_permit(ctx, "1/2569"))["state"] == "valid"
    page = (await desk.get("/desk/permits/requests")).text
    assert "ไม่พบใบอนุญาตเลขที่ 99/2569" in page
    assert "ต้องมีใบรับรองก่อน" in page
    [waits, _] = await nextsteps.cards(office, wrong, RENEW, "issued", "desk")
    assert waits.href == "/desk/permits/requests"

    at = f"/desk/permits/requests/{wrong}"
    assert (await desk.post(at, data={"do": "carry", "number": "98/2569"})).status_code == 422
    assert (await desk.post(at, data={"do": "carry", "number": "1/2569"})).status_code == 303
    done = await get_permit(ctx, "1/2569")
    assert (done["until"], done["renewed"]) == (permit["until"] + timedelta(days=100), 1)
    certified = await desk.post(f"/desk/permits/requests/{shop}", data={"do": "carry"})
    assert certified.status_code == 303
    assert (await get_permit(ctx, "1/2569"))["state"] == "completed"
    assert "ไม่มีคำขอที่ค้าง" in (await desk.get("/desk/permits/requests")).text


async def test_a_building_of_controlled_use_is_inspected_and_certified_before_it_is_used(
    ctx: Context, office: Context, permit: dict[str, Any]
) -> None:
    needless = await examined(ctx, CERTIFY, WHICH | ASKED[CERTIFY] | {"use": "house"})
    assert verdicts(needless)["certificate"] == Verdict.REFER
    await rows(ctx, "UPDATE permits.permit SET use = 'shop' RETURNING 1")
    found = await examined(ctx, CERTIFY, WHICH | ASKED[CERTIFY])
    assert verdicts(found) == {
        "holder": Verdict.PASS,
        "certificate": Verdict.PASS,
        "as-permitted": Verdict.REFER,
        "fees": Verdict.PASS,
    }
    assert found.fee == 2000

    case = await filed(ctx, CERTIFY, WHICH | ASKED[CERTIFY])
    site = await inspections.site_of(office, case)
    # The inspector sees what the permit was asked for with.
    assert (site.pin, site.place) == (PIN, (await get_permit(ctx, "1/2569"))["place"])
    assert site.stated
    await decided(office, case)
    paper = await paper_of(ctx, case)
    await told(ctx, case)

    assert (paper["title"], paper["form"]) == ("ใบรับรองการก่อสร้างอาคาร", "แบบ อ.๖")
    lines = {row["label"]: row["value"] for row in paper["rows"]}
    assert lines["ใบอนุญาตเลขที่"] == "๑/๒๕๖๙"
    assert "พื้นที่รวมทุกชั้น" in lines
    assert (await get_permit(ctx, "1/2569"))["state"] == "completed"
    assert [one["what"] for one in await history_of(ctx, permit["case_id"])] == ["certified"]


async def test_the_holder_comes_from_the_case_of_the_permit_to_a_form_that_knows_its_number(
    ctx: Context, permit: dict[str, Any], client: httpx.AsyncClient
) -> None:
    [row] = await rows(ctx, "SELECT track FROM casework.case WHERE id = $1", permit["case_id"])
    followed = (await client.get(f"/t/{row['track']}")).text
    link = "/permits/after?permit=1%2F2569&amp;work=build"
    assert link in followed
    chosen = (await client.get(link.replace("&amp;", "&"))).text
    for code in AFTER:
        assert f"/services/{code}?permit=1%2F2569&amp;work=build" in chosen
    reminded = await client.get("/permits/renew?permit=1/2569&next=//elsewhere")
    assert reminded.headers["location"] == "/services/permits.renew?permit=1%2F2569"


DAYS = st.dates(date(2026, 1, 1), date(2060, 12, 31)) | st.sampled_from(
    [date(2028, 2, 28), date(2028, 2, 29), date(2027, 2, 28), date(2027, 12, 31)]
)
YEARS = {Decimal(120): 1, Decimal(10_000): 2, Decimal(100_000): 3}


def slowly(until: date, years: int) -> date:
    """Walk day by day to the last one before the same day of the year, so many years later."""
    begins = day = until + timedelta(days=1)
    while (day.year - begins.year, day.month, day.day) < (years, begins.month, begins.day):
        day += timedelta(days=1)
    return day - timedelta(days=1)


@given(DAYS, st.sampled_from(sorted(YEARS)), st.integers(1, 1_200))
def test_no_renewal_that_the_rules_let_through_ends_later_than_a_permit_from_that_day_would(
    until: date, area: Decimal, days: int
) -> None:
    held = Held(
        number="1/2569",
        work="build",
        use="house",
        storeys=1,
        area=area,
        until=until,
        state="valid",
        renewed=0,
    )
    latest = slowly(until, YEARS[area])
    answers = {"work": "build", "stage": "structure", "days": days}
    last = until + timedelta(days=days)
    for data, lets in ((read_by_office(), last <= latest), ([], True)):
        limits = in_force((*BOOK.starting, *data), until)
        problems = renewal.problems(held, answers, until, limits)
        assert ("days" not in problems) == lets
        found = {one.rule: one for one in renewal.findings(held, answers, until, limits)}
        assert renewal.last_day(until, days) == last
        # What was not read in the law an officer judges; it refuses nothing.
        assert data or found["length"].verdict == Verdict.REFER
        assert long_day(min(last, latest), "th") in found["length"].sentence.th
    assert "permit" in renewal.problems(held, answers, until + timedelta(days=1), limits)
