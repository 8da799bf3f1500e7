from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.food_cert.rules.bands import Band, Bounds, Tariff, amount_of, bands_on, faults
from plugins.food_cert.rules.fee_days import MADE_UP_FOR, FeeDays, windows
from plugins.food_cert.rules.fees import (
    Asked,
    Waived,
    begins,
    counted_from,
    due_day,
    ends,
    in_a_row,
    off,
    percent_off,
    surcharge,
    told_in_time,
)
from plugins.food_cert.service.bands import EXAMPLE

BOUNDS = Bounds(Decimal(200), {"certificate": 100_000, "licence": 300_000})
DAYS = st.dates(date(2016, 1, 1), date(2060, 12, 31))
AMOUNTS = st.integers(1, 300_000)


@st.composite
def tariffs(draw: st.DrawFn) -> list[Band]:
    """Bands as an ordinance would have them, in any order."""
    steps = sorted(draw(st.sets(st.integers(1, 19_999), max_size=5)))
    certificate = [Decimal(0), *(Decimal(one) / 100 for one in steps), Decimal(200)]
    licence = [Decimal(200), *(Decimal(200 + one) for one in steps), None]
    found = [
        Band(instrument=name, above=above or Decimal(0), upto=upto, amount=draw(amount))
        for name, edges, amount in (
            ("certificate", certificate, st.integers(1, 100_000)),
            ("licence", licence, AMOUNTS),
        )
        for above, upto in pairwise(edges)
    ]
    return draw(st.permutations(found))


@given(DAYS, st.integers(1, 40))
def test_years_of_a_place_follow_one_another_without_a_day_between(
    opened_on: date, year: int
) -> None:
    assert begins(opened_on, 1) == opened_on
    assert ends(opened_on, year) + timedelta(days=1) == begins(opened_on, year + 1)
    assert 365 <= (ends(opened_on, year) - begins(opened_on, year)).days + 1 <= 367


def test_a_place_of_29_february_has_its_years_from_1_march_but_in_leap_years() -> None:
    opened_on = date(2024, 2, 29)

    assert [begins(opened_on, year) for year in (1, 2, 4, 5)] == [
        date(2024, 2, 29),
        date(2025, 3, 1),
        date(2027, 3, 1),
        date(2028, 2, 29),
    ]
    assert ends(opened_on, 1) == date(2025, 2, 28)


@given(DAYS, st.integers(1, 30), st.integers(-400, 400), st.integers(1, 90))
def test_a_fee_is_due_on_the_eve_of_its_year_or_some_days_after_it_was_billed_late(
    opened_on: date, year: int, away: int, late: int
) -> None:
    eve = begins(opened_on, year) - timedelta(days=1)
    today = eve + timedelta(days=away)
    due_on = due_day(opened_on, year, today, late)

    assert due_on == (eve if year > 1 and away <= 0 else today + timedelta(days=late))
    assert due_on >= today


@given(tariffs(), st.decimals(Decimal("0.01"), 9_999, places=2))
def test_every_area_has_one_fee_in_bands_that_are_taken(bands: list[Band], area: Decimal) -> None:
    assert list(faults(bands, BOUNDS)) == []
    instrument = "certificate" if area <= 200 else "licence"
    fitting = [
        one
        for one in bands
        if one.instrument == instrument
        and one.above < area
        and (one.upto is None or area <= one.upto)
    ]
    assert [one.amount for one in fitting] == [amount_of(bands, instrument, area)]


@given(tariffs(), st.data())
def test_bands_of_which_one_is_missing_moved_or_too_dear_are_refused(
    bands: list[Band], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(bands) - 1))
    one, rest = bands[at], [*bands[:at], *bands[at + 1 :]]
    ceiling = BOUNDS.ceilings[one.instrument]
    dear = Band(instrument=one.instrument, above=one.above, upto=one.upto, amount=ceiling + 1)
    free = Band(instrument=one.instrument, above=one.above, upto=one.upto, amount=0)
    higher = one.above + Decimal("0.5")
    moved = Band(instrument=one.instrument, above=higher, upto=one.upto, amount=one.amount)

    assert list(faults(rest, BOUNDS))
    assert list(faults([*bands, one], BOUNDS)), "twice"
    assert [(one.at, one.column) for one in faults([*rest, dear], BOUNDS)] == [
        (len(rest), "amount")
    ]
    assert [(one.at, one.column) for one in faults([*rest, free], BOUNDS)] == [
        (len(rest), "amount")
    ]
    assert "above" in {one.column for one in faults([*rest, moved], BOUNDS)}


