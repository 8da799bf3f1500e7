import json

from hypothesis import given
from hypothesis import strategies as st

from contrib.catalog.rules import reports
from contrib.catalog.rules.reports import FAILURES, Told, read_report

CHECK = {"id": "a", "level": "bronze", "title": {"th": "ก", "en": "a"}, "state": "passed"}


def written(**more: object) -> bytes:
    facts = {"plugin": "library", "version": "0.1.0", "tier": "silver", "seconds": 1.5}
    return json.dumps(facts | {"checks": [CHECK, CHECK | {"state": "failed"}]} | more).encode()


@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.text(), st.lists).map(json.dumps).map(str.encode)
)
def test_whatever_was_written_is_a_report_or_none(data: bytes) -> None:
    assert read_report(data, "library", "0.1.0") in FAILURES


def test_a_report_tells_the_tier_and_how_many_checks_were_passed() -> None:
    told = read_report(written(), "library", "0.1.0")

    assert isinstance(told, Told)
    assert (told.tier, told.passed, len(told.checks)) == ("silver", 1, 2)


@given(st.text(), st.text())
def test_a_report_of_another_version_is_none(plugin: str, version: str) -> None:
    told = read_report(written(plugin=plugin, version=version), "library", "0.1.0")

    assert (told == "other") == ((plugin, version) != ("library", "0.1.0"))


def test_an_endless_report_and_a_tier_that_there_is_not_are_none() -> None:
    assert read_report(written() + b" " * reports.LARGEST, "library", "0.1.0") == "none"
    assert read_report(written(tier="diamond"), "library", "0.1.0") == "none"
