"""Figures of law as dated data: which holds on a day, and what an office may set."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.casework import Verdict
from plugins.permits.rules.dated import LATEST, STARTING, Entry, in_force, problem_of
from plugins.permits.service.examining import examine
from tests.plugins.permits.requests import TODAY, changed

SOLID = LATEST["setback.solid"]
DAYS = st.dates(date(1990, 1, 1), date(1990, 3, 1))


def entry(code: str, since: date, value: str) -> Entry:
    return Entry(code=code, since=since, value=value, law="กฎ", source="", verified=True)


@given(st.lists(st.tuples(st.sampled_from("ab"), DAYS), max_size=12), DAYS)
def test_the_last_entry_that_has_begun_holds(pairs: list[tuple[str, date]], on: date) -> None:
    entries = [entry(code, since, str(place)) for place, (code, since) in enumerate(pairs)]
    holding = in_force(entries, on)

    for code in {code for code, _ in pairs}:
        own = [one for one in entries if one.code == code]
        begun = [one for one in own if one.since <= on]
        if begun:
            last = max(one.since for one in begun)
            assert holding[code] is [one for one in begun if one.since == last][-1]
        else:
            assert holding[code].since == min(one.since for one in own)


def test_an_entry_of_a_later_day_replaces_an_older_one_from_that_day_on() -> None:
    new = msgspec.structs.replace(
        LATEST["setback.openings.low"], since=date(2027, 1, 1), value="2.50"
    )
    for on, verdict in ((date(2026, 12, 31), Verdict.PASS), (date(2027, 1, 1), Verdict.FAIL)):
        found = examine(
            "permits.build", changed({"back_distance": "2.40"}), plans={}, data=(new,), on=on
        ).findings
        [finding] = [one for one in found if one.rule == "setback-back"]
        assert finding.verdict == verdict
        assert finding.since == (new.since if verdict == Verdict.FAIL else date(2000, 1, 1))


def test_every_entry_says_its_law_its_source_and_whether_it_was_read() -> None:
    codes = [one.code for one in STARTING]
    assert len(set(codes)) == len(codes)
    for one in STARTING:
        assert one.source
        assert one.law or one.code.startswith("sane.")
        assert ("unverified" in one.source) == (not one.verified), one.code
        assert one.since <= TODAY
        assert problem_of(one) is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "setback.roof"}, "setback.roof"),
        ({"value": "ครึ่งเมตร"}, "ครึ่งเมตร"),
        ({"value": "-1"}, "-1"),
        ({"value": "NaN"}, "NaN"),
        ({"value": "1e9"}, "1e9"),
        ({"law": " "}, "กฎหมายหรือประกาศ"),
    ],
)
def test_what_no_rule_can_reckon_with_is_refused(change: dict[str, str], words: str) -> None:
    problem = problem_of(msgspec.structs.replace(SOLID, **change))

    assert problem is not None
    assert words in problem.th


def test_a_pattern_of_licences_that_cannot_be_read_is_refused() -> None:
    broken = msgspec.structs.replace(LATEST["licence.engineer"], value="(ภย[0-9]+")

    assert problem_of(broken) is not None


def test_days_before_the_first_entry_are_judged_by_it() -> None:
    assert in_force(STARTING, SOLID.since - timedelta(days=1))["setback.solid"] is SOLID
