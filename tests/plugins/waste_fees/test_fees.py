from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Text
from plugins.waste_fees.rules.fees import Fee, Held, Kind, fee_of
from plugins.waste_fees.rules.months import add_months, span
from plugins.waste_fees.rules.register import USES, Facts, Since
from plugins.waste_fees.rules.tariffs import (
    EXEMPT,
    Band,
    Content,
    Measure,
    Programme,
    Tariff,
    faults,
    tariff_on,
)

NOV = date(2026, 11, 1)
SORTING = Programme(code="sorting", title=Text("บ้านนี้ไม่เทรวม", "Sorted"), pays=2000, barred=6)
# อบต.คลองใหม่, with the two parts of กทม. in the first band.
CONTENT = Content(
    bands=(
        Band(use="household", upto=20, collect=4000, dispose=4000),
        Band(use="household", upto=100, collect=8000),
        Band(upto=500, collect=30000),
        Band(upto=1000, collect=200000),
        Band(collect=200000, step=1000),
    ),
    programmes=(SORTING,),
)
YEAR_2559 = Tariff(date(2016, 1, 1), CONTENT)


@dataclass
class A:
    """A point, as it is known from a day on."""

    litres: int = 10
    use: str = "household"
    open: bool = True
    since: date = date(2015, 5, 3)
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def facts(self) -> Since:
        known = {"address": "1", "payer": "0", "payer_name": "ก"} | self.more
        return Since(self.since, Facts(use=self.use, litres=self.litres, open=self.open, **known))


def fee(*points: A, month: date = NOV, kind: Measure = "litres", **more: Any) -> Fee:
    history = [one.facts for one in points]
    tariffs = more.pop("tariffs", [YEAR_2559])
    return fee_of(Kind(kind), tariffs, month=month, history=history, **more)


def test_collection_and_disposal_are_lines_of_their_own_with_their_reason() -> None:
    found = fee(A(20))

    assert [one.amount for one in found.lines] == [4000, 4000]
    assert found.lines[0].why.th == "ค่าเก็บและขน บ้านพักอาศัย 20 ลิตรต่อวัน"
    assert found.total == 8000


@pytest.mark.parametrize(
    ("litres", "use", "total"),
    [
        (0, "household", 8000),
        (20, "household", 8000),
        (21, "household", 8000),
        (500, "shop", 30000),
        (501, "shop", 200000),
        (1000, "market", 200000),
        (1001, "market", 400000),
        (2000, "market", 400000),
        (2001, "market", 600000),
    ],
)
def test_the_bands_of_the_dossier_give_their_amounts(litres: int, use: str, total: int) -> None:
    assert fee(A(litres, use)).total == total


def test_a_class_with_bands_of_its_own_is_not_charged_by_those_of_all() -> None:
    assert fee(A(101)).odd == "no_band"


@given(st.integers(0, 100_000), st.integers(0, 100_000), st.sampled_from([*USES][1:]))
def test_more_waste_never_costs_less(one: int, other: int, use: str) -> None:
    less, more = sorted((one, other))

    assert fee(A(less, use)).total <= fee(A(more, use)).total


@given(st.integers(0, 10**6), st.integers(1, 100), st.integers(1, 10**5))
def test_metered_water_is_charged_to_the_nearest_satang(units: int, factor: int, rate: int) -> None:
    tariff = Tariff(date(2020, 1, 1), Content(bands=(Band(collect=rate),)))
    history = [A().facts]
    found = fee_of(Kind("metered", factor), [tariff], month=NOV, history=history, used={NOV: units})

    assert abs(found.total * 100 - units * factor * rate) <= 50
    assert found.total == sum(one.amount for one in found.lines)


def test_a_metered_fee_waits_for_its_reading_and_is_none_where_there_is_no_meter() -> None:
    tariffs = [Tariff(date(2020, 1, 1), Content(bands=(Band(collect=300),)))]
    before = {add_months(NOV, -1): 12}

    assert fee(A(), kind="metered", tariffs=tariffs, used=before).odd == "no_reading"
    assert fee(A(), kind="metered", tariffs=tariffs, used={}) == Fee()


