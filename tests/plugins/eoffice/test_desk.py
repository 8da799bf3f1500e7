from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from core.context import Context
from core.runtime import Runtime
from tests.plugins.eoffice.conftest import TownHall, a_pdf, at_desk, staffed

HOME = "/desk/eoffice"
HEAD = {
    "number": "ชม 0023.3/ว 812",
    "dated_on.day": "18",
    "dated_on.month": "11",
    "dated_on.year": "2569",
    "sender": "จังหวัดเชียงใหม่",
    "recipient": "นายกเทศมนตรีเมืองแม่เหียะ",
    "subject": "ขอเชิญประชุมแก้ไขปัญหาน้ำท่วม",
    "first": "clerk",
    "speed": "urgent",
    "secrecy": "normal",
}


@pytest.fixture
async def office(ctx: Context) -> TownHall:
    """A town hall of this very moment, as its pages are."""
    return await staffed(replace(ctx, now=datetime.now(UTC)))


async def taken_in(desk: httpx.AsyncClient) -> str:
    done = await desk.post(
        f"{HOME}/arrivals", files={"files": ("หนังสือ.pdf", a_pdf(), "application/pdf")}
    )
    assert done.status_code == 303
    return str(done.headers["location"])


async def test_a_clerk_takes_a_scan_in_registers_it_and_the_next_post_acts(
    runtime: Runtime, office: TownHall
) -> None:
    async with at_desk(runtime, office, "registry") as registry:
        entry = await taken_in(registry)
        assert "หนังสือ.pdf" in (await registry.get(entry)).text
        done = await registry.post(entry, data=HEAD)
        letter = done.headers["location"]
        shown = await registry.get(f"{HOME}/registers/receive")
    assert done.status_code == 303
    assert "ขอเชิญประชุมแก้ไขปัญหาน้ำท่วม" in shown.text

    async with at_desk(runtime, office, "clerk") as clerk:
        inbox = await clerk.get(HOME)
        page = await clerk.get(letter)
        [task] = {part.split('"')[0] for part in page.text.split("/tasks/")[1:]}
        acted = await clerk.post(
            f"{letter}/tasks/{task}",
            data={"action": "propose", "text": "เพื่อโปรดทราบ", "to": ["mayor"]},
        )
        after = await clerk.get(letter)
    assert "จังหวัดเชียงใหม่" in inbox.text
    assert acted.status_code == 303
    assert "รอ นายกเทศมนตรี" in after.text
    assert "/tasks/" not in after.text


async def test_a_form_that_is_wrong_comes_back_filled_with_what_to_do(
    runtime: Runtime, office: TownHall
) -> None:
    async with at_desk(runtime, office, "registry") as registry:
        entry = await taken_in(registry)
        wrong = await registry.post(entry, data=HEAD | {"dated_on.year": "2026", "first": ""})

    assert wrong.status_code == 422
    assert 'value="ชม 0023.3/ว 812"' in wrong.text
    assert "ปี 2026 เป็น ค.ศ." in wrong.text


async def test_the_same_letter_again_is_shown_with_the_way_to_the_first(
    runtime: Runtime, office: TownHall
) -> None:
    async with at_desk(runtime, office, "registry") as registry:
        first = await registry.post(await taken_in(registry), data=HEAD)
        again = await registry.post(await taken_in(registry), data=HEAD)

    assert again.status_code == 409
    assert first.headers["location"] in again.text
    assert "รับไว้แล้ว เลขรับ 1/" in again.text


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"%PDF-1.7 broken", "PDF"), (b"MZ\x90\x00 program", "ไม่ใช่รูปหรือ PDF"), (b"", "หนังสือ.pdf")],
)
async def test_what_is_no_letter_is_refused_with_its_name(
    runtime: Runtime, office: TownHall, data: bytes, said: str
) -> None:
    async with at_desk(runtime, office, "registry") as registry:
        files: Any = {"files": ("หนังสือ.pdf", data, "application/pdf")}
        refused = await registry.post(f"{HOME}/arrivals", files=files)
        waiting = await registry.get(f"{HOME}/arrivals")

    assert refused.status_code == 422
    assert said in refused.text
    assert "ไม่มีหนังสือรอลงทะเบียน" in waiting.text


async def test_numbers_are_reserved_and_made_void_on_their_pages(
    runtime: Runtime, office: TownHall
) -> None:
    async with at_desk(runtime, office, "registry") as registry:
        send = f"{HOME}/registers/send"
        unsaid = await registry.post(f"{send}/reserve", data={"count": "1", "why": ""})
        await registry.post(f"{send}/reserve", data={"count": "2", "why": "ลงนามบ่ายนี้"})
        page = await registry.get(send)
        void = page.text.split('/void"')[0].rpartition('"')[2] + "/void"
        assert (await registry.get(void)).status_code == 200
        await registry.post(void, data={"why": "งดส่ง"})
        after = await registry.get(send)

    assert unsaid.status_code == 422
    assert page.text.count("ลงนามบ่ายนี้") == 2
    assert "งดส่ง" in after.text


async def test_letters_of_other_posts_are_not_there(runtime: Runtime, office: TownHall) -> None:
    async with at_desk(runtime, office, "registry") as registry:
        letter = (await registry.post(await taken_in(registry), data=HEAD)).headers["location"]
    async with at_desk(runtime, office, "officer") as officer:
        assert (await officer.get(letter)).status_code == 404
        found = await officer.get(f"{HOME}/search", params={"q": "น้ำท่วม"})
        assert "ขอเชิญประชุม" not in found.text
        assert (await officer.get(f"{HOME}/registers")).status_code == 403
    async with at_desk(runtime, office, "mayor") as mayor:
        found = await mayor.get(f"{HOME}/search", params={"q": "แก้ไขปัญหา น้ำท่วม"})
        assert letter in found.text
