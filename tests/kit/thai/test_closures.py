from datetime import date

import pytest

from kit.thai import seed_holidays


def test_the_year_2569_has_the_days_that_were_announced() -> None:
    days = dict(seed_holidays(2026))

    assert days[date(2026, 4, 13)].th == "วันสงกรานต์"
    assert days[date(2026, 4, 13)].en == "Songkran Festival"
    assert days[date(2026, 5, 13)].th == "วันพืชมงคล"
    assert days[date(2026, 6, 1)].th == "ชดเชยวันวิสาขบูชา"
    assert days[date(2026, 12, 7)].th.startswith("ชดเชย")
    assert list(days) == sorted(days)


@pytest.mark.parametrize(
    "open_all_the_same",
    [
        pytest.param(date(2026, 1, 10), id="Children's Day"),
        pytest.param(date(2026, 5, 1), id="Labour Day"),
        pytest.param(date(2027, 5, 3), id="in lieu of Labour Day"),
    ],
)
def test_offices_are_open_when_only_others_have_a_holiday(open_all_the_same: date) -> None:
    assert open_all_the_same not in dict(seed_holidays(open_all_the_same.year))


@pytest.mark.parametrize("year", range(2023, 2036))
def test_every_year_has_a_plausible_number_of_days_named_twice(year: int) -> None:
    days = seed_holidays(year)

    assert 17 <= len(days) <= 30
    for day, name in days:
        assert day.year == year
        assert name.th
        assert name.en
        assert "แรงงาน" not in name.th
        assert "Labor" not in name.en
        assert name.th.count(";") == name.en.count(";")
