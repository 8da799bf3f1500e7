import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from core.api import Context
from kit.casework.service.figures import Ended
from kit.casework.service.monthly import Month
from kit.casework.service.opendata import COLUMNS, ServiceMonth, open_csv, open_data, row_of

Begin = Callable[..., Any]  # of a class of conftest.py, which cannot be imported


async def decide(begin: Begin, count: int, *, in_time: int) -> Context:
    """File and decide cases in December 2026; return the office in January 2027."""
    for number in range(count):
        one = begin(1, later=12)
        await one.file()
        for act in ("accept", "forward"):
            await one.do(act, 0)
        late = timedelta(days=int(number >= in_time))
        one.ctx = replace(one.ctx, now=one.ctx.now + (one.due_on - one.today + late))
        await one.do("approve", 0)
    ctx: Context = begin(0, later=50).ctx
    return ctx


async def test_what_was_decided_in_a_month_is_told_of_the_service(begin: Begin) -> None:
    ctx = await decide(begin, 6, in_time=6)

    data = await open_data(ctx)

    assert [(row.month, row.service, row.filed) for row in data.rows] == [
        ("2026-12", "oss.days", 6)
    ]
    [row] = data.rows
    assert (row.decided, row.decided_in_time, row.days_unit, row.hidden) == (6, 6, "days", "")
    assert (row.median_days, row.fiscal_year) == (12, 2570)
    assert (data.first_month, data.last_month, data.updated_on) == (
        "2025-01", "2026-12", "2027-01-01",
    )  # fmt: skip


async def test_a_month_that_has_not_ended_is_not_told(begin: Begin) -> None:
    await decide(begin, 5, in_time=5)

    assert (await open_data(begin(0, later=35).ctx)).rows == []


@pytest.mark.parametrize(
    ("filed", "decided", "in_time", "hidden"),
    [
        (0, 0, 0, set()),
        (5, 5, 5, set()),
        (5, 5, 0, set()),
        (4, 5, 5, {"filed"}),
        (1, 0, 0, {"filed"}),
        (9, 4, 4, {"decided", "decided_in_time", "median_days", "nine_of_ten_days"}),
        (9, 9, 4, {"decided_in_time"}),
        (9, 9, 5, {"decided_in_time"}),  # nine less five are four that were late
        (10, 10, 5, set()),
    ],
)
def test_small_counts_and_what_gives_them_away_are_left_out(
    service: Any, filed: int, decided: int, in_time: int, hidden: set[str]
) -> None:
    took = (2, 3) if decided else None
    ended = Ended(decided, in_time, took, took)

    row = row_of(date(2026, 12, 1), service, Month(filed=filed, decided=ended))

    assert set(row.hidden.split()) == hidden
    assert {name for name in hidden if getattr(row, name) is not None} == set()
    if "decided" not in hidden:
        assert row.decided == decided


async def test_the_page_and_both_files_are_open_to_everybody(
    browser: httpx.AsyncClient, begin: Begin
) -> None:
    browser.cookies.clear()
    given = await browser.get("/api/open-data/services.json")
    table = await browser.get("/api/open-data/services.csv")
    assert not [one for one in (given, table) if "set-cookie" in one.headers]
    page = await browser.get("/open-data")
    described = (await browser.get("/api/openapi.json")).json()

    assert page.status_code == given.status_code == table.status_code == 200
    assert all(name in page.text for name in COLUMNS)
    assert [one["name"] for one in given.json()["columns"]] == list(COLUMNS)
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert next(csv.reader(io.StringIO(table.content.decode("utf-8-sig")))) == list(COLUMNS)
    assert {"/api/open-data/services.json", "/api/open-data/services.csv"} <= set(
        described["paths"]
    )


async def test_the_csv_says_the_same_as_the_json(begin: Begin) -> None:
    data = await open_data(await decide(begin, 5, in_time=2))

    [row] = csv.DictReader(io.StringIO(open_csv(data).decode("utf-8-sig")))

    assert row == {
        name: "" if value is None else str(value)
        for name, value in ((name, getattr(data.rows[0], name)) for name in COLUMNS)
    }
    assert row["hidden"] == "decided_in_time"
    assert list(COLUMNS) == list(ServiceMonth.__struct_fields__)
