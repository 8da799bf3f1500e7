"""A bank that has agreed on a secret with the demonstration, and tells of payments at once."""

import time
from datetime import datetime
from typing import Any

import httpx
import msgspec
from playwright.async_api import Page

from kit.thai import BANGKOK
from kit.treasury.banking.signing import sign
from kit.treasury.codes.payments import BillPayment
from tests.browser.people import press

SECRET = "a-secret-between-them"  # noqa: S105
ACCOUNT = "1234567890"


async def agrees_with_the_bank(page: Page) -> None:
    """Set the secret at the desk of the treasury."""
    await page.goto("/desk/treasury")
    await page.get_by_role("link", name="ตั้งช่องทางธนาคาร").click()
    await page.locator("[id='scb.secret']").fill(SECRET)
    await press(page, "บันทึก ธนาคารไทยพาณิชย์")


async def told_by_callback(
    town: Any, asked: BillPayment, *, paid_at: datetime | None = None
) -> httpx.Response:
    """Tell the office that what a code asks for was paid."""
    at = paid_at or datetime.now(BANGKOK).replace(microsecond=0)
    body = msgspec.json.encode(
        {
            "payeeProxyId": asked.biller,
            "payeeProxyType": "BILLERID",
            "payeeAccountNumber": ACCOUNT,
            "payerName": "นายทดสอบ",
            "sendingBankCode": "014",
            "amount": f"{(asked.amount or 0) / 100:.2f}",
            "transactionId": f"paid-{asked.ref1}",
            "transactionDateandTime": at.isoformat(),
            "billPaymentRef1": asked.ref1,
            "billPaymentRef2": asked.ref2,
            "currencyCode": "764",
        }
    )
    now = str(int(time.time()))
    headers = {
        "Host": f"maehia.localhost:{town.line.port}",
        "X-Timestamp": now,
        "X-Signature": sign(body, timestamp=now, secret=SECRET.encode()),
    }
    async with httpx.AsyncClient() as bank:
        where = f"http://127.0.0.1:{town.line.port}/api/treasury/callbacks/scb"
        return await bank.post(where, content=body, headers=headers)
