import asyncio
import re
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from core import db
from core.context import Context
from core.operator import announced
from tests.core.operator.conftest import Carry, Desk, words
from tests.core.operator.test_support import ASKED, OWN
from tests.core.operator.test_tenants import trail

Sit = Callable[..., Awaitable[Desk]]
NEW = "/desk/operator/announcements/new"
TOLD = {
    "once": str(UUID(int=9)),
    "title_th": "ปรับปรุงระบบคืนวันเสาร์",
    "title_en": "Maintenance on Saturday night",
    "body_th": "ระบบพัก 22.00 ถึง 24.00 น.\nแจ้งประชาชนล่วงหน้า",
    "body_en": "The system rests from 22:00 to 24:00.\nTell citizens before.",
}
READ = f"/desk/announcements/{UUID(int=9)}"
MADE = f"/desk/operator/announcements/{UUID(int=9)}"


async def messages(ctx: Context) -> list[str]:
    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT channel FROM core.message WHERE tenant_id = $1 ORDER BY channel", ctx.tenant.id
        )
    return [row["channel"] for row in rows]


async def test_it_stands_on_the_desk_until_read_and_everybody_counts_once(
    at_desk: Sit, ctx: Context, other: Context, operator: Context, carry: Carry
) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")
    first, second = [await at_desk(ctx, "administrator", name) for name in ("ธีร", "อร")]
    elsewhere = await at_desk(other, "administrator", "นูรี")
    clerk = await at_desk(ctx, "registry", "ชูใจ")

    assert (await desk.send(NEW, TOLD)).headers["location"].startswith(MADE)
    await carry()

    for one in (first, second, elsewhere):
        assert TOLD["title_th"] in await one.see("/desk/modules")
        assert f"ประกาศจากผู้ดูแลระบบกลาง: {TOLD['title_th']}" in await one.see("/notices")
    assert TOLD["title_th"] not in await clerk.see("/desk/cases")
    assert await messages(ctx) == ["email", "email", "inbox", "inbox"]
    standing = await desk.see(MADE)
    assert "2 จาก 2 แห่ง" in standing
    assert "0 จาก 3 คน" in standing

    for _ in range(2):
        assert (await first.send(f"{READ}/read")).status_code == 303
    await carry()
    assert TOLD["title_th"] not in await first.see("/desk/modules")
    assert "ท่านรับทราบแล้วเมื่อ" in await first.see(READ)
    assert TOLD["title_th"] in await second.see("/desk/modules")
    standing = await desk.see(MADE)
    assert "1 จาก 3 คน" in standing
    assert "ธีร ใจดี" in standing
    acts = [action for action, _ in await trail(ctx)]
    assert acts.count("core.announcement.received") == 1
    assert acts.count("core.announcement.acknowledged") == 1
    assert "core.announcement.sent" in [action for action, _ in await trail(operator)]


async def test_sent_and_carried_again_it_is_the_same_announcement(
    at_desk: Sit, ctx: Context, operator: Context, carry: Carry
) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")
    there = await at_desk(ctx, "administrator", "ธีร")
    await desk.see(NEW)

    answers = await asyncio.gather(*(desk.send(NEW, TOLD) for _ in range(3)))
    async with db.across_tenants() as connection:
        await connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) "
            "SELECT queue_name, task_name, args FROM procrastinate_jobs"
        )
    await carry()

    assert {one.status_code for one in answers} == {303}
    assert await messages(ctx) == ["email", "inbox"]
    assert (await there.see("/desk/announcements")).count(TOLD["title_th"]) == 2
    assert "1 จาก 1 แห่ง" in await desk.see(MADE)


async def test_only_the_chosen_kinds_and_provinces_are_told(
    at_desk: Sit, ctx: Context, other: Context, operator: Context, carry: Carry
) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")
    there = await at_desk(ctx, "administrator", "ธีร")
    elsewhere = await at_desk(other, "administrator", "นูรี")
    form = (await desk.browser.get(NEW)).text
    assert 'value="อำเภอเมืองยะลา"' in form

    await desk.send(NEW, {**TOLD, "provinces": "อำเภอเมืองยะลา", "kinds": "เทศบาลเมือง"})
    await carry()

    assert TOLD["title_th"] in await elsewhere.see("/desk/modules")
    assert TOLD["title_th"] not in await there.see("/desk/modules")
    assert (await there.browser.get(READ)).status_code == 404
    assert (await there.send(f"{READ}/read")).status_code == 404
    nobody = await desk.send(NEW, {**TOLD, "once": str(UUID(int=8)), "kinds": "เทศบาลนคร"})
    assert nobody.status_code == 422


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title_en": ""}, "กรอกเรื่องภาษาอังกฤษ ไม่เกิน 200 ตัวอักษร"),
        ({"body_th": " "}, "กรอกข้อความภาษาไทย ไม่เกิน 2,000 ตัวอักษร"),
        ({"title_th": "ก" * 201}, "กรอกเรื่องภาษาไทย ไม่เกิน 200 ตัวอักษร"),
        ({"body_en": "call 1101700230708"}, "มีเลขประจำตัวประชาชน"),
    ],
)
async def test_what_is_missing_or_tells_a_citizens_number_is_not_sent(
    wrong: dict[str, str], said: str, at_desk: Sit, ctx: Context, operator: Context
) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")

    answer = await desk.send(NEW, {**TOLD, **wrong})

    assert answer.status_code == 422
    assert f'href="#{next(iter(wrong))}"' in answer.text
    assert said in answer.text


async def test_nothing_is_taken_from_who_is_not_the_operator(
    ctx: Context, operator: Context
) -> None:
    told = {"id": str(UUID(int=9)), "sent_at": ctx.now.isoformat(), "sent_by": "x"}
    told |= {name: text for name, text in TOLD.items() if name != "once"}

    await announced.take(ctx, sender="yala", announcement=told)
    other = told | {"id": str(UUID(int=10))}
    await announced.take(ctx, sender="dga", announcement=other)

    async with db.transaction(ctx) as connection:
        rows = await connection.fetch("SELECT id FROM core.announcement")
    assert [row["id"] for row in rows] == [UUID(int=10)]


async def test_support_reads_no_announcement_for_the_office(
    at_desk: Sit, ctx: Context, operator: Context, carry: Carry
) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")
    office = await at_desk(ctx, "administrator", "ธีร")
    await desk.send(NEW, TOLD)
    answer = await desk.send("/desk/operator/tenants/maehia/support", ASKED)
    [access] = re.findall(rf"{OWN}/([0-9a-f-]+)", answer.headers["location"])
    await carry()
    given = {"role": "administrator", "minutes": "30"}
    await office.send(f"/desk/support/{access}/give", given)
    await carry()
    link = await desk.send(f"{OWN}/{access}/link")
    [path] = re.findall(r"(/support/enter/[^\"]+)", link.text)
    browser = office.browser
    browser.cookies.delete("session")
    await browser.get(path)
    await browser.post(path, data={"_csrf_token": browser.cookies["csrf"]})

    page = await browser.get(READ)
    refused = await office.send(f"{READ}/read")

    assert "ท่านกำลังเข้าใช้ในฐานะฝ่ายสนับสนุน" in words(page)
    assert "/read" not in page.text
    assert refused.status_code == 403
