"""What installations tell of failures: taken strictly and once, shown without telling whose."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from contrib.catalog.service import failures
from contrib.catalog.service.rights import CURATE, READ, SUBMIT
from core.api import catalog
from core.catalog.failures import reports_of
from core.context import Context
from core.db import transaction
from core.runtime import Runtime
from core.settings import Settings
from core.tenants.tenant import BANGKOK
from tests.contrib.catalog.conftest import keeping
from tests.core.catalog.conftest import Keepers, make_wheel
from tests.desks import signed_in

PATH, HOME = "/catalog/failures", "/desk/curation/failures"
NOBODY = "0" * 32


@pytest.fixture
def settings(tmp_path: Path, keepers: Keepers) -> Settings:
    keepers.enter(make_wheel())
    return keeping(tmp_path, keepers)


@pytest.fixture
async def curator(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    async with signed_in(runtime, ctx, [READ, CURATE], HOME) as client:
        yield client


def count(**changed: Any) -> dict[str, Any]:
    from_now = changed.pop("days", -1)
    told = {"plugin": "library", "version": "0.1.0", "calls": 1000, "failures": 4, "rests": 1}
    return {**told, "day": day(from_now), **changed}


def day(from_now: int) -> str:
    moment = datetime.now(BANGKOK) + timedelta(days=from_now)
    return str(moment.date())


def report(*counts: dict[str, Any], installation: int = 1) -> dict[str, Any]:
    return {"installation": f"{installation:032x}", "counts": list(counts or (count(),))}


async def kept(ctx: Context) -> list[tuple[str, int, int]]:
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT version, calls, failures FROM catalog.failure_day WHERE tenant_id = $1"
            " ORDER BY installation, day",
            ctx.tenant.id,
        )
    return [tuple(row) for row in rows]


async def test_a_day_of_an_installation_counts_once(
    client: httpx.AsyncClient, ctx: Context
) -> None:
    first = await client.post(PATH, json=report())
    again = await client.post(PATH, json=report(count(calls=5000), count(days=-2, calls=7)))

    assert (first.status_code, first.content, again.status_code) == (204, b"", 204)
    assert "set-cookie" not in first.headers
    assert await kept(ctx) == [("0.1.0", 7, 4), ("0.1.0", 1000, 4)]


async def test_what_installations_send_is_taken(client: httpx.AsyncClient, ctx: Context) -> None:
    told = msgspec.convert(count(calls=7), catalog.FailureCount)
    [sent] = reports_of("5e" * 16, [told])

    answer = await client.post(PATH, content=msgspec.json.encode(sent))

    assert answer.status_code == 204
    assert await kept(ctx) == [("0.1.0", 7, 4)]


async def test_of_versions_that_nobody_published_nothing_is_kept(
    client: httpx.AsyncClient, ctx: Context
) -> None:
    told = report(count(version="0.9.0"), count(plugin="parks"), count(rests=0))

    assert (await client.post(PATH, json=told)).status_code == 204
    assert await kept(ctx) == [("0.1.0", 1000, 4)]


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"[]",
        b'{"installation": 1}',
        json.dumps({"installation": NOBODY, "counts": []}),
        json.dumps({**report(), "office": "maehia"}),
        json.dumps(report(count(who="สมศรี"))),
        json.dumps({**report(), "installation": "maehia"}),
        json.dumps(report(count(calls=-1))),
        json.dumps(report(count(calls=10**13))),
        json.dumps(report(count(calls=3, failures=4))),
        json.dumps(report(count(calls="1000"))),
        json.dumps(report(count(days=2))),
        json.dumps(report(count(days=-30))),
        json.dumps(report(count(), count(plugin="../etc"))),
        json.dumps(report(*[count()] * 1001)),
        b"\xff\xfe",
    ],
)
async def test_whatever_else_is_sent_is_refused_whole(
    client: httpx.AsyncClient, ctx: Context, told: Any
) -> None:
    assert (await client.post(PATH, content=told)).status_code == 422
    assert await kept(ctx) == []


async def test_what_is_too_large_and_what_comes_too_often_is_refused(
    client: httpx.AsyncClient, ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await client.post(PATH, content=b" " * 400_000)).status_code == 413
    monkeypatch.setattr(failures, "ALLOWED", failures.ALLOWED._replace(free=3))
    answers = [await client.post(PATH, json=report(installation=one)) for one in range(6)]

    assert [one.status_code for one in answers] == [204, 204, 204, 429, 429, 429]
    assert len(await kept(ctx)) == 3


async def test_another_office_takes_none(client: httpx.AsyncClient, other: Context) -> None:
    there = f"http://{other.tenant.id}.localhost{PATH}"

    assert (await client.post(there, json=report())).status_code == 404


async def test_curators_see_rates_of_versions_of_which_three_or_more_have_told(
    client: httpx.AsyncClient, curator: httpx.AsyncClient, ctx: Context, keepers: Keepers
) -> None:
    assert "ยังไม่มีระบบใดรายงานมา" in (await curator.get(HOME)).text
    keepers.enter(make_wheel(version="0.2.0"))
    for number in range(3):
        await client.post(PATH, json=report(count(failures=number), installation=number))
    for number in range(2):
        newer = count(version="0.2.0", failures=900, rests=77)
        await client.post(PATH, json=report(newer, installation=number))

    page = re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", (await curator.get(HOME)).text))

    assert "library 0.1.0 3 1.0 3" in page
    assert "library 0.2.0 น้อยกว่า 3 แห่ง – –" in page
    assert "900" not in page
    assert "77" not in page


async def test_months_in_which_names_are_drawn_anew_do_not_make_installations_more(
    client: httpx.AsyncClient, ctx: Context
) -> None:
    for number in range(4):
        told = report(count(days=-1 - number), installation=number)
        await client.post(PATH, json=told)

    [rate] = await failures.rates(replace(ctx, now=datetime.now(BANGKOK)))
    assert (rate.installations, rate.hidden, rate.per_thousand) == (1, True, None)


async def test_only_curators_see_them(runtime: Runtime, ctx: Context) -> None:
    async with signed_in(runtime, ctx, [READ, SUBMIT], "/desk/curation") as publisher:
        assert (await publisher.get(HOME)).status_code == 403


async def test_what_was_told_long_ago_is_forgotten(client: httpx.AsyncClient, ctx: Context) -> None:
    await client.post(PATH, json=report())
    later = replace(ctx, now=datetime.now(BANGKOK) + timedelta(days=88))
    await failures.forget(later)
    assert len(await kept(ctx)) == 1

    await failures.forget(replace(later, now=later.now + timedelta(days=3)))
    assert await kept(ctx) == []
