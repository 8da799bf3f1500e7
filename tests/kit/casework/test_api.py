from typing import Any

import httpx
import pytest

from core.context import Context
from core.db import transaction
from kit.casework.tables import Case
from tests.today import year

PERSON = {"name": "นายสมชาย ใจดี", "phone": "+66812345678"}
ANSWERS = {"subject": "ไฟดับ", "details": "หน้าวัด"}


async def file(browser: httpx.AsyncClient, key: str = "key-0001", **body: Any) -> httpx.Response:
    sent = {"applicant": PERSON, "answers": ANSWERS} | body
    return await browser.post(
        "/api/services/oss.general/cases", json=sent, headers={"Idempotency-Key": key}
    )


async def test_a_case_is_filed_and_followed_as_json(browser: httpx.AsyncClient) -> None:
    filed = await file(browser)
    progress = await browser.get(f"/api/cases/{filed.json()['track']}")

    assert filed.status_code == 201
    assert filed.json()["number"] == f"1/{year()}"
    assert progress.json()["status"] == "submitted"


async def test_the_same_key_is_the_same_case(browser: httpx.AsyncClient, ctx: Context) -> None:
    first, second = await file(browser), await file(browser)

    assert first.json() == second.json()
    async with transaction(ctx):
        assert await Case.count().where(Case.of(ctx)) == 1


async def test_what_is_wrong_is_named_by_its_place(browser: httpx.AsyncClient) -> None:
    answer = await file(browser, applicant={"name": ""}, answers={"subject": 5, "more": 1})

    assert answer.status_code == 422
    assert {"applicant.phone", "answers.subject", "answers.more"} <= set(answer.json()["problems"])


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "ก" * 10])
async def test_an_odd_key_is_refused(browser: httpx.AsyncClient, key: str) -> None:
    sent = {"applicant": PERSON, "answers": ANSWERS}
    answer = await browser.post(
        "/api/services/oss.general/cases",
        json=sent,
        headers={b"Idempotency-Key": key.encode()},
    )

    assert answer.status_code == 400


async def test_broken_json_is_refused(browser: httpx.AsyncClient) -> None:
    answer = await browser.post(
        "/api/services/oss.general/cases",
        content=b'{"applicant": \xff',
        headers={"content-type": "application/json", "Idempotency-Key": "key-0001"},
    )

    assert answer.status_code == 400


async def test_the_interface_describes_itself(browser: httpx.AsyncClient) -> None:
    schema = (await browser.get("/api/openapi.json")).json()
    service = (await browser.get("/api/services/oss.general")).json()

    assert set(schema["paths"]) == {
        "/api/services",
        "/api/services/{code}",
        "/api/services/{code}/cases",
        "/api/cases/{track}",
        "/api/open-data/services.json",
        "/api/open-data/services.csv",
    }
    assert service["answers"]["properties"]["subject"]["maxLength"] == 200
