"""Updates by themselves: waited for, spread over installations, and never for more rights."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from msgspec.structs import replace

from core.catalog.client import Catalog
from core.catalog.following import is_due, update_due
from core.catalog.installed import Installations
from core.catalog.installing import install, pin
from core.catalog.offering import warnings
from core.catalog.policy import Policy, new_policy, read_policy, write_policy
from core.catalog.starting import Starts, ask_for_start

Keepers = Any  # the classes of conftest.py, which cannot be imported
MakeWheel = Callable[..., tuple[str, bytes]]
REACHING = {"thongthin_library/reach.py": b"import socket\n"}


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def data(tmp_path: Path, keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel) -> Path:
    """An installation with the library 0.1.0."""
    keepers.enter(a_wheel())
    catalog.refresh()
    install(tmp_path / "data", "library", None, now())
    return tmp_path / "data"


def current(data: Path) -> str:
    return Installations(data).read()["library"].current.version


def automatic(data: Path, **changed: Any) -> Policy:
    policy = read_policy(data)
    assert policy is not None
    policy = replace(policy, automatic=True, **{"wait": 0, "spread": 0, **changed})
    write_policy(data, policy)
    return policy


def test_a_version_that_can_do_no_more_is_installed_by_itself(
    data: Path, keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel
) -> None:
    keepers.enter(a_wheel(version="0.2.0"))
    catalog.refresh()
    update_due(data, automatic(data))
    assert current(data) == "0.2.0"


def test_so_is_one_that_a_bundle_brought(
    keepers: Keepers, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    catalog = Catalog(data)
    catalog.add(keepers.root, "")
    for version in ("0.1.0", "0.2.0"):
        keepers.enter(a_wheel(version=version))
        catalog.take_bundle(keepers.bundle(tmp_path / f"{version}.zip"))
        if version == "0.1.0":
            install(data, "library", None, now())

    update_due(data, automatic(data))

    assert current(data) == "0.2.0"


def test_one_that_cannot_be_installed_keeps_no_other_from_its_update(
    data: Path, keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel
) -> None:
    keepers.enter(a_wheel("parks"), publisher="other")
    catalog.refresh()
    install(data, "parks", None, now())
    keepers.enter(a_wheel(version="0.2.0"))
    keepers.enter(a_wheel("parks", version="0.2.0"), publisher="other")
    catalog.refresh()
    [wheel] = keepers.repository.targets.rglob("*library-0.2.0*.whl")
    wheel.unlink()

    update_due(data, automatic(data))

    assert current(data) == "0.1.0"
    assert Installations(data).read()["parks"].current.version == "0.2.0"


@pytest.mark.parametrize("why", ["it reaches out", "it keeps other data", "pinned", "too early"])
def test_otherwise_a_person_decides(
    data: Path, keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel, why: str
) -> None:
    more = REACHING if why == "it reaches out" else {}
    classes = ("personal", "sensitive") if why == "it keeps other data" else ("personal",)
    approved = now().date() if why == "too early" else date(2026, 11, 21)
    keepers.enter(a_wheel(version="0.2.0", more=more), data=classes, on=approved)
    catalog.refresh()
    if why == "pinned":
        pin(data, "library", pinned=True)

    update_due(data, automatic(data, wait=7 if why == "too early" else 0))

    assert current(data) == "0.1.0"


def test_a_version_that_is_due_for_one_installation_waits_in_another(
    data: Path, keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel
) -> None:
    keepers.enter(a_wheel(version="0.2.0"), on=now().date() - timedelta(days=7))
    catalog.refresh()
    known = catalog.read(now())
    newest, here = known.newest("library"), Installations(data).read()["library"]
    assert newest is not None
    due = [
        is_due(replace(new_policy(""), wait=0, spread=13), here, newest, known.listed, now())
        for _ in range(200)
    ]

    assert 60 < sum(due) < 140


@given(some.text(min_size=1), some.dates(), some.integers(0, 365), some.integers(0, 365))
def test_an_installation_has_one_day_of_its_own_within_the_days(
    installation: str, approved: date, wait: int, spread: int
) -> None:
    policy = Policy(installation=installation, wait=wait, spread=spread)
    try:
        day = policy.day_of("library", "1.0", approved)
    except OverflowError:
        assert approved > date(9990, 1, 1)
        return
    assert policy.day_of("library", "1.0", approved) == day
    assert approved + timedelta(wait) <= day <= approved + timedelta(wait + spread)


def test_warnings_come_half_way_to_the_end_and_at_the_end(data: Path, catalog: Catalog) -> None:
    known = catalog.read(now())
    assert warnings(known, now()) == []
    for days, said in ((4, "is half-way to its end"), (8, "nothing can be installed")):
        [one] = warnings(known, now() + timedelta(days=days))
        assert said in one
    [one] = warnings(replace(known, early=True), now())
    assert "set the clock" in one


def test_what_waits_is_started_at_the_hour_or_when_it_is_asked_for(
    data: Path, keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel
) -> None:
    at_three = datetime(2026, 11, 29, 20, 10, tzinfo=UTC)
    starts = Starts(data)
    assert not starts.is_due(at_three)
    pin(data, "library", pinned=True)
    assert starts.is_due(at_three)
    assert not starts.is_due(at_three + timedelta(hours=1))
    assert not Starts(data).is_due(at_three)

    ask_for_start(data, now())
    assert starts.is_due(at_three + timedelta(hours=1))
    assert not Starts(data).is_due(at_three + timedelta(hours=1))
