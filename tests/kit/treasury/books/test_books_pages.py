"""The day, the month and the arrears at the desk, and their exports."""

import csv
import io
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.api import Context
from kit.treasury.service import closing, taking, tills
from kit.treasury.service.billing import Asked

Of = Callable[..., Awaitable[Any]]
Bill = Callable[..., Awaitable[Asked]]
Acting = Callable[..., Context]


@pytest.fixture
async def yesterday(browser_of: Of, acting: Acting, bill: Bill) -> dict[str, Any]:
    """A till that was closed yesterday after one sale, not received yet."""
    clerk = await browser_of("treasury")
    made = await bill(6000)
    now = acting(clerk, "collect", "read")
    past = replace(now, now=now.now - timedelta(days=1))
    till = await tills.open_till(past, "1")
    await taking.take_cash(past, made.id, amount=6000, tendered=6000, till="1", key="one")
    await closing.close_till(past, till, pieces={5000: 1, 1000: 1})
    return {"clerk": clerk, "day": past.today, "till": till}


async def test_a_day_is_locked_once_its_tills_are_received(
    yesterday: dict[str, Any], browser_of: Of
) -> None:
    director, day = await browser_of("director"), yesterday["day"]
    at, home = f"/desk/treasury/day?day={day}", "/desk/treasury/day"

    page = await director.get(at)
    assert "60.00" in page
    assert "ยังมีช่องที่ไม่ปิดหรือยังไม่รับเงินนำส่ง: 1" in page
    await director.send(home, at, 409, day=str(day))
    await director.send(f"/desk/till/{yesterday['till']}/receive", at)
    assert "ปิดบัญชีวันนี้" in await director.get(at)
    await yesterday["clerk"].send(home, "/desk/till", 403, day=str(day))
    assert "แก้ไขไม่ได้แล้ว" in await director.send(home, at, day=str(day))
    assert "ปิดได้ตั้งแต่วันรุ่งขึ้น" in await director.get(home)
    assert "ปิดบัญชีแล้ว" in await director.get(f"/desk/treasury/month?month={day:%Y-%m}")


@pytest.mark.parametrize("asked", ["", "2026-13-99", "x", "9999-12-31", "0001-01-01"])
async def test_an_odd_day_or_month_is_today_or_empty(browser_of: Of, asked: str) -> None:
    director = await browser_of("director")

    await director.get(f"/desk/treasury/day?day={asked}")
    await director.get(f"/desk/treasury/month?month={asked[:7]}")
    await director.get(f"/desk/treasury/arrears?age={asked}&skip={asked}&revenue={asked}")


async def test_arrears_lead_down_to_who_owes_what(
    browser_of: Of, bill: Bill, today: Context
) -> None:
    director = await browser_of("director")
    await bill(9000, name="นางบุญมี ค้างนาน", due_on=today.today - timedelta(400))
    await bill(100, name="นายสมหมาย ยังไม่ถึง")

    page = await director.get("/desk/treasury/arrears?age=over-365")
    assert "นางบุญมี ค้างนาน" in page
    assert "นายสมหมาย ยังไม่ถึง" not in page
    href = page.split('href="/desk/treasury/arrears/')[1].split('"')[0]
    below = await director.get(f"/desk/treasury/arrears/{href}")
    assert "90.00 บาท" in below
    assert "ค้างเกิน 365 วัน" in below


async def test_other_programs_take_the_register_and_the_arrears(
    yesterday: dict[str, Any], browser_of: Of, bill: Bill
) -> None:
    director, month = await browser_of("director"), f"{yesterday['day']:%Y-%m}"
    await bill(9000, name="=นางบุญมี")

    taken = await director.client.get(f"/desk/treasury/export/receipts.csv?month={month}")
    owed = await director.client.get("/desk/treasury/export/arrears.csv")
    [receipt] = csv.DictReader(io.StringIO(taken.content.decode("utf-8-sig")))
    [debt] = csv.DictReader(io.StringIO(owed.content.decode("utf-8-sig")))
    assert (receipt["จำนวนเงิน (บาท)"], receipt["วิธีชำระ"]) == ("60.00", "เงินสด")
    assert (debt["ยอดค้าง (บาท)"], debt["ชื่อผู้ค้าง"]) == ("90.00", "'=นางบุญมี")
    assert taken.headers["content-disposition"] == f'attachment; filename="receipts-{month}.csv"'
    for name in ("receipts.xlsx", "arrears.xlsx"):
        book = await director.client.get(f"/desk/treasury/export/{name}")
        assert (book.status_code, book.content[:2]) == (200, b"PK")
    for name in ("receipts.pdf", "accounts.csv", "receipts"):
        assert (await director.client.get(f"/desk/treasury/export/{name}")).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["day", "month", "arrears", "refunds", "cheques", "tills", "export/receipts.csv"],
)
async def test_the_books_are_closed_to_other_officers(browser_of: Of, path: str) -> None:
    registry = await browser_of("registry")

    await registry.get(f"/desk/treasury/{path}", 403)
    await registry.get("/desk/till", 403)
