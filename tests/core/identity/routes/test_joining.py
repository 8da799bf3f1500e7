import re
from typing import Any
from uuid import UUID

import httpx
import pytest

from core import db
from core.context import Context

PERSON = {"title": "นาง", "first_name": "บัวผัน", "last_name": "ใจงาม", "phone": "089-876-5432"}


async def test_a_citizen_registers_and_comes_to_the_page_that_was_wanted(
    client: httpx.AsyncClient, post: Any, here: Context, password: str, last_code: Any
) -> None:
    asked = await post("/register", {**PERSON, "password": password, "next": "/account"})
    assert asked.headers["location"] == "/register/code?next=%2Faccount"
    page = await client.get(asked.headers["location"])
    assert "08•-•••-5432" in page.text

    answer = await post("/register/code", {"code": await last_code(here), "next": "/account"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert "นางบัวผัน ใจงาม" in (await client.get("/account")).text


async def test_a_wrong_form_is_shown_again_with_all_that_was_typed_but_the_password(
    post: Any, ctx: Context
) -> None:
    answer = await post("/register", {**PERSON, "phone": "๐๘๙", "password": "my secret"})

    assert answer.status_code == 422
    assert 'value="บัวผัน"' in answer.text
    assert 'value="๐๘๙"' in answer.text
    assert "my secret" not in answer.text
    assert 'href="#phone"' in answer.text
    assert 'href="#password"' in answer.text


async def test_an_account_that_is_there_already_is_told_to_who_reads_its_messages(
    post: Any, citizen: UUID, here: Context, password: str, last_code: Any
) -> None:
    asked = await post("/register", {**PERSON, "phone": "0812345678", "password": password})
    assert asked.status_code == 303

    answer = await post("/register/code", {"code": await last_code(here)})

    assert answer.status_code == 422
    assert "มีบัญชีที่ใช้ข้อมูลนี้อยู่แล้ว" in answer.text


async def test_a_forgotten_password_is_set_anew(
    client: httpx.AsyncClient, post: Any, citizen: UUID, here: Context, last_code: Any
) -> None:
    asked = await post("/forgot", {"who": "0812345678"})
    assert asked.headers["location"] == "/forgot/code"
    new = "ตะเกียง ทุ่งนา เรือ"

    answer = await post("/forgot/code", {"code": await last_code(here), "password": new})
    assert answer.headers["location"] == "/sign-in?set=1"
    assert "ตั้งรหัสผ่านใหม่แล้ว" in (await client.get("/sign-in?set=1")).text
    assert (await post("/sign-in", {"who": "0812345678", "password": new})).status_code == 303


@pytest.mark.parametrize("who", ["0812345678", "0866666666", "1234545678781", "nobody@a.example"])
async def test_the_answer_does_not_tell_whether_there_is_an_account(
    post: Any, client: httpx.AsyncClient, citizen: UUID, who: str
) -> None:
    answer = await post("/forgot", {"who": who})
    page = await client.get("/forgot/code")
    wrong = await post("/forgot/code", {"code": "x", "password": "ตะเกียง ทุ่งนา เรือ"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/forgot/code")
    # A token of the page may hold the same digits.
    assert "5678" not in re.sub("[0-9a-f]{40,}", "", page.text)
    assert wrong.status_code == 422
    assert "ลองได้อีก 4 ครั้ง" in wrong.text


async def test_asking_for_nobody_is_told_at_the_field(post: Any, ctx: Context) -> None:
    answer = await post("/forgot", {"who": ""})

    assert answer.status_code == 422
    assert 'href="#who"' in answer.text


async def test_ten_megabytes_of_a_name_do_nothing(post: Any, here: Context, password: str) -> None:
    answer = await post(
        "/register", {**PERSON, "first_name": "ก" * 1_000_000, "password": password}
    )

    assert answer.status_code == 422
    assert len(answer.content) < 60_000
    async with db.transaction(here) as connection:
        assert await connection.fetchval("SELECT count(*) FROM core.account") == 0
