"""A hostile plugin beside people who use the site: they notice nothing, and it is put to rest."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from core import embedded

Office = Any  # the classes of conftest.py, which cannot be imported
Traffic = Any
Behave = Callable[[str], None]

PAGES = ("/", "/services/oss.general", "/sign-in", "/track")
RESTS = "พักโมดูล “โมดูลรบกวน” ไว้ชั่วคราว"
BEHAVIOURS = (
    "raises",
    "recurses",
    "quits",
    "cancels itself",
    "waits",
    "sleeps on the loop",
    "spins",
    "returns another type",
    "returns links without a title",
    "asks for the rows of others",
    "begins thousands of tasks",
    "begins tasks that are busy",
    "keeps connections",
)


def until(true: Callable[[], object], within: float) -> float:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < within, "it did not happen in time"
        time.sleep(0.1)
    return time.monotonic() - began


@pytest.fixture
def behave(office: Office) -> Iterator[Behave]:
    """Switch the plugin on in แม่เหียะ, have it do something, and in the end switch it off."""
    path = office.at.folder / "behaviour"

    def begin(what: str) -> None:
        office.switch("hostile", on=True)
        path.write_text(what, encoding="utf-8")

    yield begin
    path.write_text("", encoding="utf-8")
    office.switch("hostile", on=False)


def blamed(office: Office) -> list[str]:
    """Return what the log says of failures, to know more when a test fails."""
    lines = office.at.logged().splitlines()
    return [line[:600] for line in lines if '"error"' in line or '"warning"' in line][-40:]


def foreign_rows(office: Office) -> list[str]:
    kept = office.at.folder / "rows"
    lines = kept.read_text(encoding="utf-8").splitlines()
    assert any('"maehia"' in line for line in lines)  # it was given its own ones
    return [line for line in lines if re.search(r'"yala"|\\"yala\\"', line)]


@pytest.mark.parametrize("what", BEHAVIOURS)
def test_nobody_else_notices_and_within_ten_seconds_it_rests_and_is_named(
    what: str,
    office: Office,
    traffic: Traffic,
    behave: Behave,
) -> None:
    with traffic(office.at, {"maehia": PAGES, "yala": PAGES}) as people:
        behave(what)
        took = until(lambda: RESTS in office.officer.get("/desk/modules").text, 10)
        time.sleep(1)

    assert took < 10
    assert people.failures() == {}, blamed(office)
    assert people.longest("yala") < 8
    if what == "asks for the rows of others":
        assert foreign_rows(office) == []


def test_its_pages_and_its_jobs_harm_nobody(
    office: Office, traffic: Traffic, behave: Behave
) -> None:
    rows = office.at.folder / "rows"
    rows.unlink(missing_ok=True)
    with traffic(office.at, {"maehia": PAGES, "yala": PAGES}) as people:
        behave("")
        until(lambda: office.at.get("/hostile/listen")[0] == 200, 2)
        assert office.at.get("/hostile/rows")[0] == 200
        assert office.at.get("/hostile/raise")[0] == 500
        assert office.at.get("/hostile/raise", "yala")[0] == 404
        until(lambda: logged(office, "hostile.fail"), 20)

    assert people.failures() == {}, blamed(office)
    assert foreign_rows(office) == []
    assert all(job == "maehia" for job in jobs_of_the_plugin(office))


def logged(office: Office, words: str) -> bool:
    return any(words in line and "on purpose" in line for line in office.at.logged().splitlines())


def jobs_of_the_plugin(office: Office) -> list[str]:
    with psycopg.connect(embedded.start(office.at.data)) as owner:
        found = owner.execute(
            "SELECT args ->> 'tenant' FROM procrastinate.procrastinate_jobs"
            " WHERE task_name LIKE 'hostile.%'"
        ).fetchall()
    assert found
    return [row[0] for row in found]


def test_the_rows_of_others_are_as_they_were(office: Office) -> None:
    with psycopg.connect(embedded.start(office.at.data)) as owner:
        counted = owner.execute(
            "SELECT count(*) FROM core.unit GROUP BY tenant_id ORDER BY 1"
        ).fetchall()
    assert len(set(counted)) == 1

    assert office.at.command("audit", "verify").stdout.splitlines()[-1] == "pass"
    assert Path(office.at.folder / "rows").exists()
