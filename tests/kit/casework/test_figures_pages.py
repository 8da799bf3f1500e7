import csv
import io
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from core.context import Context
from core.db import transaction
from core.identity.tables import Account

Begin = Callable[..., Any]  # of a class of conftest.py, which cannot be imported
SignIn = Callable[..., Awaitable[httpx.AsyncClient]]


@pytest.fixture
async def decided(begin: Begin) -> None:
    """One case of the works division and one of the clerk's, decided in November 2026."""
    for kind, acts in (
        (0, ("accept", "forward", "forward", "refuse")),
        (1, ("accept", "forward", "approve")),
    ):
        one = begin(kind)
        await one.file()
        for act in acts:
            await one.do(act, 0)


CHOSEN = "span=chosen&from=2026-11&to=2026-11"


def read(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_the_clerk_sees_all_divisions_and_goes_down_to_steps_and_officers(
    decided: None, sign_in: SignIn
) -> None:
    page = await sign_in("clerk")

    whole = await page.get(f"/desk/figures?{CHOSEN}")
    units = read(await page.get(f"/desk/figures/units.csv?{CHOSEN}"))
    below = await page.get(f"/desk/figures?{CHOSEN}&service=oss.try")

    assert whole.status_code == below.status_code == 200
    assert {one["กอง"]: one["ตัดสินแล้ว"] for one in units} == {
        "สำนักปลัดเทศบาล": "1",
        "กองช่าง": "1",
    }
    assert 'id="officers"' not in whole.text
    assert all(f'id="{table}"' in below.text for table in ("months", "steps", "officers"))
    assert "unit=works" in whole.text


async def test_a_head_of_a_division_sees_its_figures_alone(decided: None, sign_in: SignIn) -> None:
    page = await sign_in("head", "works")

    services = read(await page.get(f"/desk/figures/services.csv?{CHOSEN}"))
    listed = await page.get(f"/desk/figures?{CHOSEN}")
    elsewhere = await page.get(f"/desk/figures?{CHOSEN}&unit=clerk")

    assert [one["บริการ"] for one in services] == ["ขอทดลอง"]
    assert "สำนักปลัดเทศบาล" not in listed.text
    assert elsewhere.status_code == 403


async def test_an_officer_sees_the_own_work_and_not_the_figures(
    decided: None, sign_in: SignIn, ctx: Context
) -> None:
    page = await sign_in("officer")
    async with transaction(ctx) as connection:
        me = (await Account.select(Account.id).where(Account.of(ctx)).first() or {})["id"]
        await connection.execute(
            "UPDATE casework.passage SET ended_by = $1 WHERE step = 'look' AND unit = 'works'", me
        )

    own = await page.get(f"/desk/my-figures?{CHOSEN}")
    refused = await page.get("/desk/figures")

    assert own.status_code == 200
    assert own.text.count('role="rowheader"') == 1
    assert "มานพ" not in own.text
    assert refused.status_code == 403


async def test_figures_are_there_in_english_and_without_any_case(sign_in: SignIn) -> None:
    page = await sign_in("mayor")
    page.cookies.set("language", "en")

    empty = await page.get("/desk/figures?span=nonsense&from=x&to=2569-99&unit=&service=%27")

    assert empty.status_code == 200
    assert "There is nothing in this time" in empty.text


async def test_a_table_that_there_is_not_is_not_found(sign_in: SignIn) -> None:
    page = await sign_in("mayor")

    assert (await page.get("/desk/figures/secrets.csv")).status_code == 404
