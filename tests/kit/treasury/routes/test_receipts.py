import re
from io import BytesIO
from uuid import UUID

import httpx
import pytest
from pypdf import PdfReader

from core.api import Context
from core.db import transaction
from kit.documents.tables import IssuedPaper
from kit.thai import ascii_digits
from kit.treasury.rules.quoting import quote
from kit.treasury.service import billing, taking
from kit.treasury.service.booked import receipts_numbered
from tests.kit.treasury.routes.conftest import Enter, Make

OTHER = "0812345679"


def said(answer: httpx.Response) -> str:
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    # The font draws sara am in its two parts.
    return text.replace("\u0e4d\u0e32", "\u0e33")


async def taken(cashier: Context, bill: UUID, amount: int, key: str = "one") -> UUID:
    given = await taking.take_cash(cashier, bill, amount=amount, tendered=amount, till="1", key=key)
    return given.receipt.id


async def test_the_original_is_printed_once_and_then_copies(
    enter: Enter, make: Make, cashier: Context
) -> None:
    receipt = await taken(cashier, (await make(6000)).id, 6000)
    officer = await enter("treasury")
    page = await officer.get(f"/desk/receipts/{receipt}")

    before = said(await officer.get(f"/desk/receipts/{receipt}/copy.pdf"))
    first = said(await officer.send(page, f"/desk/receipts/{receipt}/original.pdf"))
    second = said(await officer.send(page, f"/desk/receipts/{receipt}/original.pdf"))
    after = said(await officer.get(f"/desk/receipts/{receipt}/copy.pdf"))

    assert "ต้นฉบับ" in first
    assert "สำเนา" not in first
    for copy in (before, second, after):
        assert "สำเนา" in copy
        assert "ต้นฉบับ" not in copy
    for sheet in (first, second):
        assert "หกสิบบาทถ้วน" in sheet.replace("\n", "")
    assert "original.pdf" in page.text
    assert "original.pdf" not in (await officer.get(f"/desk/receipts/{receipt}")).text


async def test_a_roll_of_80_mm_has_the_same_original_once_and_what_a_receipt_must_say(
    enter: Enter, make: Make, cashier: Context
) -> None:
    receipt = await taken(cashier, (await make(6000)).id, 6000)
    officer = await enter("treasury")
    page = await officer.get(f"/desk/receipts/{receipt}")
    to = f"/desk/receipts/{receipt}"

    first = await officer.send(page, f"{to}/original.pdf", paper="roll")
    sheet = said(await officer.send(page, f"{to}/original.pdf"))
    copy = await officer.get(f"{to}/copy.pdf?paper=roll")

    [roll] = PdfReader(BytesIO(first.content)).pages
    assert round(float(roll.mediabox.width) / 72 * 25.4) == 80
    words = ascii_digits(said(first)).replace("\n", "")
    must = ("ต้นฉบับ", "ใบเสร็จรับเงิน", "1/0001/2570", "60.00", "หกสิบบาทถ้วน", cashier.actor.name)
    assert [one for one in must if one not in words] == []
    assert "สำเนา" in sheet
    assert "สำเนา" in said(copy)


async def test_a_cancelled_receipt_says_so_on_every_sheet_and_keeps_its_number(
    enter: Enter, make: Make, cashier: Context, now: Context
) -> None:
    made = await make(6000)
    receipt = await taken(cashier, made.id, 6000)
    director = await enter("director")
    page = await director.get(f"/desk/receipts/{receipt}")
    to = f"/desk/receipts/{receipt}/cancel"

    refused = await director.send(page, to, why="")
    done = await director.send(page, to, why="รับผิดราย")
    again = await director.send(page, to, why="รับผิดราย")
    sheet = said(await director.get(f"/desk/receipts/{receipt}/copy.pdf"))

    assert refused.status_code == 422
    assert 'href="#why"' in refused.text
    assert "รับผิดราย" in done.text
    assert again.status_code == 409
    assert "ยกเลิก" in sheet
    assert "สำเนา" not in sheet
    listed = await director.get("/desk/receipts")
    assert "1/0001/" in listed.text
    assert "ยกเลิก 1 ใบ" in listed.text
    assert (await billing.read_bill(now, made.id))["owed"] == 6000


async def test_who_only_takes_money_cancels_no_receipt(
    enter: Enter, make: Make, cashier: Context
) -> None:
    receipt = await taken(cashier, (await make(6000)).id, 6000)
    officer = await enter("treasury")
    page = await officer.get(f"/desk/receipts/{receipt}")

    answer = await officer.send(page, f"/desk/receipts/{receipt}/cancel", why="รับผิดราย")

    assert answer.status_code == 403
    assert f"/desk/receipts/{receipt}/cancel" not in page.text


