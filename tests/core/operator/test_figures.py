import csv
import io
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from core import db
from core.context import Context
from core.discovery import Found, find
from core.operator import figures
from core.operator.figures import Year, gather, year_of
from core.runtime import Runtime, make_runtime
from core.settings import Settings
from core.text import Text
from core.ui import Volume
from tests.core.operator.conftest import Desk

Sit = Callable[..., Awaitable[Desk]]
MakePlugin = Callable[..., Found]
HOME = "/desk/operator/figures"
PARKS = Text("ขอใช้สวนสาธารณะ", "Use of a park")
# Pages go by the clock on the wall: the fiscal year before this one.
LAST = Year(year_of(datetime.now(UTC).date()).number - 1)
AD = LAST.number - 543
JSON = f"{HOME}/national.json?year={LAST.number}"
# In October and November a park was asked for so often, in each office; in December 40 times.
ASKED = {"maehia": (30, 3), "yala": (20, 1)}


async def volumes(ctx: Context, first: date, last: date) -> Sequence[Volume]:
    months = LAST.months[:3]
    counts = (*ASKED.get(ctx.tenant.id, (0, 0)), 40)
    return [
        Volume(service="parks.use", title=PARKS, month=month, filed=n, decided=n, in_time=n)
        for month, n in zip(months, counts, strict=True)
        if first <= month <= last
    ]


@pytest.fixture
def runtime_found(a_plugin: MakePlugin) -> list[Found]:
    return [*find(), a_plugin("parks", manifest={"fixed": True}, volumes_of_services=volumes)]


@pytest.fixture
async def told(
    ctx: Context,
    other: Context,
    operator: Context,
    settings: Settings,
    database: str,
    runtime_found: list[Found],
) -> Context:
    """The operator in March of that year, on a host with a part that tells of parks."""
    host = make_runtime(settings, database, runtime_found).host
    now = datetime(AD, 3, 10, 3, tzinfo=UTC)
    made: Context = replace(operator, host=host, now=now)
    return made


async def gathered(told: Context, runtime: Runtime) -> None:
    await gather(told, runtime.directory)


async def test_the_offices_are_summed_by_service_and_month_small_ones_hidden(
    told: Context, runtime: Runtime
) -> None:
    for _ in range(2):
        await gathered(told, runtime)

    [one] = [x for x in await figures.national(told, LAST) if x.service == "parks.use"]

    assert one.title == PARKS
    assert [(month.isoformat()[:7], counts.filed) for month, counts in one.months] == [
        (f"{AD - 1}-10", 50),
        (f"{AD - 1}-11", None),
        (f"{AD - 1}-12", None),
        (f"{AD}-01", 0),
        (f"{AD}-02", 0),
    ]
    assert one.whole is None
    assert one.known.filed == 50
    assert one.share == 100


async def test_the_year_is_told_when_it_is_over(told: Context, runtime: Runtime) -> None:
    await gathered(told, runtime)
    later = replace(told, now=datetime(AD, 10, 5, 3, tzinfo=UTC))

    [one] = [x for x in await figures.national(later, LAST) if x.service == "parks.use"]

    assert one.whole is not None
    assert one.whole.filed == 134
    assert len(one.months) == 12


async def test_a_small_count_of_one_office_alone_hides_the_sum_of_all(
    told: Context, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ASKED, "yala", (4, 90))
    await gathered(told, runtime)

    [one] = [x for x in await figures.national(told, LAST) if x.service == "parks.use"]

    assert [counts.filed for _, counts in one.months][:2] == [None, None]


async def test_an_office_that_fails_keeps_its_figures_and_stops_no_other(
    told: Context, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    await gathered(told, runtime)
    monkeypatch.setitem(ASKED, "maehia", (70, 70))
    problem: Any = {"yala": 0}

    async def failing(ctx: Context, first: date, last: date) -> Sequence[Volume]:
        if ctx.tenant.id in problem:
            raise OSError("disk full")
        return await volumes(ctx, first, last)

    chosen = told.host.choose("volumes_of_services", told.tenant.plugins)
    [own] = [one for one in chosen if one.plugin_name == "parks"]
    monkeypatch.setattr(own, "function", failing)
    await gathered(told, runtime)

    async with db.transaction(told) as connection:
        rows = await connection.fetch(
            "SELECT office, filed FROM core.office_month WHERE tenant_id = 'dga' "
            "AND service = 'parks.use' AND month = $1 ORDER BY office",
            LAST.months[0],
        )
    assert [tuple(row) for row in rows] == [("maehia", 70), ("yala", 20)]
    await told.host.quarantine.settle()


async def test_pages_and_files_tell_the_same_and_no_more(
    at_desk: Sit, told: Context, runtime: Runtime
) -> None:
    await gathered(told, runtime)
    desk = await at_desk(replace(told, now=datetime.now(UTC)), "administrator", "ปวีณา")

    page = await desk.see(f"{HOME}?year={LAST.number}")
    assert PARKS.th in page
    month = await desk.see(f"{HOME}/services/parks.use?year={LAST.number}")
    assert "ไม่แสดง" in month
    data = (await desk.browser.get(f"{HOME}/national.csv?year={LAST.number}")).content
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    own = [row for row in rows if row["service"] == "parks.use"]
    assert own[1]["month"] == f"{AD - 1}-11"
    assert (own[1]["filed"], own[1]["hidden"]) == ("", "filed decided in_time")
    told_json = json.loads((await desk.browser.get(JSON)).text)
    months = [row["month"] for row in told_json["rows"] if row["service"] == "parks.use"]
    assert months == [*(f"{month:%Y-%m}" for month in LAST.months), "year"]
    assert (await desk.browser.get(f"{HOME}/services/nothing")).status_code == 404
    assert (await desk.browser.get(f"{HOME}?year=x")).status_code == 200


async def test_the_smallest_count_is_set_within_bounds_and_counts_at_once(
    at_desk: Sit, told: Context, runtime: Runtime
) -> None:
    await gathered(told, runtime)
    desk = await at_desk(replace(told, now=datetime.now(UTC)), "administrator", "ปวีณา")
    for wrong in ("2", "101", "x", "", "๕"):
        assert (await desk.send(HOME, {"smallest": wrong})).status_code == 422

    assert (await desk.send(HOME, {"smallest": "60"})).status_code == 303

    runtime.directory.forget("dga")
    assert "จำนวนที่น้อยกว่า 60" in await desk.see(f"{HOME}?year={LAST.number}")
    rows = json.loads((await desk.browser.get(JSON)).text)["rows"]
    own = [row["filed"] for row in rows if row["service"] == "parks.use"]
    assert own[:3] == [None, None, 80]


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 9, 30), 2569), (date(2026, 10, 1), 2570), (date(2026, 1, 1), 2569)],
)
def test_a_fiscal_year_begins_in_october(day: date, year: int) -> None:
    assert year_of(day).number == year
    assert day.replace(day=1) in year_of(day).months
    assert len(year_of(day).months) == 12


async def test_nobody_else_sees_the_figures(at_desk: Sit, ctx: Context, operator: Context) -> None:
    elsewhere = await at_desk(ctx, "administrator", "ธีร")

    for path in ("", "/services/x", "/national.csv", "/national.json"):
        assert (await elsewhere.browser.get(f"{HOME}{path}")).status_code == 403
