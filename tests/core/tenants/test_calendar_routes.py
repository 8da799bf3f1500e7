from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from core.context import Context
from core.identity import accounts, holders, sessions
from core.runtime import Runtime
from core.tenants.calendar import days_of_year
from kit.thai import BANGKOK

Post = Callable[..., Awaitable[httpx.Response]]
YEAR = datetime.now(BANGKOK).year + 1


@pytest.fixture
async def administrator(runtime: Runtime, ctx: Context, client: httpx.AsyncClient) -> Post:
    """Post a form as an administrator."""
    here = runtime.context(ctx.tenant)
    account = await accounts.register_officer(
        here, post="ผู้ดูแลระบบ", phone="0812345672", first_name="อรทัย", last_name="มั่นคง"
    )
    await holders.grant_role(here, account=account, role="administrator")
    opened = await sessions.open_session(
        here, account, "officer", browser=sessions.Browser(), how="test"
    )
    client.cookies.set("session", opened.token)
    await client.get("/desk/calendar")

    async def post(path: str, **fields: Any) -> httpx.Response:
        data = {"_csrf_token": client.cookies["csrf"], **fields}
        return await client.post(path, data=data, follow_redirects=True)

    return post


def a_day(day: int, year: int, **more: str) -> dict[str, str]:
    parts = {"on.day": str(day), "on.month": "1", "on.year": str(year)}
    return {**parts, "state": "closed", "name_th": "วันทำบุญเมือง", "name_en": "", **more}


def a_weekday() -> int:
    return next(day for day in range(4, 12) if datetime(YEAR, 1, day, tzinfo=UTC).weekday() == 2)


async def test_a_day_is_added_seen_and_taken_back(administrator: Post, ctx: Context) -> None:
    day = a_weekday()
    added = await administrator("/desk/calendar/days", **a_day(day, YEAR + 543))
    assert added.status_code == 200
    assert "วันทำบุญเมือง" in added.text

    removed = await administrator("/desk/calendar/removed", on=f"{YEAR}-01-{day:02}")

    assert "วันทำบุญเมือง" not in removed.text
    assert await days_of_year(ctx, YEAR) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (a_day(31, YEAR), "เป็น ค.ศ."),
        (a_day(a_weekday(), YEAR + 543, name_th=" "), "กรอกเหตุผล"),
        (a_day(a_weekday(), YEAR + 543, state="open"), "เปิดทำการอยู่แล้ว"),
        (a_day(99, YEAR + 543), "กรอกวันที่ เดือน และปี"),
    ],
)
async def test_a_day_that_cannot_be_is_told_at_the_field_and_nothing_typed_is_lost(
    administrator: Post, ctx: Context, fields: dict[str, str], told: str
) -> None:
    answer = await administrator("/desk/calendar/days", **fields)

    assert answer.status_code == 422
    assert told in answer.text
    assert f'value="{fields["on.year"]}"' in answer.text
    assert await days_of_year(ctx, YEAR) == []


async def test_changed_hours_stand_at_the_foot_of_every_page(
    administrator: Post, client: httpx.AsyncClient, runtime: Runtime
) -> None:
    saved = await administrator(
        "/desk/calendar/hours", opens="๐๘.๐๐", closes="15:30", weekdays=["0", "1", "2", "5"]
    )
    runtime.directory.forget()
    page = await client.get("/track")

    assert saved.status_code == 200
    assert "จันทร์–พุธ และ เสาร์ 08.00–15.30 น." in page.text


@pytest.mark.parametrize("opens", ["", "8 โมง", "25.00", "16.30"])
async def test_hours_that_cannot_be_are_refused(administrator: Post, opens: str) -> None:
    answer = await administrator(
        "/desk/calendar/hours", opens=opens, closes="16.30", weekdays=["0"]
    )

    assert answer.status_code == 422


async def test_a_day_that_nobody_set_is_not_found(administrator: Post) -> None:
    assert (await administrator("/desk/calendar/removed", on=f"{YEAR}-01-05")).status_code == 404
    assert (await administrator("/desk/calendar/removed", on="x")).status_code == 422
