import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID

import httpx
import pytest

from core import audit, db
from core.context import Actor, Context
from core.identity import accounts, holders
from core.identity.sessions import Browser, open_session

PASSWORD = "บันได แมว น้ำปลา"  # noqa: S105
Enter = Callable[[UUID], Awaitable[None]]
ORATHAI = Actor(kind="officer", id=UUID(int=11), name="อรทัย ม.")
SOMCHAI = Actor(kind="officer", id=UUID(int=12), name="สมชาย ก.")


@pytest.fixture
async def officer(ctx: Context) -> UUID:
    return await accounts.register_officer(
        ctx,
        title="นาย",
        first_name="สมชาย",
        last_name="ตั้งใจ",
        email="somchai@maehia.example",
        post="ปลัดเทศบาล",
        unit="clerk",
        password=PASSWORD,
    )


@pytest.fixture
async def administrator(ctx: Context, officer: UUID) -> UUID:
    await holders.grant_role(ctx, account=officer, role="administrator")
    return officer


@pytest.fixture
def enter(client: httpx.AsyncClient, ctx: Context) -> Enter:
    async def sign_in(account: UUID) -> None:
        here = replace(ctx, now=datetime.now(UTC))
        opened = await open_session(here, account, "officer", browser=Browser(), how="test")
        client.cookies.set("session", opened.token, domain="maehia.localhost", path="/")

    return sign_in


@pytest.fixture
async def history(ctx: Context) -> Context:
    """Thirty entries of อรทัย, one each hour back from noon in Bangkok of 20 Nov, one of สมชาย."""
    noon = ctx.now.replace(hour=5, minute=0)
    for number in range(30):
        here = replace(ctx, now=noon - timedelta(hours=number), actor=ORATHAI)
        async with db.transaction(here):
            await audit.record(here, "core.message.sent_again", f"message/{number}", number=number)
    here = replace(ctx, now=noon - timedelta(hours=1, minutes=30), actor=SOMCHAI)
    async with db.transaction(here):
        await audit.record(here, "core.national_id.read", "account/7", reason="ออกใบอนุญาต")
    return ctx


def rows_of(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    body = answer.text.partition('<tbody role="rowgroup">')[2].partition("</tbody>")[0]
    plain = [re.sub(r"<[^>]+>|\s+", " ", row) for row in body.split("</tr>")[:-1]]
    return [re.sub(" +", " ", unescape(row)).strip() for row in plain]


async def test_a_stranger_and_an_officer_without_the_right_are_turned_away(
    client: httpx.AsyncClient, officer: UUID, enter: Enter
) -> None:
    assert (await client.get("/desk/audit")).status_code in (303, 401)
    await enter(officer)
    assert (await client.get("/desk/audit")).status_code == 403


async def test_the_right_for_one_division_does_not_open_the_trail_of_the_office(
    client: httpx.AsyncClient, ctx: Context, officer: UUID, enter: Enter
) -> None:
    await holders.grant_role(ctx, account=officer, role="clerk", unit="works")
    await enter(officer)

    answer = await client.get("/desk/audit")

    assert answer.status_code == 403
    assert "เฉพาะผู้ที่ดูแลทั้งหน่วยงาน" in answer.text


async def test_it_is_told_in_words_who_did_what_and_when(
    client: httpx.AsyncClient, history: Context, administrator: UUID, enter: Enter
) -> None:
    await enter(administrator)

    rows = rows_of(await client.get("/desk/audit?q=สมชาย ก."))

    assert len(rows) == 1
    assert rows[0].startswith("20 พ.ย. 2569 เวลา 10.30 น. สมชาย ก. เปิดดูเลขประจำตัวประชาชน")
    assert "ดูทั้งหมดของ บัญชี 7 " in rows[0]
    assert "reason ออกใบอนุญาต" in rows[0]


async def test_pages_of_twenty_lead_to_the_oldest_without_a_gap(
    client: httpx.AsyncClient, history: Context, administrator: UUID, enter: Enter
) -> None:
    await enter(administrator)
    address = "/desk/audit?action=core.message.sent_again"

    first = await client.get(address)
    older = re.search(r'href="([^"]+)" rel="next"', first.text)
    assert older is not None
    second = await client.get(unescape(older[1]))

    rows = rows_of(first) + rows_of(second)
    assert [len(rows_of(one)) for one in (first, second)] == [20, 10]
    assert len(set(rows)) == 30
    assert 'rel="next"' not in second.text
    assert "กลับไปรายการล่าสุด" in second.text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("month=2026-11&action=core.message.sent_again", 20),
        ("month=2026-11&day=20&action=core.message.sent_again", 13),
        ("month=2026-11&day=19&action=core.message.sent_again", 17),
        ("month=2026-10", 0),
        ("month=2026-11&day=18", 0),
        ("subject=message/3", 1),
        ("subject=message", 0),
        ("q=อรทัย&action=core.national_id.read", 0),
        ("q=อรทัย&subject=message/29", 1),
        ("q=%25", 0),
        ("q=_&subject=message/1", 0),
        ("q='; DROP TABLE core.tenant; --", 0),
    ],
)
async def test_days_are_local_and_each_filter_narrows(
    query: str,
    count: int,
    client: httpx.AsyncClient,
    history: Context,
    administrator: UUID,
    enter: Enter,
) -> None:
    await enter(administrator)

    answer = await client.get(f"/desk/audit?{query}")

    assert len(rows_of(answer)) == count
    assert ("ไม่พบรายการตามที่ค้น" in answer.text) == (count == 0)


