from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.treasury.rules.moments import counted_at

ZONE = ZoneInfo("Asia/Bangkok")
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)  # 16.00 in Bangkok
MOMENTS = st.datetimes(timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        (None, NOW),
        (NOW - timedelta(hours=7), NOW - timedelta(hours=7)),
        (NOW + timedelta(minutes=1), NOW),
        # 00.00 and 23.59 of the day before, in Bangkok.
        (NOW - timedelta(hours=16), NOW - timedelta(hours=16)),
        (NOW - timedelta(hours=16, minutes=1), NOW),
    ],
)
def test_a_device_is_believed_within_the_day_and_not_beyond(
    said: datetime | None, counts: datetime
) -> None:
    assert counted_at(said, now=NOW, zone=ZONE) == counts


@given(said=MOMENTS | st.none(), now=MOMENTS)
def test_what_counts_is_never_to_come_and_never_of_another_day(
    said: datetime | None, now: datetime
) -> None:
    counts = counted_at(said, now=now, zone=UTC)

    assert counts <= now
    assert counts.date() == now.date()
    assert counts in (said, now)
