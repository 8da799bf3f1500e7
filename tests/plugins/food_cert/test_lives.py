"""The life of a place: notified, certified, licensed, changed, transferred, renewed, closed."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from core.api import InvalidInput
from core.context import Context
from kit.casework import Verdict, get_offered
from kit.casework.service import handling
from kit.casework.service.drafts import open_draft
from kit.documents import papers_of, read_pdf, revoke
from kit.thai import long_day, thai_digits
from plugins.food_cert import plugin
from plugins.food_cert.rules.after import AFTER, CHANGE, CLOSE, RENEW, REPLACE, TRANSFER
from plugins.food_cert.rules.instrument import LICENSE, NOTIFY
from plugins.food_cert.rules.places import stands
from plugins.food_cert.service import billing, start
from plugins.food_cert.service.places import events_of, get_place, papers_about
from plugins.food_cert.service.renewing import follow_renewal
from tests.plugins.food_cert.cases import (
    ASKED,
    LARGE,
    OF_SHOP,
    OTHER_PHONE,
    PHONE,
    SHOP,
    a_certified,
    a_licensed,
    an_office,
    decided,
    examined,
    filed,
    heard,
    on,
    paper_of,
    place_after,
    the_case,
    told,
    verdicts,
)
from tests.plugins.food_cert.conftest import rows
from tests.plugins.food_cert.fees import bill_of, years
from tests.plugins.waste_fees.conftest import a_citizen, pay


@pytest.fixture
def office(ctx: Context) -> Context:
    return an_office(ctx)


async def pays(office: Context, place: dict[str, Any], day: date) -> None:
    """Take the money for the last year into the till, which is open, and hear of it on a day."""
    bill = (await years(office, place["id"]))[-1]["bill"]
    await pay(office, bill, (await bill_of(office, bill))["total"])
    await plugin.on_bill_settled(on(office, day), event=uuid4(), bill=bill)


async def history(ctx: Context, place: dict[str, Any]) -> list[str]:
    return [one["what"] for one in await events_of(ctx, place["id"])]


async def test_a_notice_opens_the_place_and_its_certificate_asks_for_the_first_fee(
    ctx: Context, office: Context
) -> None:
    case = await filed(ctx, NOTIFY, SHOP | {"area": "60.00"})
    place = await place_after(ctx, case)
    assert (stands(place, ctx.today), place["paper"]) == ("notified", None)
    receipt = await paper_of(ctx, case)
    assert (receipt["title"], receipt["form"]) == ("ใบรับแจ้ง", "แบบ สอ.๒")
    assert "ประกอบกิจการได้ตั้งแต่ได้รับใบรับแจ้งนี้" in receipt["says"][0]

    await decided(office, case)
    place = await get_place(ctx, place["id"])
    assert (stands(place, ctx.today), place["until"]) == ("valid", None)
    certificate = await paper_of(ctx, case)
    said = {row["label"]: row["value"] for row in certificate["rows"]}
    assert certificate["title"] == "หนังสือรับรองการแจ้ง"
    assert (said["ชื่อสถานประกอบกิจการ"], said["พื้นที่"]) == ("ครัวคำปัน", "๖๐ ตารางเมตร")
    assert place["paper_number"] == "1/2569"
    [first] = await years(ctx, place["id"])
    assert (first["state"], first["year"], first["from_on"]) == ("billed", 1, ctx.today)
    assert await history(ctx, place) == ["notified", "certified"]
    kinds = [one["what"] for one in await papers_about(ctx, place["id"])]
    assert kinds == ["receipt", "certificate"]


async def test_the_same_place_cannot_be_told_twice_nor_by_two_at_once(
    ctx: Context, office: Context
) -> None:
    await filed(ctx, NOTIFY, SHOP)
    with pytest.raises(InvalidInput) as refused:
        await filed(ctx, NOTIFY, SHOP | {"business_name": " ครัว-คำปัน "})
    assert "ทะเบียนที่ 1" in refused.value.problems["business_name"].th

    other = SHOP | {"business_name": "ร้านใหม่"}
    cases = [await filed(ctx, NOTIFY, other, news=False) for _ in range(2)]
    await asyncio.gather(*(heard(ctx, one, NOTIFY) for one in cases))
    found = await rows(ctx, "SELECT id, case_id FROM food_cert.place WHERE name = 'ร้านใหม่'")
    assert len(found) == 1
    second = next(one for one in cases if one != found[0]["case_id"])
    # Whoever was second is about the place of the first, and its officer is told.
    [card] = await plugin.cards_for_case(
        office, case=second, service=NOTIFY, status="considering", step="check", area="desk"
    )
    assert "ตรวจว่ายื่นซ้ำหรือไม่" in card.body.th


async def test_what_is_wrong_with_a_request_is_said_by_field(ctx: Context, office: Context) -> None:
    wrong = {
        "200.01": (NOTIFY, "area"),
        "200": (LICENSE, "area"),
        "1000": (NOTIFY, "area"),
    }
    for area, (code, field) in wrong.items():
        found = await examined(ctx, code, SHOP | {"area": area})
        assert list(found.problems) == [field], area
        assert "เปิดหน้า “ร้านอาหาร”" in found.problems[field].th
    assert not (await examined(ctx, NOTIFY, SHOP | {"area": "200.00"})).problems
    inside = await examined(ctx, NOTIFY, SHOP | {"market": "yes"})
    assert "ไม่ต้องแจ้งและไม่ต้องขออนุญาต" in inside.problems["market"].th
    opened = await examined(ctx, NOTIFY, SHOP | {"begin_on": "2026-01-05"})
    assert verdicts(opened)["early"] == Verdict.REFER
    company = SHOP | {
        "filed_as": "company",
        "company_name": "บริษัท ครัวดี จำกัด",
        "company_id": "0105556123453",
        "signatory": "นายครัว ดี",
    }
    assert verdicts(await examined(ctx, NOTIFY, company))["authority"] == Verdict.REFER
    service = await get_offered(ctx, NOTIFY)
    needed = {one.code for one in service.documents_for(company) if one.required}
    assert needed - {one.code for one in service.documents_for(SHOP)} == {
        "company-certificate",
        "signing-authority",
    }


async def test_a_licence_is_paid_with_the_request_and_counts_a_year_from_its_day(
    ctx: Context, office: Context
) -> None:
    case = await filed(ctx, LICENSE, LARGE)
    place = await place_after(ctx, case)
    assert stands(place, ctx.today) == "applied"
    later = on(office, ctx.today + timedelta(days=20))
    await decided(later, case)

    place = await get_place(ctx, place["id"])
    assert (place["issued_on"], place["until"]) == (date(2026, 12, 10), date(2027, 12, 9))
    [first] = await years(ctx, place["id"])
    assert (first["state"], first["from_on"], first["until_on"]) == (
        "settled",
        date(2026, 12, 10),
        date(2027, 12, 9),
    )
    said = {row["label"]: row["value"] for row in (await paper_of(ctx, case))["rows"]}
    assert said["ประเภท"] == "สถานที่จำหน่ายอาหาร"


async def test_a_place_that_grows_is_led_to_the_licence_filled_in_and_stays_the_same(
    ctx: Context, office: Context
) -> None:
    place = await a_certified(ctx, office, area="180")
    asked = {"paper": place["paper_number"], "paper_phone": PHONE, "area": "220.00"}
    draft, token = await start.begin_resized(ctx, asked)
    begun = await open_draft(ctx, draft, token)
    known = {name: one[0] for name, one in begun.content.typed.items()}
    assert begun.service.code == LICENSE
    for name, value in {"business_name": "ครัวคำปัน", "had": "yes", "food": "อาหารตามสั่ง"}.items():
        assert known[name] == value, name
    assert (known["area"], known["site.house_no"], known["age"]) == ("220", "88/12", "52")

    grown = SHOP | {
        "area": "220",
        "had": "yes",
        "before": place["paper_number"],
        "before_phone": PHONE,
    }
    case = await filed(ctx, LICENSE, grown)
    await decided(on(office, ctx.today + timedelta(days=9)), case)
    now = await get_place(ctx, place["id"])
    assert (now["instrument"], now["area"], stands(now, ctx.today)) == ("licence", 220, "valid")
    assert now["begun_on"] == place["begun_on"]
    [first, second] = await years(ctx, place["id"])
    assert (first["instrument"], second["instrument"]) == ("certificate", "licence")
    assert (second["from_on"], second["state"]) == (date(2026, 11, 29), "settled")
    old = await rows(ctx, "SELECT revoked_at FROM documents.paper WHERE id = $1", place["paper"])
    assert old[0]["revoked_at"] is not None
    assert await rows(ctx, "SELECT count(*) AS n FROM food_cert.place") == [(1,)]

    # Without leaving the kind of its paper a change is enough, and begins filled in too.
    more = asked | {"paper": now["paper_number"], "area": "230"}
    begun = await open_draft(ctx, *await start.begin_resized(ctx, more))
    assert begun.service.code == CHANGE
    with pytest.raises(InvalidInput):
        await start.begin_resized(ctx, asked | {"paper_phone": OTHER_PHONE})


async def test_changes_transfer_and_replacement_stand_in_the_history_with_new_papers(
    ctx: Context, office: Context
) -> None:
    place = await a_certified(ctx, office)
    which = {"paper": place["paper_number"]} | OF_SHOP
    crossing = await examined(ctx, CHANGE, which | ASKED[CHANGE] | {"area": "200.01"})
    assert "/food/change" in crossing.problems["area"].th
    for number, code in enumerate((CHANGE, REPLACE, TRANSFER)):
        now = await get_place(ctx, place["id"])
        which = {"paper": now["paper_number"], "paper_phone": PHONE}
        case = await filed(ctx, code, which | ASKED[code])
        await decided(office, case)
        after = await get_place(ctx, place["id"])
        assert after["paper"] != now["paper"], code
        assert after["paper_number"] == f"{number + 2}/2569"
    assert (after["name"], after["area"], after["holder"]) == ("ครัวคำปัน 2", 80, "นางบัวผัน ใจยา")
    assert after["phone"] == OTHER_PHONE
    said = {row["label"]: row["value"] for row in (await paper_of(ctx, case))["rows"]}
    assert said["ออกให้แก่"] == "นางบัวผัน ใจยา"
    assert (await history(ctx, place))[2:] == ["changed", "replaced", "transferred"]
    # News of the first paper that come late change nothing any more.
    await told(ctx, place["case_id"])
    assert await get_place(ctx, place["id"]) == after
    before = {"paper": after["paper_number"], "paper_phone": OTHER_PHONE}
    early = await examined(ctx, CLOSE, before | {"closed_on": "2026-11-19"})
    assert "ต้องไม่ก่อนวันที่เริ่มกิจการ" in early.problems["closed_on"].th


async def test_a_stranger_learns_nothing_of_a_place(ctx: Context, office: Context) -> None:
    place = await a_certified(ctx, office)
    stranger = await a_citizen(ctx, phone="0898765432")
    for code in AFTER:
        seen = []
        for guess in (
            {"paper": place["paper_number"], "paper_phone": OTHER_PHONE},
            {"paper": place["paper_number"]},
            {"paper": "77/2561", "paper_phone": PHONE},
        ):
            found = await examined(stranger, code, ASKED[code] | guess)
            assert verdicts(found)["holder"] == Verdict.REFER
            bare = msgspec.json.encode(found).decode()
            seen.append(bare.replace(place["paper_number"], "77/2561"))
        assert seen[0] == seen[1] == seen[2]
        assert "นางคำปัน" not in seen[0]


async def test_a_licence_renewed_and_paid_in_time_goes_on_while_it_waits(
    ctx: Context, office: Context
) -> None:
    place = await a_licensed(ctx, office)
    until: date = place["until"]
    which = {"paper": place["paper_number"]} | OF_SHOP
    late = on(ctx, until + timedelta(days=1))
    too_late = await examined(late, RENEW, which | ASKED[RENEW])
    assert "ต่ออายุไม่ได้แล้ว" in too_late.problems["paper"].th

    month = on(ctx, until - timedelta(days=30))
    case = await filed(month, RENEW, which | ASKED[RENEW])
    assert (await get_place(ctx, place["id"]))["renewing"] is None
    await billing.bill(month)
    await pays(office, place, until - timedelta(days=5))
    now = await get_place(ctx, place["id"])
    assert now["renewing"] == case
    assert stands(now, until + timedelta(days=20)) == "renewing"

    await decided(on(office, until + timedelta(days=20)), case)
    now = await get_place(ctx, place["id"])
    assert (now["until"], now["renewing"]) == (date(until.year + 1, until.month, until.day), None)
    said = {row["label"]: row["value"] for row in (await paper_of(ctx, case))["rows"]}
    assert said["ใช้ได้ถึงวันที่"] == thai_digits(long_day(now["until"], "th"))


async def test_a_licence_whose_renewal_was_not_paid_in_time_has_expired(
    ctx: Context, office: Context
) -> None:
    place = await a_licensed(ctx, office)
    until: date = place["until"]
    which = {"paper": place["paper_number"]} | OF_SHOP
    case = await filed(on(ctx, until), RENEW, which | ASKED[RENEW])
    await follow_renewal(on(ctx, until + timedelta(days=1)), place["id"])
    assert stands(await get_place(ctx, place["id"]), until + timedelta(days=1)) == "expired"
    assert (await the_case(ctx, case))["status"] not in ("issued", "rejected")


async def test_a_renewal_that_is_refused_ends_the_going_on(ctx: Context, office: Context) -> None:
    place = await a_licensed(ctx, office)
    until: date = place["until"]
    month = on(ctx, until - timedelta(days=30))
    await billing.bill(month)
    await pays(office, place, month.today)
    case = await filed(month, RENEW, {"paper": place["paper_number"]} | OF_SHOP | ASKED[RENEW])
    assert (await get_place(ctx, place["id"]))["renewing"] == case
    here = on(office, until + timedelta(days=3))
    row = await the_case(ctx, case)
    await handling.accept(here, case, revision=row["revision"])
    for _ in range(4):
        row = await the_case(ctx, case)
        await handling.forward(here, case, opinion="", revision=row["revision"])
    row = await the_case(ctx, case)
    await handling.refuse(here, case, reasons=["สถานที่ไม่ถูกสุขลักษณะ"], revision=row["revision"])
    await told(here, case)
    now = await get_place(ctx, place["id"])
    assert now["renewing"] is None
    assert stands(now, here.today) == "expired"


async def test_closing_ends_the_fees_and_takes_the_paper_back(
    ctx: Context, office: Context
) -> None:
    place = await a_certified(ctx, office)
    which = {"paper": place["paper_number"]} | OF_SHOP
    case = await filed(ctx, CLOSE, which | ASKED[CLOSE])
    assert (await paper_of(ctx, case))["title"] == "ใบรับแจ้งเลิกกิจการ"
    await decided(office, case)
    now = await get_place(ctx, place["id"])
    assert (now["state"], now["closed_on"]) == ("closed", ctx.today)
    again = await examined(ctx, RENEW, which | ASKED[RENEW])
    assert "paper" in again.problems
    # Who comes back later begins anew, at the same spot and under the same name.
    await filed(on(ctx, ctx.today + timedelta(days=40)), NOTIFY, SHOP)


async def test_a_certificate_that_was_revoked_is_revoked_in_the_register_and_opens_still(
    ctx: Context, office: Context
) -> None:
    case = await filed(ctx, NOTIFY, SHOP)
    await decided(office, case)
    place = await place_after(ctx, case)
    [*_, paper] = await papers_of(ctx, f"case/{case}")
    await revoke(office, paper["id"], subject=f"case/{case}", why="ข้อมูลเป็นเท็จ")
    for _ in range(2):
        await plugin.on_paper_revoked(ctx, event=uuid4(), paper=paper["id"])
    assert (await get_place(ctx, place["id"]))["state"] == "revoked"
    assert (await history(ctx, place)).count("revoked") == 1
    data, _ = await read_pdf(ctx, paper["id"], subject=f"case/{case}")
    assert data.startswith(b"%PDF")


async def test_news_of_a_decision_that_come_before_those_of_the_filing_find_the_place(
    ctx: Context, office: Context
) -> None:
    case = await filed(ctx, NOTIFY, SHOP, news=False)
    # The decision came before the news that it was filed.
    await decided(office, case)
    place = await place_after(ctx, case)
    assert (place["state"], await history(ctx, place)) == ("valid", ["notified", "certified"])
    here = replace(ctx, actor=office.actor)
    assert await plugin.standing_for_paper(here, paper=place["paper"]) is not None
