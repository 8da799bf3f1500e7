import re
from typing import Any
from uuid import UUID

import httpx

from core.context import Context
from core.db import transaction
from kit.casework.tables import Case
from kit.thai import thai_digits
from tests.today import year

PHOTO = b"".join(
    bytes.fromhex(part)
    for part in (
        "89504e470d0a1a0a0000000d494844520000000100000001080200000090",
        "7753de0000000c49444154789c63f8cfc0000003010100c9fe92ef000000",
        "0049454e44ae426082",
    )
)


def token(page: httpx.Response) -> str:
    found = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)
    assert found, page.text[:2000]
    return found[1]


async def send(browser: httpx.AsyncClient, page: httpx.Response, to: str, **more: Any) -> Any:
    return await browser.post(to, data={"_csrf_token": token(page)} | more)


async def filled(browser: httpx.AsyncClient) -> tuple[str, httpx.Response]:
    guide = await browser.get("/services/oss.general")
    first = await send(browser, guide, "/services/oss.general")
    draft = str(first.url).split("/")[-2]
    who = {"name": "นายสมชาย ใจดี", "phone": "081-234-5678"}
    second = await send(browser, first, f"/apply/{draft}/1", **who)
    about = {"subject": "ต้นไม้พาดสายไฟ", "details": "กลัวหักช่วงลมแรง"}
    third = await send(browser, second, f"/apply/{draft}/2", **about)
    return draft, third


async def test_a_citizen_files_without_an_account_and_without_a_script(
    browser: httpx.AsyncClient, ctx: Context
) -> None:
    draft, documents = await filled(browser)
    check = await browser.post(
        f"/apply/{draft}/3",
        data={"_csrf_token": token(documents)},
        files={"photo": ("ต้นไม้.png", PHOTO, "image/png")},
    )
    case = await send(browser, check, f"/apply/{draft}/file", declared="yes")

    assert f"1/{year()}" in case.text
    assert "สมชาย" not in case.text.split("<main")[0]
    async with transaction(ctx):
        row = await Case.select(Case.subject, Case.phone).where(Case.of(ctx)).first()
    assert row == {"subject": "ต้นไม้พาดสายไฟ", "phone": "+66812345678"}


async def test_a_wrong_answer_comes_back_filled_with_what_to_do(browser: httpx.AsyncClient) -> None:
    guide = await browser.get("/services/oss.general")
    first = await send(browser, guide, "/services/oss.general")
    draft = str(first.url).split("/")[-2]
    wrong = await send(browser, first, f"/apply/{draft}/1", name="สมชาย", phone="12")

    assert wrong.status_code == 422
    assert 'value="สมชาย"' in wrong.text
    assert 'href="#phone"' in wrong.text


async def test_filing_twice_is_one_case(browser: httpx.AsyncClient, ctx: Context) -> None:
    draft, documents = await filled(browser)
    check = await send(browser, documents, f"/apply/{draft}/3")
    first = await send(browser, check, f"/apply/{draft}/file", declared="yes")
    second = await send(browser, check, f"/apply/{draft}/file", declared="yes")

    assert first.url.path == second.url.path
    async with transaction(ctx):
        assert await Case.count().where(Case.of(ctx)) == 1


async def test_a_draft_is_opened_only_on_the_device_that_began_it(
    browser: httpx.AsyncClient,
) -> None:
    draft, _ = await filled(browser)
    browser.cookies.clear()

    assert (await browser.get(f"/apply/{draft}/1")).status_code == 404


async def test_number_and_phone_lead_to_the_case(browser: httpx.AsyncClient) -> None:
    draft, documents = await filled(browser)
    check = await send(browser, documents, f"/apply/{draft}/3")
    await send(browser, check, f"/apply/{draft}/file", declared="yes")
    ask = await browser.get("/track")
    found = await send(
        browser, ask, "/track", number=thai_digits(f"1/{year()}"), phone="081 234 5678"
    )
    other = await send(browser, ask, "/track", number=f"1/{year()}", phone="0899999999")

    assert found.status_code == 200
    assert found.url.path.startswith("/t/")
    assert other.status_code == 404


async def test_a_paper_of_another_case_is_not_given(browser: httpx.AsyncClient) -> None:
    draft, documents = await filled(browser)
    check = await send(browser, documents, f"/apply/{draft}/3")
    case = await send(browser, check, f"/apply/{draft}/file", declared="yes")

    answer = await browser.get(f"{case.url.path}/papers/{UUID(int=7)}")
    assert answer.status_code == 404


async def test_a_forged_post_is_refused_with_a_sentence(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/services/oss.general", data={})

    assert answer.status_code == 403
    assert "หมดอายุ" in answer.text


async def test_an_unknown_host_is_nobody(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/", headers={"host": "nowhere.localhost"})

    assert answer.status_code == 404