@given(st.dates(date(2021, 1, 1), date(2030, 1, 1)), st.integers(-40, 40))
def test_a_month_is_charged_by_the_tariff_of_its_first_day(begins: date, away: int) -> None:
    dear = Tariff(begins, Content(bands=(Band(collect=6000),)))
    cheap = Tariff(date(2016, 1, 1), Content(bands=(Band(collect=2000),)))
    month = add_months(begins.replace(day=1), away)

    assert fee(A(), tariffs=[dear, cheap], month=month).total == (6000 if begins <= month else 2000)
    assert tariff_on([dear], date(2015, 1, 1)) is None


@given(st.dates(date(2021, 1, 1), date(2030, 1, 1)), st.integers(-40, 40))
def test_a_change_counts_from_the_first_month_that_begins_with_it(day: date, away: int) -> None:
    month = add_months(day.replace(day=1), away)
    found = fee(A(20), A(100, since=day), month=month)

    assert found.lines[0].amount == (8000 if day <= month else 4000)


@given(st.dates(date(2021, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_nothing_is_charged_before_the_service_begins_or_after_it_ends(
    begins: date, days: int
) -> None:
    ends = date.fromordinal(begins.toordinal() + days)
    history = [A(since=begins), A(since=ends, open=False)]
    charged = [month for month in span(date(2020, 1, 1), 140) if fee(*history, month=month).total]

    assert charged == [m for m in span(date(2020, 1, 1), 140) if begins <= m < ends]


def test_a_programme_is_what_is_paid_instead_until_it_is_revoked() -> None:
    held = [Held("sorting", date(2026, 10, 20), until_on=date(2026, 12, 5))]
    paid = [fee(A(), month=month, held=held).total for month in span(date(2026, 10, 1), 4)]

    assert paid == [8000, 2000, 2000, 8000]
    ended = [Held("sorting", date(2026, 10, 20), until_on=date(2026, 12, 1))]
    assert fee(A(), month=date(2026, 12, 1), held=ended).total == 8000
    assert fee(A(), held=held).lines[-1].amount == -6000


@given(st.integers(0, 100_000), st.integers(0, 100), st.integers(0, 100_000))
def test_no_programme_makes_a_fee_dearer_or_negative(collect: int, percent: int, pays: int) -> None:
    title = Text("ลด", "Less")
    programmes = (
        Programme(code="a", title=title, percent=percent),
        Programme(code="b", title=title, pays=pays),
    )
    tariff = Tariff(
        date(2020, 1, 1), Content(bands=(Band(collect=collect),), programmes=programmes)
    )
    held = [Held("a", date(2020, 1, 1)), Held("b", date(2020, 1, 1))]
    found = fee(A(), tariffs=[tariff], held=held)

    assert 0 <= found.total <= collect
    assert found.total == sum(one.amount for one in found.lines)
    assert found.total <= min(pays, collect)


def test_who_is_exempt_owes_nothing_and_the_reason_is_said() -> None:
    held = [Held(EXEMPT, date(2026, 1, 1))]

    assert fee(A(), held=held) == Fee(odd="exempt")
    assert fee(A(), tariffs=[]).odd == "no_tariff"


@pytest.mark.parametrize(
    ("measure", "bands"),
    [
        ("litres", ()),
        ("litres", (Band(upto=20, collect=1), Band(upto=20, collect=2))),
        ("flat", (Band(upto=20, collect=1),)),
        ("metered", (Band(collect=1), Band(collect=2))),
        ("litres", (Band(collect=1, step=100),)),
    ],
)
def test_a_tariff_that_could_be_read_in_two_ways_is_refused(
    measure: Measure, bands: tuple[Band, ...]
) -> None:
    assert list(faults(measure, Content(bands=bands)))
    assert list(faults("litres", CONTENT)) == []
