import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from core.api import Context, set_settings
from core.audit.tables import AuditEntry
from core.db import transaction
from core.runtime import Runtime
from kit.treasury.codes.barcode import barcode_text
from kit.treasury.codes.payments import BillPayment
from kit.treasury.codes.thai_qr import build
from kit.treasury.service import adjusting, billing, finding, ledger, payee
from kit.treasury.service.finding import Wanted
from kit.treasury.tables.tills import Closing
from tests.kit.treasury.routes.conftest import Enter, Make, PayTo, Person


def as_thai(digits: str) -> str:
    return "".join(chr(ord(one) + 0x0E20) for one in digits)


async def key_of(officer: Person, bill: object) -> str:
    page = await officer.get(f"/desk/bills/{bill}/take")
    [key] = re.findall(r'name="key" value="([^"]+)"', page.text)
    return str(key)


async def test_a_reference_a_code_and_every_scan_lead_to_the_bill(enter: Enter, make: Make) -> None:
    made = await make(6000)
    await make(7000, name="นางบัวผัน ใจยา")
    officer = await enter("treasury")
    asked = BillPayment(biller="099400061772101", ref1=made.ref1, ref2="257001", amount=6000)
    scans = [
        made.ref1,
        as_thai(made.ref1),
        f" {made.ref1[:4]} {made.ref1[4:8]}-{made.ref1[8:]} ",
        made.code.lower(),
        f"http://maehia.localhost/b/{made.code}",
        build(asked),
        barcode_text(asked),
        barcode_text(asked).replace("\r", ""),
        barcode_text(asked).replace("\r", " "),
    ]

    for scan in scans:
        found = await officer.client.get("/desk/bills", params={"q": scan})
        assert found.url.path == f"/desk/bills/{made.id}", scan


async def test_a_scan_that_leads_nowhere_says_why_and_keeps_what_was_scanned(
    enter: Enter, make: Make
) -> None:
    made = await make(6000)
    officer = await enter("treasury")
    whole = build(BillPayment(biller="099400061772101", ref1=made.ref1))

    for scan, words in (
        ("999999999999", "ไม่พบใบแจ้งนี้"),
        (whole[:-1] + ("0" if whole[-1] != "0" else "1"), "รหัสตรวจสอบของ QR ไม่ตรง"),
        (build(BillPayment(biller="099400061772101", ref1="690700012345")), "หลักสุดท้ายไม่ตรง"),
        ("ไม่มีใครชื่อนี้", "ไม่พบใบแจ้งที่ตรงกับที่ค้น"),
    ):
        answer = await officer.client.get("/desk/bills", params={"q": scan})
        assert answer.status_code == 200
        assert words in answer.text
        assert f'value="{scan}"' in answer.text


async def test_twelve_letters_that_are_no_code_may_be_a_name(
    now: Context, enter: Enter, make: Make
) -> None:
    made = await make(6000, name="Anna Bergmann")

    found = await (await enter("treasury")).client.get("/desk/bills", params={"q": "anna bergmann"})

    assert f"/desk/bills/{made.id}" in found.text


async def test_names_are_found_by_any_of_their_words_and_lists_by_how_bills_stand(
    now: Context, make: Make, director: Context
) -> None:
    owed = await make(6000)
    late = await make(6000, name="นางบัวผัน ใจยา", due=-1)
    off = await make(6000, name="นายคำปัน ใจยา")
    await adjusting.cancel_bill(director, off.id, why="ออกผิด")

    async def ids(words: str = "", only: str = "") -> list[object]:
        found = await finding.list_bills(now, Wanted(words=words, only=only))
        return [one["id"] for one in found.bills]

    assert await ids() == [off.id, late.id, owed.id]
    assert await ids("ใจยา") == [off.id, late.id]
    assert await ids("ใจยา บัวผัน") == [late.id]
    assert await ids("๘๘/๑๒ สมชาย") == [owed.id]
    assert await ids("%") == []
    assert await ids(only="owed") == [late.id, owed.id]
    assert await ids(only="overdue") == [late.id]
    assert await ids(only="cancelled") == [off.id]
    assert await ids(only="paid") == []
    assert await ids("สมชาย", "overdue") == []