def test_the_example_is_a_tariff_that_would_be_taken_and_is_called_unverified() -> None:
    assert list(faults(EXAMPLE.bands, BOUNDS)) == []
    assert not EXAMPLE.verified
    assert amount_of(EXAMPLE.bands, "certificate", Decimal(60)) == 10_000
    assert amount_of(EXAMPLE.bands, "licence", Decimal("200.01")) == 20_000
    assert amount_of(EXAMPLE.bands, "licence", Decimal(200)) is None


@given(st.sets(DAYS, min_size=1, max_size=4), DAYS)
def test_the_bands_that_began_last_count(days: set[date], day: date) -> None:
    known = [
        Tariff(one, (Band(instrument="licence", above=Decimal(0), upto=None, amount=at + 1),))
        for at, one in enumerate(sorted(days))
    ]
    begun = [one for one in sorted(days) if one <= day]
    found = bands_on(known, day)

    assert (found[0].amount if found else 0) == len(begun)


@given(AMOUNTS, st.integers(1, 100))
def test_what_is_left_of_a_fee_is_rounded_down_and_nothing_is_lost(
    amount: int, percent: int
) -> None:
    left = amount - off(amount, percent)

    assert 0 <= left <= amount * (100 - percent) / 100 < left + 1
    assert off(amount, 100) == amount
    assert off(amount, 0) == 0


@given(AMOUNTS, st.integers(0, 100))
def test_a_surcharge_is_rounded_down_to_the_satang(owed: int, percent: int) -> None:
    assert surcharge(owed, percent) <= owed * percent / 100 < surcharge(owed, percent) + 1


def test_of_waivers_that_meet_the_larger_counts_and_only_for_its_paper() -> None:
    january = (date(2027, 1, 1), date(2027, 1, 31))
    waivers = [
        Waived(from_on=january[0], until_on=january[1], percent=30),
        Waived(from_on=january[1], until_on=january[1], percent=50, instrument="licence"),
    ]

    assert percent_off(waivers, "licence", january[1]) == 50
    assert percent_off(waivers, "certificate", january[1]) == 30
    assert percent_off(waivers, "licence", date(2027, 2, 1)) == 0
    assert percent_off(waivers, "licence", date(2026, 12, 31)) == 0


@pytest.mark.parametrize(
    ("states", "row"),
    [
        ("bbb", 3),
        ("bbsb", 2),
        ("bsbsb", 1),
        ("bbwb", 3),
        ("bvbb", 3),
        ("sss", 0),
        ("", 0),
    ],
)
def test_fees_in_a_row_end_with_one_that_was_paid_not_with_one_that_was_waived(
    states: str, row: int
) -> None:
    words = {"b": "billed", "s": "settled", "w": "waived", "v": "void"}
    asked = [Asked(at + 1, date(2020 + at, 1, 4), words[one]) for at, one in enumerate(states)]

    assert in_a_row(asked, date(2030, 1, 1)) == row
    if asked:
        assert in_a_row(asked, asked[-1].due_on) <= len(states) - 1, "due today is not overdue"


@given(st.integers(-800, 800), st.sampled_from(["billed", "settled", "waived", "void"]))
def test_closing_is_told_in_time_before_the_next_fee_is_due(away: int, state: str) -> None:
    first, following = date(2026, 1, 4), date(2027, 1, 4)
    asked = [Asked(1, first, "billed"), Asked(2, following, state)]
    told_on = following + timedelta(days=away)
    was_due = state in ("billed", "settled")

    assert told_in_time(asked, 1, told_on) == (away < 0 or not was_due)
    assert told_in_time(asked, 2, told_on), "no later one was asked for"


@given(st.integers(0, 60), st.integers(0, 60), st.integers(-200, 200))
def test_a_due_day_has_its_two_reminders_in_order_and_none_for_ever(
    before: int, after: int, away: int
) -> None:
    due_on = date(2026, 12, 31)
    days = FeeDays(before=before, after=after)
    today = due_on + timedelta(days=away)
    turns = [one.turn for one in windows(days, today) if one.first <= due_on <= one.last]

    assert ("before" in turns) == (before > 0 and -before <= away <= 0)
    assert ("after" in turns) == (after > 0 and after <= away <= after + MADE_UP_FOR)


@given(opened_on=DAYS, first=DAYS)
def test_years_are_counted_so_that_one_begins_with_the_licence(
    opened_on: date, first: date
) -> None:
    since = counted_from(opened_on, first)
    assert begins(since, first.year - since.year + 1) in (first, date(first.year, 3, 1))
    assert since == opened_on or abs((since - opened_on).days) <= 366
