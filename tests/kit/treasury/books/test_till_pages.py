"""A collector's day at the desk, in a browser without scripts."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from core.api import Context
from kit.treasury.service import adjusting, receipts, refunds, taking
from kit.treasury.service.billing import Asked, read_bill

Of = Callable[..., Awaitable[Any]]  # of a class of conftest.py, which cannot be imported
Bill = Callable[..., Awaitable[Asked]]
Acting = Callable[..., Context]


@pytest.fixture
async def clerk(browser_of: Of) -> Any:
    return await browser_of("treasury")


async def sell(acting: Acting, clerk: Any, made: Asked, amount: int) -> taking.Taken:
    return await taking.take_cash(
        acting(clerk, "collect"), made.id, amount=amount, tendered=amount, till="1", key=made.ref1
    )


def till_in(page: str) -> str:
    found: list[str] = re.findall(r'action="(/desk/till/[0-9a-f-]{36})/close"', page)
    return found[0]


async def test_a_till_is_opened_by_one_press_counted_explained_and_closed(
    clerk: Any, acting: Acting, bill: Bill
) -> None:
    opened = await clerk.send("/desk/till", "/desk/till", till="1", change="500")
    assert "ช่อง 1" in opened
    await sell(acting, clerk, await bill(6025), 6025)
    page = await clerk.get("/desk/till")
    assert "560.25 บาท" in page
    assert "1/0001/" in page

    at = till_in(page)
    summed = await clerk.send(f"{at}/close", "/desk/till", do="sum", **{"piece-50000": "1"})
    assert "500.00 บาท" in summed
    assert "ขาด 60.25 บาท" in summed
    assert 'value="1"' in summed
    wrong = await clerk.send(f"{at}/close", "/desk/till", 422, **{"piece-50000": "หนึ่ง"})
    assert "ต้องเป็นตัวเลข" in wrong
    short = await clerk.send(f"{at}/close", "/desk/till", 422, **{"piece-50000": "1"})
    assert "เงินขาด 60.25 บาท" in short
    closed = await clerk.send(
        f"{at}/close", "/desk/till", why="ทอนผิด", **{"piece-50000": "๑", "piece-5000": "1"}
    )
    assert "ขาด 10.25 บาท" in closed
    assert "ทอนผิด" in closed
    assert "550.00 บาท" in closed

    pdf = await clerk.client.get(f"{at}/slip.pdf")
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
    assert at in await clerk.get("/desk/till")
    again = await clerk.send("/desk/till", "/desk/till", 409, till="1")
    assert "ปิดและนำส่งแล้ว" in again
    assert "ปิดและนำส่งแล้ว" in await clerk.send(f"{at}/close", "/desk/till", 409)


async def test_scripts_get_the_sum_alone(clerk: Any) -> None:
    page = await clerk.send("/desk/till", "/desk/till", till="1")
    token = re.findall(r'name="_csrf_token" value="([^"]+)"', page)[0]

    part = await clerk.client.post(
        f"{till_in(page)}/close",
        data={"_csrf_token": token, "do": "sum", "piece-100000": "3"},
        headers={"HX-Request": "true", "HX-Request-Type": "partial"},
    )

    assert part.status_code == 200
    assert part.text.strip().startswith('<div id="sum"')
    assert "3,000.00 บาท" in part.text


async def test_change_that_is_no_amount_is_refused_with_its_reason(clerk: Any) -> None:
    for typed in ("พัน", "-5", "200000"):
        page = await clerk.send("/desk/till", "/desk/till", 422, till="1", change=typed)
        assert 'id="change-error"' in page


async def test_a_colleagues_till_is_not_shown_and_the_director_receives_its_money(
    clerk: Any, browser_of: Of
) -> None:
    at = till_in(await clerk.send("/desk/till", "/desk/till", till="1"))
    other, director = await browser_of("treasury"), await browser_of("director")

    await other.get(at, 403)
    await other.send(f"{at}/close", "/desk/till", 403)
    assert "นับเงินและปิดช่อง" in await director.get(at)
    await clerk.send(f"{at}/close", "/desk/till")
    await other.get(f"{at}/slip.pdf", 403)
    await clerk.send(f"{at}/receive", "/desk/till", 403)
    page = await director.send(f"{at}/receive", at)
    assert "รับเงินนำส่งแล้ว" in page
    await director.send(f"{at}/receive", at, 409)


async def test_a_refund_is_granted_by_the_director_and_paid_out_at_the_till(
    clerk: Any, browser_of: Of, acting: Acting, bill: Bill, today: Context
) -> None:
    director = await browser_of("director")
    await clerk.send("/desk/till", "/desk/till", till="1")
    made = await bill(6000)
    await sell(acting, clerk, made, 6000)
    await adjusting.cancel_bill(acting(director, "adjust"), made.id, why="ออกผิด")
    [one] = await refunds.refunds_possible(today)
    at = f"/desk/treasury/refunds/{one['id']}"

    assert "60.00 บาท" in await director.get("/desk/treasury/refunds")
    refused = await director.send(at, "/desk/treasury/refunds", 422, why=" ")
    assert "เขียนเหตุผลไม่เกิน 500 ตัวอักษร" in refused
    await clerk.send(at, "/desk/till", 403, why="อยากคืน")
    assert "รอจ่าย" in await director.send(at, "/desk/treasury/refunds", why="ออกผิดราย")
    assert "ออกผิดราย" in await clerk.get("/desk/till")
    await clerk.send(f"/desk/till/refunds/{one['id']}", "/desk/till")
    await clerk.send(f"/desk/till/refunds/{one['id']}", "/desk/till", 409)
    assert await refunds.refunds_due(today) == []


async def test_a_cheque_is_taken_and_taken_back(
    clerk: Any, browser_of: Of, bill: Bill, today: Context
) -> None:
    director, made = await browser_of("director"), await bill(6000)
    assert "ยังไม่ได้เปิดช่อง" in await clerk.get("/desk/till/cheque")
    await clerk.send("/desk/till", "/desk/till", till="1")
    cheque = {
        "bill": made.ref1, "amount": "60", "number": "12345678", "bank": "กรุงไทย", "key": "one",
        "dated.day": str(today.today.day), "dated.month": str(today.today.month),
        "dated.year": str(today.today.year + 543),
    }  # fmt: skip
    wrong: tuple[tuple[dict[str, str], str], ...] = (
        ({"bill": "123"}, "bill-error"),
        ({"amount": "ห้า"}, "amount-error"),
        ({"amount": "61"}, "amount-error"),
        ({"number": "1"}, "number-error"),
        ({"dated.day": "32"}, "dated.day-error"),
        ({"dated.year": str(today.today.year + 544)}, "dated.day-error"),
    )
    for change, told in wrong:
        page = await clerk.send("/desk/till/cheque", "/desk/till/cheque", 422, **cheque | change)
        assert f'id="{told}"' in page, change

    assert "1/0001/" in await clerk.send("/desk/till/cheque", "/desk/till/cheque", **cheque)
    listed = await director.get("/desk/treasury/cheques?q=12345678")
    at = re.findall(r'href="(/desk/treasury/cheques/[0-9a-f-]{36})"', listed)[0]
    assert "ธนาคารไม่จ่าย" in await director.get(at)
    assert 'id="why-error"' in await director.send(at, at, 422, why="")
    assert "ธนาคารไม่จ่าย" in await director.send(at, at, why="เงินไม่พอจ่าย")
    await director.send(at, at, 409, why="เงินไม่พอจ่าย")
    assert (await read_bill(today, made.id))["owed"] == 6000


async def test_tills_are_set_up_by_the_director_alone(clerk: Any, browser_of: Of) -> None:
    director = await browser_of("director")
    await clerk.get("/desk/treasury/tills", 403)
    at = "/desk/treasury/tills"

    assert 'id="code-error"' in await director.send(at, at, 422, code="", name="สอง")
    assert "เคาน์เตอร์ 2" in await director.send(at, at, code="2", name="เคาน์เตอร์ 2", unit="works")
    assert "เลิกใช้" in await director.send(f"{at}/2", at, do="retire")
    refused = await clerk.send("/desk/till", "/desk/till", 409, till="2")
    assert "เลิกใช้แล้ว" in refused
    await director.send(f"{at}/2", at, do="reopen")
    assert "ช่อง 2" in await clerk.send("/desk/till", "/desk/till", till="2")


async def test_a_receipt_cancelled_after_closing_waits_on_the_page_of_the_next_till(
    clerk: Any, browser_of: Of, acting: Acting, bill: Bill
) -> None:
    director, other = await browser_of("director"), await browser_of("treasury")
    at = till_in(await clerk.send("/desk/till", "/desk/till", till="1"))
    taken = await sell(acting, clerk, await bill(6000), 6000)
    await clerk.send(f"{at}/close", "/desk/till", **{"piece-5000": "1", "piece-1000": "1"})
    before = await clerk.get(at)

    await receipts.cancel(acting(director, "cancel"), taken.receipt.id, why="รับผิดราย")

    assert "60.00 บาท" in before
    assert "รวมนำส่ง" in await clerk.get(at)
    assert "รับผิดราย" in await other.send("/desk/till", "/desk/till", till="1")
