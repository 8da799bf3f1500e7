"""What banks and officers send over HTTP, and what they see."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec
import pytest

from core.api import Context
from core.db import transaction
from core.http.received import LARGEST_TEXT
from core.identity import accounts, holders, sessions
from core.runtime import Runtime
from kit.treasury.banking.signing import sign
from kit.treasury.banks import BANGKOK, SCB
from kit.treasury.service import access, suspense
from kit.treasury.service.billing import Asked
from tests.conftest import app_of
from tests.kit.treasury.service.banking import TRANSIT, a_file, counts, held, paid, send

Bill = Callable[..., Awaitable[Asked]]
SECRET = "a-secret-of-sixteen-and-more"  # noqa: S105
OTHER = "another-secret-of-sixteen"
PATH = "/api/treasury/callbacks/scb"


@pytest.fixture
async def browser(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app_of(runtime))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", follow_redirects=True
    ) as client:
        yield client


@pytest.fixture
def sign_in(
    runtime: Runtime, ctx: Context, browser: httpx.AsyncClient
) -> Callable[[str], Awaitable[None]]:
    async def of(role: str) -> None:
        here = runtime.context(ctx.tenant)
        account = await accounts.register_officer(
            here, post="เจ้าพนักงาน", phone="0812345672", first_name="อรทัย", last_name="มั่นคง"
        )
        await holders.grant_role(here, account=account, role=role)
        opened = await sessions.open_session(
            here, account, "officer", browser=sessions.Browser(), how="test"
        )
        browser.cookies.set("session", opened.token)

    return of


def told(ref1: str, amount: str = "60.00", number: str = "T1", **more: str) -> bytes:
    return msgspec.json.encode(
        {
            "payeeProxyId": "010555500000001",
            "payeeProxyType": "BILLERID",
            "payeeAccountNumber": "1234567890",
            "payerName": "นายสมชาย ใจดี",
            "sendingBankCode": "014",
            "amount": amount,
            "transactionId": number,
            "transactionDateandTime": "2026-11-20T09:00:00+07:00",
            "billPaymentRef1": ref1,
            "billPaymentRef2": "256911",
            "currencyCode": "764",
        }
        | more
    )


async def call(
    browser: httpx.AsyncClient, body: bytes, *, secret: str = SECRET, path: str = PATH
) -> httpx.Response:
    now = str(int(datetime.now(UTC).timestamp()))
    signature = sign(body, timestamp=now, secret=secret.encode())
    headers = {"X-Timestamp": now, "X-Signature": signature}
    return await browser.post(path, content=body, headers=headers)


async def test_a_signed_callback_is_kept_once_and_answered_alike(
    browser: httpx.AsyncClient, ctx: Context, bill: Bill
) -> None:
    asked = await bill(6000)
    await access.agree(ctx, SCB, secret=SECRET, sources="")

    answers = [await call(browser, told(asked.ref1)) for _ in range(2)]

    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["transactionId"] == "T1"
    assert await held(ctx) == {TRANSIT: 6000}
    assert await counts(ctx) == {"provisional": 1, "receipts": 1}


async def test_what_is_not_signed_by_the_bank_is_refused(
    browser: httpx.AsyncClient, ctx: Context
) -> None:
    assert (await call(browser, told("77"))).status_code == 403
    await access.agree(ctx, SCB, secret=SECRET, sources="")

    refused = [
        await call(browser, told("77"), secret=OTHER),
        await browser.post(PATH, content=told("77")),
        await call(browser, b"x" * 20_000),
        await call(browser, told("77"), path="/api/treasury/callbacks/nobody"),
    ]

    assert [one.status_code for one in refused] == [403, 403, 413, 404]
    assert await held(ctx) == {}


async def test_a_secret_is_good_until_the_change_after_the_next(
    browser: httpx.AsyncClient, ctx: Context
) -> None:
    third = "a-third-secret-of-sixteen"
    await access.agree(ctx, SCB, secret=SECRET, sources="")
    await access.agree(ctx, SCB, secret=OTHER, sources="")

    assert (await call(browser, told("77"), secret=SECRET)).status_code == 200
    assert (await call(browser, told("77"), secret=OTHER)).status_code == 200
    await access.agree(ctx, SCB, secret=third, sources="")
    assert (await call(browser, told("77"), secret=SECRET)).status_code == 403
    async with transaction(ctx) as connection:
        kept = await connection.fetchval("SELECT secret FROM treasury.bank_access")
    assert third.encode() not in kept


async def test_only_the_addresses_of_the_bank_may_call(
    browser: httpx.AsyncClient, ctx: Context
) -> None:
    await access.agree(ctx, SCB, secret=SECRET, sources="203.0.113.0/24")
    assert (await call(browser, told("77"))).status_code == 403

    await access.agree(ctx, SCB, secret="", sources="203.0.113.0/24\n127.0.0.0/8")
    assert (await call(browser, told("77"))).status_code == 200


async def test_a_callback_that_cannot_be_read_says_what_is_wrong(
    browser: httpx.AsyncClient, ctx: Context
) -> None:
    await access.agree(ctx, SCB, secret=SECRET, sources="")

    for amount in ("60.005", "-1.00", "0.00", "99999999999999.00"):
        answer = await call(browser, told("77", amount))
        assert answer.status_code == 422
        assert "จำนวนเงิน" in answer.json()["message"]
    assert (await call(browser, told("77"))).status_code == 200
    assert (await call(browser, told("77", "61.00"))).status_code == 409
    assert await held(ctx) == {TRANSIT: 6000, "suspense": -6000}


async def test_another_bank_is_answered_in_its_own_words(
    browser: httpx.AsyncClient, ctx: Context
) -> None:
    await access.agree(ctx, BANGKOK, secret=SECRET, sources="")
    notice = {
        "billerId": "010555500000001",
        "transDate": "2026-11-20",
        "transTime": "09:00:00",
        "termType": "10",
        "amount": "60.00",
        "reference1": "77",
        "bankRef": "B1",
        "txnType": "C",
        "retryFlag": "N",
    }

    path = "/api/treasury/callbacks/bbl"
    kept = await call(browser, msgspec.json.encode(notice), path=path)
    wrong = await call(browser, msgspec.json.encode(notice | {"amount": "60"}), path=path)

    assert kept.json()["responseCode"] == "000"
    assert wrong.json()["responseCode"] == "213"


async def page(browser: httpx.AsyncClient, path: str) -> str:
    answer = await browser.get(path)
    assert answer.status_code == 200, path
    return answer.text


async def post(
    browser: httpx.AsyncClient, shown: str, path: str, *, file: bytes | None = None, **form: str
) -> httpx.Response:
    token = re.findall('name="_csrf_token" value="([^"]+)"', shown)[0]
    files: Any = {"file": ("day.txt", file)} if file is not None else None
    return await browser.post(path, data={"_csrf_token": token} | form, files=files)


async def test_an_officer_imports_a_file_and_sees_what_came_of_it(
    browser: httpx.AsyncClient, sign_in: Callable[[str], Awaitable[None]], bill: Bill
) -> None:
    asked = await bill(6000)
    await sign_in("treasury")
    data = a_file([paid(asked.ref1, 6000), paid("77", 5)])

    shown = await post(browser, await page(browser, "/desk/bank"), "/desk/bank", file=data)
    again = await post(browser, await page(browser, "/desk/bank"), "/desk/bank", file=data)
    wrong = await post(browser, await page(browser, "/desk/bank"), "/desk/bank", file=b"x" * 40)

    assert "ลงบัญชีแล้ว" in shown.text
    assert "ไม่พบเลขอ้างอิง" in shown.text
    assert (again.status_code, "นำเข้าแล้วเมื่อ" in again.text) == (409, True)
    assert "ต้องยาว 256 หรือ 450 ตัวอักษร" in wrong.text
    assert "ยอดธนาคารตรงกับบัญชี" in await page(browser, "/desk/reconciliation?day=2026-11-20")


async def test_an_officer_looks_at_a_file_first_and_then_has_it_posted(
    browser: httpx.AsyncClient, sign_in: Callable[[str], Awaitable[None]], ctx: Context, bill: Bill
) -> None:
    asked = await bill(6000)
    await sign_in("treasury")
    data = a_file([paid(asked.ref1, 6000), paid("77", 5)])
    desk = await page(browser, "/desk/bank")

    looked = await post(browser, desk, "/desk/bank", file=data, do="look")
    again = await post(browser, desk, "/desk/bank", file=data, do="look")

    assert "ตรวจแล้ว ยังไม่ลงบัญชี" in looked.text
    assert "ไม่พบเลขอ้างอิง" in looked.text
    assert (again.status_code, again.url) == (200, looked.url)
    assert await held(ctx) == {"receivable": 6000}

    posted = await post(browser, looked.text, looked.url.path)
    twice = await post(browser, looked.text, looked.url.path)

    assert "ผลการลงบัญชี" in posted.text
    assert (twice.status_code, "โหลดหน้านี้ใหม่" in twice.text) == (409, True)
    assert await counts(ctx) == {"confirmed": 2, "receipts": 1}


async def test_a_file_of_a_day_without_payments_is_looked_at_and_posted(
    browser: httpx.AsyncClient, sign_in: Callable[[str], Awaitable[None]], ctx: Context
) -> None:
    await sign_in("treasury")
    desk = await page(browser, "/desk/bank")

    looked = await post(browser, desk, "/desk/bank", file=a_file([]), do="look")
    posted = await post(browser, looked.text, looked.url.path)

    assert (looked.status_code, "ถ้าลงบัญชีตอนนี้" in looked.text) == (200, True)
    assert (posted.status_code, "ผลการลงบัญชี" in posted.text) == (200, True)
    assert await counts(ctx) == {"receipts": 0}


async def test_a_large_file_is_taken_and_waits_for_the_background(
    browser: httpx.AsyncClient, sign_in: Callable[[str], Awaitable[None]]
) -> None:
    await sign_in("treasury")
    data = a_file([paid("77", 5, at=n) for n in range(1 + LARGEST_TEXT // 258)])

    shown = await post(browser, await page(browser, "/desk/bank"), "/desk/bank", file=data)

    assert shown.status_code == 200
    assert "กำลังตรวจไฟล์" in shown.text


async def test_an_officer_gives_money_to_its_bill(
    browser: httpx.AsyncClient, sign_in: Callable[[str], Awaitable[None]], ctx: Context, bill: Bill
) -> None:
    asked = await bill(6000)
    await send(ctx, [paid("77", 6000)])
    [row] = await suspense.queue(ctx)
    await sign_in("treasury")
    path = f"/desk/suspense/{row['id']}"

    assert path in await page(browser, "/desk/suspense?reason=unknown_reference")
    shown = await page(browser, path)
    assert asked.ref1 in shown
    empty = await post(browser, shown, f"{path}/assign")
    hasty = await post(browser, shown, f"{path}/reject")
    done = await post(browser, shown, f"{path}/assign", bill=asked.ref1, why="โทรถามแล้ว")

    assert empty.status_code == 422
    assert "เลือกใบแจ้ง" in empty.text
    assert (hasty.status_code, 'href="#reject_why"' in hasty.text) == (422, True)
    assert "เงินเข้าแล้ว" in done.text
    assert await suspense.queue(ctx) == []


async def test_who_may_not_cannot(
    browser: httpx.AsyncClient, sign_in: Callable[[str], Awaitable[None]]
) -> None:
    await sign_in("registry")
    for path in ("/desk/bank", "/desk/suspense", "/desk/reconciliation", "/desk/bank/access"):
        assert (await browser.get(path)).status_code == 403


async def test_an_administrator_sets_by_what_the_bank_is_known(
    browser: httpx.AsyncClient, sign_in: Callable[[str], Awaitable[None]], ctx: Context
) -> None:
    await sign_in("administrator")
    shown = await page(browser, "/desk/bank/access")
    path = "/desk/bank/access/scb"

    form: dict[str, Any] = {"scb.secret": "short", "scb.sources": "nowhere"}
    wrong = await post(browser, shown, path, **form)
    form = {"scb.secret": SECRET, "scb.sources": ""}
    right = await post(browser, shown, path, **form)

    assert wrong.status_code == 422
    assert "“nowhere” ไม่ใช่ที่อยู่เครือข่าย" in wrong.text
    assert "เปิดรับ" in right.text
    assert SECRET not in right.text
    assert (await call(browser, told("77"))).status_code == 200
