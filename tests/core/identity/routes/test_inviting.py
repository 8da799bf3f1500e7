import re
from typing import Any
from uuid import UUID

import httpx
import pytest

from core.identity import accounts
from core.identity.passwords import is_password

NEW = "ต้นมะม่วง หลังบ้าน สูงมาก"


async def test_an_administrator_makes_a_link_by_which_the_officer_gets_in(
    client: httpx.AsyncClient, post: Any, enter: Any, administrator: UUID, here: Any
) -> None:
    colleague = await accounts.register_officer(
        here, first_name="อรทัย", last_name="มั่นคง", email="o@maehia.example", post="นิติกร"
    )
    await enter(administrator)
    shown = await post(f"/desk/people/{colleague}/invitation")
    assert shown.status_code == 200
    link = re.search(r"\nhttp://maehia\.localhost:\d+(/invited/[\w-]{43})<", shown.text)
    assert link is not None

    client.cookies.delete("session")
    opened = await client.get(link[1])
    assert "อรทัย มั่นคง" in opened.text
    assert "o@maehia.example" not in opened.text
    short = await post(link[1], {"password": "short"})
    assert short.status_code == 422
    accepted = await post(link[1], {"password": NEW})

    assert (accepted.status_code, accepted.headers["location"]) == (303, "/desk")
    assert (await client.get("/account")).status_code == 200
    assert await is_password((await accounts.get(here, colleague))["password_hash"], NEW)
    assert "ลิงก์นี้ใช้ไม่ได้แล้ว" in (await client.get(link[1])).text
    assert (await post(link[1], {"password": NEW})).status_code == 422


@pytest.mark.parametrize("token", ["x", "a" * 43, "a" * 3000, "๑๒๓"])
async def test_a_link_that_nobody_made_says_that_it_is_over(
    client: httpx.AsyncClient, post: Any, token: str
) -> None:
    page = await client.get(f"/invited/{token}")
    assert page.status_code == 200
    assert "ลิงก์นี้ใช้ไม่ได้แล้ว" in page.text
    assert (await post(f"/invited/{token}", {"password": NEW})).status_code == 422


async def test_links_are_made_by_who_may_manage_people(
    post: Any, enter: Any, officer: UUID, citizen: UUID
) -> None:
    for someone in (citizen, officer):
        await enter(someone)
        assert (await post(f"/desk/people/{officer}/invitation")).status_code == 403


async def test_where_nothing_sends_messages_the_page_says_how_to_get_in(
    post: Any, client: httpx.AsyncClient, officer: UUID, password: str
) -> None:
    step = await post("/sign-in", {"who": "somchai@maehia.example", "password": password})
    page = await client.get(step.headers["location"])
    assert "ขอรหัสจากผู้ดูแลเครื่องแม่ข่าย" in page.text

    asked = await post("/forgot", {"who": "nobody@maehia.example"})
    assert "ขอลิงก์ตั้งรหัสผ่าน" in (await client.get(asked.headers["location"])).text