@pytest.mark.parametrize(
    "query",
    ["month=2026-13", "month=x&day=y", "day=5", "q=%00", "q=" + "ก" * 300, "subject=%ff%fe"],
)
async def test_what_no_page_of_ours_sends_breaks_nothing(
    query: str, client: httpx.AsyncClient, administrator: UUID, enter: Enter
) -> None:
    await enter(administrator)

    assert (await client.get(f"/desk/audit?{query}")).status_code == 200


async def test_a_day_that_the_month_lacks_is_refused(
    client: httpx.AsyncClient, administrator: UUID, enter: Enter
) -> None:
    await enter(administrator)

    answer = await client.get("/desk/audit?month=2026-11&day=31")

    assert answer.status_code == 422


async def test_a_page_before_no_known_entry_begins_at_the_newest_and_a_bad_id_is_refused(
    client: httpx.AsyncClient, history: Context, administrator: UUID, enter: Enter
) -> None:
    await enter(administrator)

    assert len(rows_of(await client.get(f"/desk/audit?before={UUID(int=5)}"))) == 20
    assert (await client.get("/desk/audit?before=xyz")).status_code == 400


async def test_entries_of_another_municipality_are_not_shown(
    client: httpx.AsyncClient,
    history: Context,
    other: Context,
    administrator: UUID,
    enter: Enter,
) -> None:
    there = replace(other, actor=ORATHAI)
    async with db.transaction(there):
        await audit.record(there, "core.message.sent_again", "message/yala")
    await enter(administrator)

    assert rows_of(await client.get("/desk/audit?subject=message/yala")) == []


async def test_reading_the_trail_is_in_the_trail(
    client: httpx.AsyncClient, administrator: UUID, enter: Enter
) -> None:
    await enter(administrator)
    await client.get("/desk/audit?q=อรทัย")

    rows = rows_of(await client.get("/desk/audit?action=core.trail.read"))

    assert len(rows) == 1
    assert "อ่านบันทึกการใช้งาน" in rows[0]
    assert "actor อรทัย" in rows[0]


async def test_the_page_speaks_english_too(
    client: httpx.AsyncClient, history: Context, administrator: UUID, enter: Enter
) -> None:
    await enter(administrator)
    client.cookies.set("language", "en", domain="maehia.localhost", path="/")

    [row] = rows_of(await client.get("/desk/audit?action=core.national_id.read"))

    assert "Opened a citizen's number" in row


async def test_the_navigation_leads_there_for_those_who_may(
    client: httpx.AsyncClient, administrator: UUID, enter: Enter
) -> None:
    await enter(administrator)

    answer = await client.get("/desk/audit")

    assert '<a href="/desk/audit" aria-current="page">บันทึกการใช้งาน</a>' in answer.text