async def test_the_day_lists_its_receipts_with_their_sum_and_a_number_leads_to_one(
    enter: Enter, make: Make, cashier: Context
) -> None:
    ids = [
        await taken(cashier, (await make(6000, mark=str(n))).id, 6000, key=str(n)) for n in range(3)
    ]
    officer = await enter("treasury")

    day = await officer.get("/desk/receipts")
    year = re.findall(r"1/0002/(\d{4})", day.text)[0]
    assert "3 ใบ รวม 180.00 บาท" in day.text
    for typed in ("2", "๒", "0002", f"1/0002/{year}", f"2/{year}"):
        found = await officer.client.get("/desk/receipts", params={"q": typed})
        assert found.url.path == f"/desk/receipts/{ids[1]}", typed
    for typed in ("99", "ก", f"1/0002/{int(year) + 1}"):
        found = await officer.client.get("/desk/receipts", params={"q": typed})
        assert "ไม่พบใบเสร็จเลขที่นี้" in found.text, typed


async def test_another_day_is_shown_and_a_wrong_one_is_told(enter: Enter) -> None:
    officer = await enter("treasury")
    asked = {"day.day": "1", "day.month": "2", "day.year": "2569"}

    shown = await officer.client.get("/desk/receipts", params=asked)
    wrong = await officer.client.get("/desk/receipts", params=asked | {"day.year": "2026"})

    assert "1 กุมภาพันธ์ 2569" in shown.text
    assert "ปี 2026 เป็น ค.ศ." in wrong.text


async def test_citizens_see_what_they_owe_and_their_own_receipts_alone(
    enter: Enter, make: Make, cashier: Context, now: Context
) -> None:
    me, other = await enter("citizen"), await enter("citizen", OTHER)
    paid = await make(6000, name="นางสาววิภาดา แสงคำ", account=me.account)
    owed = await make(4050, name="นางสาววิภาดา แสงคำ", account=me.account, mark="two")
    receipt = await taken(cashier, paid.id, 6000)

    mine = await me.get("/my/bills")
    theirs = await other.get("/my/bills")
    original = said(await me.send(mine, f"/my/receipts/{receipt}/original.pdf"))
    copy = said(await me.get(f"/my/receipts/{receipt}/copy.pdf"))

    assert "40.50 บาท" in mine.text
    assert mine.text.index(f"/b/{owed.code}") < mine.text.index(f"/b/{paid.code}")
    assert "ต้นฉบับ" in original
    assert "สำเนา" in copy
    assert "/my/bills" in (await me.get("/my")).text
    assert "40.50 บาท" in (await me.get("/my")).text
    assert "/my/bills" in (await me.get(f"/b/{paid.code}")).text
    for code in (owed.code, paid.code):
        assert code not in theirs.text
    assert (await other.get(f"/my/receipts/{receipt}/copy.pdf")).status_code == 404
    answer = await other.send(theirs, f"/my/receipts/{receipt}/original.pdf")
    assert answer.status_code == 404


async def test_a_stranger_is_sent_to_sign_in_and_gets_no_receipt(
    enter: Enter, make: Make, cashier: Context
) -> None:
    receipt = await taken(cashier, (await make(6000)).id, 6000)
    stranger = await enter()

    for path in ("/my/bills", f"/my/receipts/{receipt}/copy.pdf"):
        assert (await stranger.get(path)).url.path == "/sign-in"


async def test_original_and_copies_are_one_paper_that_verifies(
    enter: Enter, make: Make, cashier: Context, now: Context
) -> None:
    receipt = await taken(cashier, (await make(6000)).id, 6000)
    officer = await enter("treasury")
    for _ in range(2):
        await officer.get(f"/desk/receipts/{receipt}/copy.pdf")

    async with transaction(now):
        [paper] = await IssuedPaper.select(IssuedPaper.code).where(
            IssuedPaper.of(now), IssuedPaper.subject == f"receipt/{receipt}"
        )
    verdict = await (await enter()).get(f"/v/{paper['code']}")
    assert "เอกสารจริง และยังใช้ได้" in verdict.text


@pytest.mark.parametrize("typed", ["", "1/2/3", "9" * 30, "1/", "-1", "1.5"])
async def test_what_is_no_number_of_a_receipt_finds_none(now: Context, typed: str) -> None:
    assert await receipts_numbered(now, typed) == []


def test_a_number_is_quoted_with_its_book() -> None:
    assert quote(2570, 215) == "3/0215/2570"
    assert quote(2570, 300) == "3/0300/2570"
