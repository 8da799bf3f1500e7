"""Failures are counted where that was decided, and told once a day, whatever the network does."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from core.catalog import reporting
from core.catalog.counting import Counting, finished_counts
from core.catalog.policy import Policy, new_policy, write_policy
from core.catalog.reporting import report_if_due
from core.context import Context
from tests.answering import answering

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)  # of Bangkok
DAY = timedelta(days=1)


class Taking:
    """A catalog that takes reports, or does something else with them.

    :ivar status: that is answered; 0: the line is held and nothing is answered.
    """

    def __init__(self) -> None:
        self.url = ""
        self.status = 204
        self.taken: list[tuple[str, Any]] = []
        self.ended = threading.Event()


@pytest.fixture
def taking() -> Iterator[Taking]:
    told = Taking()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            told.taken.append((self.path, json.loads(sent)))
            if not told.status:
                told.ended.wait(20)
            self.send_response(told.status or 500)
            self.end_headers()

    with answering(Handler) as address:
        told.url = f"{address}/catalog/repository"
        yield told
        told.ended.set()


@pytest.fixture
def data(ctx: Context) -> Path:
    """The data folder of an installation in which one plugin is of the catalog."""
    ctx.host.origins["permits"] = "approved"
    return ctx.settings.data


def decide(data: Path, taking: Taking, **changed: Any) -> Policy:
    policy = replace(new_policy(taking.url), installation="00" * 16, report=True)
    policy = replace(policy, **changed)
    write_policy(data, policy)
    return policy


def use(ctx: Context, calls: int, failures: int) -> None:
    for number in range(calls):
        ctx.host.costs.note("permits", "links_for_navigation", 0.1, failed=number < failures)
        ctx.host.costs.note("waste_fees", "links_for_navigation", 0.1, failed=True)


def told(sent: Any) -> list[tuple[str, int, int, int]]:
    return [(one["day"], one["calls"], one["failures"], one["rests"]) for one in sent["counts"]]


async def test_calls_failures_and_rests_of_approved_plugins_are_added_up_by_day(
    ctx: Context, data: Path, taking: Taking
) -> None:
    decide(data, taking)
    one, other = Counting(ctx.host, data), Counting(ctx.host, data)
    use(ctx, 10, 2)
    ctx.host.quarantine.rests["permits"] += 1
    for counting in (one, other, one):
        await counting.add(NOON)
    use(ctx, 5, 0)
    await one.add(NOON + DAY)

    counts = await finished_counts(date(2026, 11, 22))

    assert [(str(count.day), count.calls, count.failures, count.rests) for count in counts] == [
        ("2026-11-20", 20, 4, 2),
        ("2026-11-21", 5, 0, 0),
    ]
    assert {(count.plugin, count.version) for count in counts} == {("permits", "0.1.0")}
    assert len(await finished_counts(date(2026, 11, 21))) == 1


async def test_what_happened_before_somebody_agreed_is_never_told(
    ctx: Context, data: Path, taking: Taking
) -> None:
    counting = Counting(ctx.host, data)
    decide(data, taking, report=False)
    use(ctx, 10, 2)
    await counting.add(NOON)
    decide(data, taking)
    use(ctx, 1, 1)
    await counting.add(NOON)

    [count] = await finished_counts(date(2026, 11, 21))
    assert (count.calls, count.failures) == (1, 1)


async def test_finished_days_are_told_once_and_then_forgotten(
    ctx: Context, data: Path, taking: Taking
) -> None:
    policy = decide(data, taking)
    counting = Counting(ctx.host, data)
    use(ctx, 10, 2)
    await counting.add(NOON)
    await report_if_due(data, policy, NOON)
    assert taking.taken == []
    use(ctx, 3, 0)
    await counting.add(NOON + DAY)

    for hours in (0, 1, 2):
        await report_if_due(data, policy, NOON + DAY + timedelta(hours=hours))

    [(path, sent)] = taking.taken
    assert path == "/catalog/failures"
    assert sent.keys() == {"installation", "counts"}
    assert told(sent) == [("2026-11-20", 10, 2, 0)]
    assert sent["counts"][0].keys() == {"plugin", "version", "day", "calls", "failures", "rests"}
    await report_if_due(data, policy, NOON + 2 * DAY)
    assert told(taking.taken[1][1]) == [("2026-11-21", 3, 0, 0)]
    assert await finished_counts(date(2026, 11, 23)) == []


@pytest.mark.parametrize("why", ["it refuses", "it is gone", "it never answers", "no address"])
async def test_what_could_not_be_told_goes_along_another_day_for_a_week(
    ctx: Context, data: Path, taking: Taking, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "WAIT", 0.5)
    taking.status = {"it refuses": 500, "it never answers": 0}.get(why, 204)
    wrong = {"it is gone": "http://127.0.0.1:1/repository", "no address": "http://["}
    policy = decide(data, taking)
    use(ctx, 10, 2)
    await Counting(ctx.host, data).add(NOON)

    away = replace(policy, url=wrong.get(why, policy.url))
    await report_if_due(data, away, NOON + DAY)
    assert len(await finished_counts(date(2026, 11, 21))) == 1
    taken = len(taking.taken)
    taking.status = 204
    taking.ended.set()
    await report_if_due(data, policy, NOON + DAY)
    assert len(taking.taken) == taken
    await report_if_due(data, policy, NOON + 2 * DAY)
    assert told(taking.taken[-1][1]) == [("2026-11-20", 10, 2, 0)]


async def test_what_is_older_than_a_week_or_no_more_to_be_told_is_forgotten(
    ctx: Context, data: Path, taking: Taking
) -> None:
    policy = decide(data, taking)
    use(ctx, 10, 2)
    await Counting(ctx.host, data).add(NOON)
    assert await finished_counts(date(2026, 11, 28)) == []

    await report_if_due(data, replace(policy, report=False), NOON)
    assert await finished_counts(date(2026, 11, 21)) == []
    assert taking.taken == []


async def test_each_installation_tells_at_its_own_time_of_the_day(
    ctx: Context, data: Path, taking: Taking
) -> None:
    policy = decide(data, taking, installation=f"{599:08x}" + "0" * 24)
    use(ctx, 1, 0)
    await Counting(ctx.host, data).add(NOON)
    ten = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)

    await report_if_due(data, policy, ten - timedelta(minutes=2))
    assert taking.taken == []
    await report_if_due(data, policy, ten)
    assert len(taking.taken) == 1
