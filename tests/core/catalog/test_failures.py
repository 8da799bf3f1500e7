from datetime import date, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from core.catalog.failures import MOST, FailureCount, reports_of

SECRET = "5e" * 16
COUNTS = st.builds(
    FailureCount,
    plugin=st.sampled_from(["library", "parks"]),
    version=st.just("0.1.0"),
    day=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    calls=st.integers(0, 9),
    failures=st.just(0),
    rests=st.just(0),
)


@given(counts=st.lists(COUNTS, max_size=20))
def test_every_count_is_told_once_under_a_name_of_its_month(counts: list[FailureCount]) -> None:
    reports = reports_of(SECRET, counts)

    told = [(report.installation, one) for report in reports for one in report.counts]
    assert sorted(msgspec.json.encode(one) for _, one in told) == sorted(
        msgspec.json.encode(one) for one in counts
    )
    names = {(one.day.month, name) for name, one in told}
    assert len(names) == len({month for month, _ in names}) == len({name for _, name in names})
    assert all(SECRET not in name for _, name in names)


def test_many_counts_are_told_in_more_than_one_report_which_each_can_be_taken() -> None:
    one = FailureCount(
        plugin="library", version="0.1.0", day=date(2026, 1, 1), calls=1, failures=0, rests=0
    )
    reports = reports_of(SECRET, [one] * (MOST + 1))

    assert [len(report.counts) for report in reports] == [MOST, 1]
    for report in reports:
        assert msgspec.json.decode(msgspec.json.encode(report), type=type(report)) == report


def test_of_another_installation_and_of_another_month_the_name_is_another() -> None:
    def name(secret: str, day: date) -> str:
        one = FailureCount(plugin="a1", version="1", day=day, calls=1, failures=0, rests=0)
        return reports_of(secret, [one])[0].installation

    day = date(2026, 1, 31)
    names = {name(SECRET, day), name("ab", day), name(SECRET, day + timedelta(days=1))}
    assert len(names) == 3
    assert name(SECRET, day) == name(SECRET, date(2026, 1, 1))
