from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import last_due
from core.tenants.tenant import BANGKOK

moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=BANGKOK)
)


def on_the_wall(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("every", "now", "due"),
    [
        ("0 8 * * *", "2026-11-20T08:00:00", "2026-11-20T08:00"),
        ("0 8 * * *", "2026-11-20T07:59:59", "2026-11-19T08:00"),
        ("30 0 1 * *", "2026-11-20T10:42:00", "2026-11-01T00:30"),
        ("0 8 * * 1-5", "2026-11-22T12:00:00", "2026-11-20T08:00"),
        ("*/15 * * * *", "2026-11-20T10:42:07", "2026-11-20T10:30"),
    ],
)
def test_a_time_is_read_by_the_clock_on_the_wall(every: str, now: str, due: str) -> None:
    assert last_due(every, on_the_wall(now)) == on_the_wall(due)


@given(moments)
def test_the_last_time_is_never_in_the_future_nor_more_than_one_round_ago(now: datetime) -> None:
    due = last_due("17 3 * * *", now)

    assert now - timedelta(days=1) < due <= now
    assert (due.hour, due.minute, due.second, due.microsecond) == (3, 17, 0, 0)
