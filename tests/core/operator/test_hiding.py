"""Whoever knows the rule and all that is shown cannot tell what is hidden: every table is tried."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.operator import hiding
from core.operator.hiding import MONTHS, Counts, Line, Shown, shown

COUNTS = some.builds(
    lambda filed, decided, late, alone: Counts(filed, decided, max(decided - late, 0), alone),
    some.integers(0, 12),
    some.integers(0, 12),
    some.integers(0, 12),
    some.booleans(),
)


@pytest.mark.parametrize(("months", "most", "smallest"), [(3, 12, 3), (4, 9, 3), (3, 14, 5)])
def test_no_count_that_is_hidden_follows_from_the_others_and_their_sum(
    months: int, most: int, smallest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hiding, "MONTHS", months)
    tables = product(range(most + 1), repeat=months)
    lines = ([Counts(filed=one) for one in table] for table in tables)

    told = [one for one in same_page(lines, smallest) if sum(x.filed for x in one[1][0]) <= most]

    assert told
    for line, possible in told:
        for place, month in enumerate(line.months):
            if month.filed is None:
                assert len({one[place].filed for one in possible}) > 1, line


@pytest.mark.parametrize(("months", "most", "smallest"), [(2, 12, 3), (2, 12, 5), (3, 7, 3)])
def test_neither_who_was_in_time_nor_who_was_late_follows(
    months: int, most: int, smallest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hiding, "MONTHS", months)
    cells = [Counts(0, decided, late) for decided in range(most + 1) for late in range(decided + 1)]

    told = [
        one
        for one in same_page((list(line) for line in product(cells, repeat=months)), smallest)
        if max(sum(month.decided for month in line) for line in one[1]) <= most
    ]

    assert told
    for line, possible in told:
        for place, month in enumerate(line.months):
            if month.decided is None:
                assert len({one[place].decided for one in possible}) > 1, line
            if month.in_time is None:
                assert len({one[place].in_time for one in possible}) > 1, line
            if month.in_time is None and month.decided is not None:
                late = {one[place].decided - one[place].in_time for one in possible}
                assert len(late) > 1, line


def same_page(
    lines: Iterator[list[Counts]], smallest: int
) -> list[tuple[Line, list[Sequence[Counts]]]]:
    """Return each page that can be shown with all lines that make it."""
    pages: dict[Line, list[Sequence[Counts]]] = defaultdict(list)
    for line in lines:
        pages[shown(line, smallest=smallest)].append(line)
    return list(pages.items())


@given(some.lists(COUNTS, min_size=1, max_size=MONTHS), some.integers(3, 9))
def test_a_month_that_was_shown_stays_as_it_was_shown(line: list[Counts], smallest: int) -> None:
    now = shown(line, smallest=smallest)

    for length in range(1, len(line)):
        assert shown(line[:length], smallest=smallest).months == now.months[:length]
    assert (now.whole is None) == (len(line) < MONTHS)


@given(some.lists(COUNTS, min_size=MONTHS, max_size=MONTHS), some.integers(3, 9))
def test_nothing_small_is_shown_and_what_is_shown_is_true(
    line: list[Counts], smallest: int
) -> None:
    told = shown(line, smallest=smallest)

    for counts, month in zip(line, told.months, strict=True):
        for name in ("filed", "decided", "in_time"):
            number = getattr(month, name)
            assert number is None or number == getattr(counts, name)
            assert number is None or not 0 < number < smallest
        if month.in_time is not None and month.decided is not None:
            assert not 0 < month.decided - month.in_time < smallest
        if counts.alone:
            assert month.filed is None
            assert month.decided is None
    assert told.whole is not None
    for name in ("filed", "decided", "in_time"):
        whole = getattr(told.whole, name)
        assert whole in (None, sum(getattr(one, name) for one in line))
        assert whole is None or not 0 < whole < smallest
    if told.whole.in_time is not None and told.whole.decided is not None:
        assert not 0 < told.whole.decided - told.whole.in_time < smallest


def test_a_year_of_two_small_months_is_not_told_by_its_sum() -> None:
    few = [Counts(1, 1, 1), Counts(2, 2, 2), *[Counts()] * (MONTHS - 2)]
    late = [Counts(100, 100, 98), *[Counts(100, 100, 100)] * (MONTHS - 1)]

    assert shown(few, smallest=5).whole == Shown(None, None, None)
    assert shown(late, smallest=5).whole == Shown(1200, 1200, None)


def test_where_much_is_done_everything_is_told() -> None:
    line = [Counts(100 + n, 90 + n, 80 + n) for n in range(MONTHS)]

    told = shown(line, smallest=5)

    assert [(one.filed, one.decided, one.in_time) for one in told.months] == [
        (one.filed, one.decided, one.in_time) for one in line
    ]
    assert told.whole is not None
    assert told.whole.filed == sum(one.filed for one in line)


def test_with_a_single_small_month_the_next_is_hidden_too_and_the_year_is_told() -> None:
    line = [Counts(filed=one) for one in (50, 3, 0, 40, 60, 0, 0, 0, 0, 0, 0, 20)]

    told = shown(line, smallest=5)

    assert [one.filed for one in told.months][:5] == [50, None, 0, None, 60]
    assert told.whole is not None
    assert told.whole.filed == 173


def test_of_few_late_ones_in_many_months_the_share_of_the_year_is_told() -> None:
    line = [Counts(1000, 1000, 1000 - (n % 3)) for n in range(MONTHS)]

    told = shown(line, smallest=5)

    assert told.whole is not None
    assert told.whole.in_time == sum(one.in_time for one in line)
    assert [one.in_time for one in told.months][:4] == [1000, None, None, 1000]
