from typing import Any
from uuid import UUID

import httpx

from core import db
from core.context import Context
from core.identity import accounts, people, sessions


async def test_one_sees_who_opened_ones_number_and_why(
    client: httpx.AsyncClient, enter: Any, become: Any, citizen: UUID, officer: UUID, here: Context
) -> None:
    await people.reveal_national_id(
        await become(here, officer), citizen, reason="ออกใบอนุญาต 12/2569"
    )
    await enter(citizen)

    page = await client.get("/account")

    assert "นายสมชาย ตั้งใจ" in page.text
    assert "ออกใบอนุญาต 12/2569" in page.text


async def test_a_new_password_renews_the_session_and_ends_the_others(
    client: httpx.AsyncClient, post: Any, enter: Any, citizen: UUID, here: Context, password: str
) -> None:
    lost = await enter(citizen)
    before = await enter(citizen)

    answer = await post("/account/password", {"current": password, "new": "ตะเกียง ทุ่งนา เรือ"})

    assert answer.headers["location"] == "/account?done=password"
    after = answer.cookies["session"]
    assert after != before
    for gone in (lost, before):
        assert (await sessions.resume(here, gone)).actor.id in (None, here.actor.id)
        assert (await sessions.find_over(here, gone)) is not None or gone == before
    client.cookies.set("session", after, domain="maehia.localhost", path="/")
    assert "เปลี่ยนรหัสผ่านแล้ว" in (await client.get("/account?done=password")).text


async def test_a_wrong_present_password_is_told_at_its_field(
    post: Any, enter: Any, citizen: UUID
) -> None:
    await enter(citizen)

    answer = await post("/account/password", {"current": "no", "new": "ตะเกียง ทุ่งนา เรือ"})

    assert answer.status_code == 422
    assert 'href="#current"' in answer.text
    assert "ตะเกียง" not in answer.text


async def test_a_new_phone_is_kept_after_its_code(
    client: httpx.AsyncClient,
    post: Any,
    enter: Any,
    citizen: UUID,
    here: Context,
    password: str,
    last_code: Any,
) -> None:
    await enter(citizen)
    page = await client.get("/account/contact?way=phone")
    assert page.status_code == 200
    asked = await post(
        "/account/contact", {"way": "phone", "phone": "089-876-5432", "current": password}
    )
    assert asked.headers["location"] == "/account/contact/code"
    assert "08•-•••-5432" in (await client.get("/account/contact/code")).text

    answer = await post("/account/contact/code", {"code": await last_code(here)})

    assert answer.headers["location"] == "/account?done=contact"
    assert (await accounts.get(here, citizen))["phone"] == "+66898765432"


async def test_a_wrong_e_mail_is_told_at_its_field(
    post: Any, enter: Any, citizen: UUID, password: str
) -> None:
    await enter(citizen)

    answer = await post(
        "/account/contact", {"way": "email", "email": "not one", "current": password}
    )

    assert answer.status_code == 422
    assert 'value="not one"' in answer.text
    assert 'href="#email"' in answer.text


async def test_a_lost_device_is_signed_out(
    client: httpx.AsyncClient, post: Any, enter: Any, citizen: UUID, here: Context
) -> None:
    lost = await enter(citizen)
    await enter(citizen)
    async with db.transaction(here) as connection:
        id = await connection.fetchval(
            "SELECT id FROM core.session WHERE token = $1", sessions.hashed(lost)
        )
    assert f"/account/sessions/{id}/end" in (await client.get("/account")).text

    answer = await post(f"/account/sessions/{id}/end")

    assert answer.status_code == 303
    assert await sessions.find_over(here, lost) is not None
    assert (await post(f"/account/sessions/{id}/end")).status_code == 404


async def test_all_other_devices_are_signed_out_at_once(
    client: httpx.AsyncClient, post: Any, enter: Any, citizen: UUID, here: Context
) -> None:
    lost = [await enter(citizen) for _ in range(3)]
    await enter(citizen)

    await post("/account/sessions/end-others")

    assert all([await sessions.find_over(here, token) for token in lost])
    assert (await client.get("/account")).status_code == 200


async def test_the_language_is_kept_for_pages_and_messages(
    client: httpx.AsyncClient, post: Any, enter: Any, citizen: UUID, here: Context
) -> None:
    await enter(citizen)

    answer = await post("/account/language", {"language": "en"})

    assert answer.status_code == 303
    assert '<html lang="en"' in (await client.get("/account")).text
    assert (await accounts.get(here, citizen))["language"] == "en"
