from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.catalog.entries import Quality

DAYS = st.dates(date(2026, 1, 1), date(2200, 1, 1))


@given(on=DAYS, days=st.integers(-400, 400))
def test_a_tier_falls_180_days_after_its_last_good_run(on: date, days: int) -> None:
    quality = Quality(tier="gold", report="ab" * 32, on=on)

    shown = quality.on_day(on + timedelta(days=days))

    assert shown == ("gold" if days < 180 else "fallen")
