"""How often strangers may guess and file: counted in the database, so in every process."""

from typing import Any

import httpx
import pytest

from core.api import attempts
from core.context import Context
from core.runtime import Runtime
from tests.conftest import app_of
from tests.today import year

HERE = {"Sec-Fetch-Site": "same-origin"}
REQUEST = {
    "applicant": {"name": "นายสมชาย ใจดี", "phone": "+66812345678"},
    "answers": {"subject": "ต้นไม้พาดสายไฟ", "details": "กลัวหักช่วงลมแรง"},
}
GUESS = {"number": "๑/๒๕๖๙", "phone": "089-999-9999"}


@pytest.fixture
async def second(runtime: Runtime, ctx: Context) -> Any:
    """A browser at another process."""
    transport = httpx.ASGITransport(app_of(runtime))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", headers=HERE
    ) as client:
        yield client


async def file(browser: httpx.AsyncClient, key: str) -> httpx.Response:
    headers = {"Idempotency-Key": key}
    return await browser.post("/api/services/oss.general/cases", json=REQUEST, headers=headers)


async def test_who_guesses_the_phone_of_a_case_must_wait_and_is_told_how_long(
    browser: httpx.AsyncClient, second: httpx.AsyncClient
) -> None:
    await file(browser, "key-00001")
    both = [browser, second]
    tried = [await both[n % 2].post("/track", data=GUESS, headers=HERE) for n in range(12)]

    assert [one.status_code for one in tried] == [404] * 10 + [429] * 2
    assert "ไม่พบเรื่องเลขที่นี้" in tried[0].text
    assert 'value="๑/๒๕๖๙"' in tried[0].text
    assert 0 < int(tried[-1].headers["retry-after"]) <= 60
    assert "ลองหลายครั้งเกินไป รอ" in tried[-1].text
    assert 'value="089-999-9999"' in tried[-1].text
    other = await second.post("/track", data=GUESS | {"number": "2/2569"})
    assert other.status_code == 404


async def test_who_knows_the_phone_is_never_made_to_wait(browser: httpx.AsyncClient) -> None:
    await file(browser, "key-00001")
    right = {"number": f"1/{year()}", "phone": "081-234-5678"}
    answers = [await browser.post("/track", data=right, headers=HERE) for _ in range(60)]

    assert {one.status_code for one in answers} == {200}


@pytest.mark.parametrize("path", ["/v/MH7K-2Q9D-41TA", "/t/MH7K-2Q9D-41TA"])
async def test_wrong_codes_from_one_address_are_slowed_down(
    second: httpx.AsyncClient, path: str
) -> None:
    statuses = [(await second.get(path)).status_code for _ in range(52)]

    assert statuses == [404] * 50 + [429] * 2
    page = await second.get(path)
    assert "รอสักครู่" in page.text
    assert "retry-after" in page.headers


async def test_other_systems_that_file_too_much_are_told_when_to_go_on(
    browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = attempts.FILINGS._replace(free=3)
    monkeypatch.setattr(attempts, "FILINGS", few)
    answers = [await file(browser, f"key-0000{n}") for n in range(4)]

    assert [one.status_code for one in answers] == [201, 201, 201, 429]
    assert answers[-1].json()["message"].startswith("ลองหลายครั้งเกินไป")
    begun = await browser.post("/services/oss.general", headers=HERE)
    assert begun.status_code == 429