@pytest.mark.parametrize("only", ["", "owed"])
async def test_long_lists_are_leafed_through_without_a_gap_or_a_repeat(
    now: Context, make: Make, monkeypatch: pytest.MonkeyPatch, only: str
) -> None:
    monkeypatch.setattr(finding, "ON_A_PAGE", 2)
    made = [await make(100, mark=str(n), due=20 - n // 2) for n in range(5)]

    seen, after, pages = [], "", 0
    while pages == 0 or after:
        found = await finding.list_bills(now, Wanted(only=only, after=after))
        seen += [one["id"] for one in found.bills]
        after, pages = found.after, pages + 1

    assert pages == 3
    assert len(seen) == 5
    assert set(seen) == {one.id for one in made}
    assert (await finding.list_bills(now, Wanted(after="nonsense"))).bills == []


async def test_a_bill_shows_all_and_that_it_was_opened_is_recorded(
    enter: Enter, make: Make, now: Context
) -> None:
    made = await make(6000, 4000)
    officer = await enter("treasury")

    page = await officer.get(f"/desk/bills/{made.id}")

    assert "นายสมชาย ใจดี" in page.text
    assert "88/12 หมู่ 5" in page.text
    assert f"/desk/bills/{made.id}/take" in page.text
    assert "/waive" not in page.text
    async with transaction(now):
        [read] = await AuditEntry.select(AuditEntry.actor, AuditEntry.subject).where(
            AuditEntry.of(now), AuditEntry.action == "treasury.bill.read"
        )
    assert (read["actor"], read["subject"]) == (officer.account, f"bill/{made.id}")


async def test_who_may_waives_a_part_with_a_reason_and_the_history_says_so(
    enter: Enter, make: Make, now: Context
) -> None:
    made = await make(6000)
    [charge] = (await billing.read_bill(now, made.id))["charges"]
    director = await enter("director")
    page = await director.get(f"/desk/bills/{made.id}")
    to, good = f"/desk/bills/{made.id}/waive", {"charge": str(charge["id"]), "why": "ผู้ยากไร้"}

    for wrong, field in (
        (good | {"amount": "แพง"}, "amount"),
        (good | {"amount": "60.01"}, "amount"),
        (good | {"amount": "10", "why": " "}, "why"),
        (good | {"amount": "10", "charge": str(uuid4())}, "charge"),
    ):
        refused = await director.send(page, to, **wrong)
        assert refused.status_code == 422
        assert f'href="#{field}"' in refused.text
        assert f'value="{wrong["amount"]}"' in refused.text
        assert '<details class="card" open>' in refused.text
    empty = await director.send(page, to, charge="", amount="", why="")
    done = await director.send(page, to, **good, amount="๑๐.๕๐")

    for field in ("charge", "amount", "why"):
        assert f'href="#{field}"' in empty.text

    assert done.url.path == f"/desk/bills/{made.id}"
    assert "ผู้ยากไร้" in done.text
    assert "49.50 บาท" in done.text


async def test_a_cancelled_bill_is_owed_no_more_and_cancelling_needs_a_reason(
    enter: Enter, make: Make, now: Context
) -> None:
    made = await make(6000)
    director = await enter("director")
    page = await director.get(f"/desk/bills/{made.id}")
    to = f"/desk/bills/{made.id}/cancel"

    refused = await director.send(page, to, cancel_why=" ")
    done = await director.send(page, to, cancel_why="ออกผิดราย")
    again = await director.send(page, to, cancel_why="ออกผิดราย")

    assert refused.status_code == 422
    assert 'href="#cancel_why"' in refused.text
    assert "ออกผิดราย" in done.text
    assert again.status_code == 409
    assert await ledger.balances(now) == {}


async def open_a_till(officer: Person) -> None:
    await officer.send(await officer.get("/desk/till"), "/desk/till", till="1")


async def test_without_a_till_one_is_opened_and_leads_back_to_the_bill(
    enter: Enter, make: Make
) -> None:
    made = await make(6000)
    officer = await enter("treasury")
    page = await officer.get(f"/desk/bills/{made.id}/take")
    assert 'name="amount"' not in page.text
    assert f'href="/desk/till?bill={made.id}"' in page.text

    opening = await officer.get(f"/desk/till?bill={made.id}")
    then = await officer.send(opening, "/desk/till", till="1", bill=str(made.id))

    assert then.url.path == f"/desk/bills/{made.id}/take"
    assert 'name="amount"' in then.text


async def test_cash_is_taken_once_however_often_the_form_is_sent(
    enter: Enter, make: Make, now: Context
) -> None:
    made = await make(6000)
    officer = await enter("treasury")
    await open_a_till(officer)
    page = await officer.get(f"/desk/bills/{made.id}/take")
    assert 'name="amount"' in page.text
    assert 'value="60.00"' in page.text
    assert re.search(r'name="tendered"[^>]* autofocus', page.text)
    form = {"amount": "60", "tendered": "100", "key": await key_of(officer, made.id)}

    first = await officer.send(page, f"/desk/bills/{made.id}/take", **form)
    second = await officer.send(page, f"/desk/bills/{made.id}/take", **form)

    assert first.url.path.startswith("/desk/receipts/")
    assert first.url.path == second.url.path
    assert "ครั้งนี้ไม่ได้รับเงินซ้ำ" not in first.text
    assert "ครั้งนี้ไม่ได้รับเงินซ้ำ" in second.text
    assert "40.00" in first.text
    assert re.findall(r"<dt>ธนบัตร (\d+) บาท</dt><dd>× (\d)</dd>", first.text) == [("20", "2")]
    assert (await ledger.balances(now))["cash/1"] == 6000
    assert "ไม่มียอดค้าง" in (await officer.get(f"/desk/bills/{made.id}/take")).text


async def test_a_till_that_was_left_open_yesterday_has_to_be_closed_first(
    enter: Enter, make: Make, now: Context
) -> None:
    made = await make(6000)
    officer = await enter("treasury")
    await open_a_till(officer)
    async with transaction(now):
        await Closing.update({Closing.day: now.today - timedelta(days=1)}).where(Closing.of(now))

    page = await officer.get(f"/desk/bills/{made.id}/take")

    assert 'name="amount"' not in page.text
    assert f'href="/desk/till?bill={made.id}"' in page.text


async def test_what_cannot_be_taken_comes_back_with_what_was_typed(
    enter: Enter, make: Make, now: Context
) -> None:
    made = await make(6000)
    officer = await enter("treasury")
    await open_a_till(officer)
    page = await officer.get(f"/desk/bills/{made.id}/take")
    to, key = f"/desk/bills/{made.id}/take", await key_of(officer, made.id)

    for amount, tendered, field in (
        ("61", "100", "amount"),
        ("0", "0", "amount"),
        ("60", "59.99", "tendered"),
        ("60", "", "tendered"),
        ("หกสิบ", "100", "amount"),
    ):
        refused = await officer.send(page, to, amount=amount, tendered=tendered, key=key)
        assert refused.status_code == 422
        assert f'href="#{field}"' in refused.text
        assert f'value="{key}"' in refused.text
        assert f'value="{amount}"' in refused.text
    exact = await officer.send(page, to, amount="60", tendered="", exact="yes", key=key)

    assert exact.url.path.startswith("/desk/receipts/")
    assert "เงินทอน" in exact.text


async def test_a_bill_that_was_made_yesterday_is_taken_today_under_another_key(
    enter: Enter, make: Make, now: Context
) -> None:
    made = await make(6000, ctx=replace(now, now=now.now - timedelta(days=1)))
    officer = await enter("treasury")
    await open_a_till(officer)
    page = await officer.get(f"/desk/bills/{made.id}/take")
    to = f"/desk/bills/{made.id}/take"

    half = {"amount": "30", "tendered": "30"}
    first = await officer.send(page, to, **half, key=await key_of(officer, made.id))
    second = await officer.send(page, to, **half, key=await key_of(officer, made.id))

    assert first.url.path != second.url.path
    assert (await billing.read_bill(now, made.id))["state"] == "settled"


async def test_the_office_sets_where_its_money_goes_and_every_field_is_checked(
    enter: Enter, pay_to: PayTo, now: Context
) -> None:
    administrator = await enter("administrator")
    page = await administrator.get("/desk/treasury")
    wrong = {"biller": "12", "tax_id": "0994000617722", "merchant": "แม่เหียะ", "city": "C" * 16}

    refused = await administrator.send(page, "/desk/treasury", **wrong)
    await pay_to(biller="๐๙๙๔๐-๐๐๖๑-๗๗๒๑๐๑", merchant="MAEHIA")
    kept = await administrator.get("/desk/treasury")

    assert refused.status_code == 422
    for field, value in wrong.items():
        assert f'href="#{field}"' in refused.text
        assert f'value="{value}"' in refused.text
    assert 'value="099400061772101"' in kept.text
    assert "<svg" in kept.text.partition("<main")[2]
    async with transaction(now):
        [noted] = await AuditEntry.select(AuditEntry.detail).where(
            AuditEntry.of(now), AuditEntry.action == "treasury.payee.changed"
        )
    assert "099400061772101" in noted["detail"]


async def test_what_one_room_sets_leaves_what_others_have_set(
    runtime: Runtime, pay_to: PayTo, now: Context
) -> None:
    await set_settings(now, plugin="treasury", settings={"book": 50})
    await pay_to(biller="099400061772101")

    tenant = await runtime.directory.get("maehia")
    assert tenant is not None
    assert tenant.settings["treasury"]["book"] == 50
    assert payee.payee(replace(now, tenant=tenant)).biller == "099400061772101"


async def test_links_lead_officers_to_bills_and_only_them(enter: Enter) -> None:
    cashier = await (await enter("treasury")).get("/desk")
    registry = await (await enter("registry")).get("/desk")

    assert 'href="/desk/bills"' in cashier.text
    assert 'href="/desk/receipts"' in cashier.text
    assert 'href="/desk/bills"' not in registry.text
