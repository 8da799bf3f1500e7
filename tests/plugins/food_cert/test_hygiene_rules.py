"""What follows from the answers of an inspection: score, grade, and the days after it."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.law import Limits
from plugins.food_cert.rules.book import LATEST
from plugins.food_cert.rules.hygiene import (
    CHECKLISTS,
    EARLIEST,
    FAIL,
    GRADES,
    MOST_PHOTOS,
    NONE,
    PASS,
    Checklist,
    checklist_on,
    failed_items,
    judge,
    months_after,
    problems_of,
    scale_on,
    score_of,
)
from plugins.food_cert.rules.places import KINDS

SELL = CHECKLISTS["sell-2561"]
CODES = [item.code for item in SELL.items]
CRITICAL = [item.code for item in SELL.items if item.critical]
ALL_PASS = dict.fromkeys(CODES, PASS)
TODAY = date(2026, 11, 20)
FINDINGS = st.fixed_dictionaries(
    {code: st.sampled_from([PASS, PASS, FAIL, NONE]) for code in CODES}
).filter(lambda answers: set(answers.values()) != {NONE})
DAYS = st.dates(EARLIEST, date(2100, 1, 1))


def figures(**changed: int) -> Limits:
    entries = dict(LATEST)
    for name, value in changed.items():
        code = f"hygiene.{name}"
        entries[code] = msgspec.structs.replace(entries[code], value=str(value))
    return entries


@pytest.mark.parametrize("checklist", CHECKLISTS.values(), ids=CHECKLISTS)
def test_a_version_is_sound(checklist: Checklist) -> None:
    codes = [item.code for item in checklist.items]
    assert len(set(codes)) == len(codes)
    assert [chapter.code for chapter in checklist.chapters] == ["1", "2", "3", "4"]
    assert all(
        item.code.startswith(f"{one.code}.") for one in checklist.chapters for item in one.items
    )
    assert all(item.weight > 0 and item.words.th and item.words.en for item in checklist.items)
    assert set(checklist.kinds) <= set(KINDS)
    assert any(item.critical for item in checklist.items)
    assert checklist.verified or checklist.source.startswith("unverified")


@given(st.sampled_from(sorted(KINDS)), DAYS)
def test_on_every_day_one_version_counts_for_every_kind(kind: str, day: date) -> None:
    checklist = checklist_on(kind, day)

    assert kind in checklist.kinds
    assert checklist.since <= day
    grades = [grade.least for grade in scale_on(day).grades]
    assert grades == sorted(grades, reverse=True)
    assert grades[-1] == 0


@given(FINDINGS)
def test_the_score_is_the_share_of_what_applies_rounded_down(answers: dict[str, str]) -> None:
    score = score_of(SELL, answers)

    weights = {item.code: item.weight for item in SELL.items}
    passed = sum(weights[code] for code, given in answers.items() if given == PASS)
    applies = sum(weights[code] for code, given in answers.items() if given != NONE)
    assert score * applies <= 100 * passed < (score + 1) * applies
    assert (score == 100) == (FAIL not in answers.values())


@given(FINDINGS, st.sampled_from(CODES))
def test_failing_one_more_never_makes_it_better(answers: dict[str, str], code: str) -> None:
    worse = judge(SELL, answers | {code: FAIL}, TODAY, LATEST)
    better = judge(SELL, answers | {code: PASS}, TODAY, LATEST)

    assert worse.score < better.score
    assert worse.passed <= better.passed
    order = [grade.code for grade in scale_on(TODAY).grades]
    assert order.index(worse.grade) >= order.index(better.grade)


@given(FINDINGS, DAYS, st.integers(1, 100), st.integers(1, 60), st.integers(1, 36))
def test_who_fails_is_looked_at_again_and_who_passes_next_year(
    answers: dict[str, str], day: date, least: int, days: int, months: int
) -> None:
    limits = figures(**{"pass": least, "follow_days": days, "every_months": months})
    judged = judge(SELL, answers, day, limits)

    critical = {item.code for item in failed_items(SELL, answers)} & set(CRITICAL)
    assert judged.passed == (judged.score >= least and not critical)
    if judged.passed:
        assert judged.follow_by is None
        assert judged.next_by == months_after(day, months)
        grades = {grade.code: grade.least for grade in scale_on(day).grades}
        assert judged.score >= grades[judged.grade]
        assert not [one for one in grades.values() if grades[judged.grade] < one <= judged.score]
    else:
        assert judged.follow_by == day + timedelta(days=days)
        assert judged.next_by is None
        assert judged.grade == "improve"
    assert judged.grade in GRADES


@given(st.sampled_from(CRITICAL))
def test_one_critical_item_fails_the_inspection_however_high_the_score(code: str) -> None:
    judged = judge(SELL, ALL_PASS | {code: FAIL}, TODAY, LATEST)

    assert judged.score > 90
    assert (judged.passed, judged.grade) == (False, "improve")


@pytest.mark.parametrize(
    ("failed", "score", "grade"),
    [
        ([], 100, "excellent"),
        (["1.1", "1.4", "1.5"], 90, "excellent"),
        (["1.4", "1.5", "4.4"], 88, "good"),
    ],
)
def test_grades_begin_where_the_scale_says(failed: list[str], score: int, grade: str) -> None:
    judged = judge(SELL, ALL_PASS | dict.fromkeys(failed, FAIL), TODAY, LATEST)

    assert (judged.score, judged.grade, judged.passed) == (score, grade, True)
    assert judged.next_by == date(2027, 11, 20)


@given(DAYS, st.integers(0, 60))
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, n: int) -> None:
    later = months_after(day, n)

    assert (later.year - day.year) * 12 + later.month - day.month == n
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(FINDINGS, st.sets(st.sampled_from(CODES)), st.integers(0, 20))
def test_what_is_left_out_is_named_where_it_is_put_right(
    answers: dict[str, str], left: set[str], photos: int
) -> None:
    given = {code: one for code, one in answers.items() if code not in left}
    problems = problems_of(SELL, given, {}, photos)

    critical = {code for code in CRITICAL if given.get(code) == FAIL}
    expected = {f"item_{code}" for code in left} | {f"told_{code}" for code in critical}
    if photos > MOST_PHOTOS:
        expected.add("photo_place")
    assert set(problems) - {"item_1.1"} == expected - {"item_1.1"}
    told = dict.fromkeys(critical, "แก้ไข")
    assert not [name for name in problems_of(SELL, given, told, 0) if name.startswith("told_")]


def test_a_place_where_nothing_applies_is_not_inspected() -> None:
    assert set(problems_of(SELL, dict.fromkeys(CODES, NONE), {}, 0)) == {"item_1.1"}
    assert problems_of(SELL, ALL_PASS, {}, 0) == {}
