"""Fees and validity: the worked example, the rows of the regulation, and slow reckonings."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.casework import Verdict
from kit.law import Entry
from plugins.permits.rules.dated import BOOK, LATEST
from plugins.permits.rules.fees import flat_fee, whole_units
from plugins.permits.rules.validity import valid_until
from plugins.permits.service.examining import examine
from tests.plugins.permits.requests import TODAY, changed

EXAMPLE = {"area": "149.50", "footprint": "80.00", "fence": "public", "fence_length": "40.40"}
HUNDREDTHS = st.integers(0, 3_000_000)


def fees_of(
    answers: dict[str, Any], service: str = "permits.build", data: tuple[Entry, ...] = ()
) -> dict[str, int]:
    examination = examine(service, changed(answers), plans={}, data=data, on=TODAY)
    assert examination.fee == sum(line.amount for line in examination.fees)
    return {line.code: line.amount for line in examination.fees}


def test_the_worked_example_of_a_house_with_a_fence_comes_to_135_baht() -> None:
    assert fees_of(EXAMPLE) == {"build": 2_000, "check": 7_500, "fence": 4_000}
    examination = examine("permits.small", changed(EXAMPLE), plans={}, data=(), on=TODAY)
    assert examination.fee == 13_500
    assert [line.basis.th for line in examination.fees] == [
        "ฉบับละ 20.00 บาท",
        "150 ตร.ม. × 0.50 บาท (149.5 ตร.ม. คิดเป็น 150)",
        "40 ม. × 1.00 บาท (40.4 ม. คิดเป็น 40)",
    ]


def test_a_fence_that_stands_at_no_public_place_costs_nothing() -> None:
    assert sum(fees_of(EXAMPLE | {"fence": "private"}).values()) == 9_500


def test_of_a_notification_the_check_alone_is_paid() -> None:
    assert fees_of(EXAMPLE, "permits.notify") == {"check": 7_500, "fence": 4_000}
    assert fees_of({"work": "demolish"}, "permits.notify") == {}


@pytest.mark.parametrize(
    ("storeys", "height", "more", "satang"),
    [
        (2, "12.00", {}, 50),
        (2, "12.01", {}, 200),
        (3, "9.00", {}, 200),
        (3, "15.00", {}, 200),
        (3, "15.01", {}, 400),
        (4, "12.00", {}, 400),
        (1, "6.00", {"load": "heavy"}, 400),
    ],
)
def test_the_check_is_charged_by_class(
    storeys: int, height: str, more: dict[str, str], satang: int
) -> None:
    given = {"storeys": storeys, "height": height, "area": "100.00", **more}
    assert fees_of(given)["check"] == 100 * satang


@pytest.mark.parametrize(
    ("what", "baht"),
    [
        ("build", 20),
        ("alter", 10),
        ("demolish", 10),
        ("move", 10),
        ("change_use", 20),
        ("certificate", 20),
        ("replacement", 5),
        ("renew.build", 20),
        ("renew.alter", 10),
        ("renew.demolish", 10),
        ("renew.move", 10),
    ],
)
def test_a_paper_costs_what_the_regulation_says(what: str, baht: int) -> None:
    line = flat_fee(what, LATEST)

    assert line.amount == baht * 100
    assert line.revenue == "permits.permit"


def slow_units(hundredths: int) -> int:
    units = 0
    while hundredths >= 100:
        big = max(hundredths // 200, 1)
        units, hundredths = units + big, hundredths - big * 100
    return units + (1 if hundredths >= 50 else 0)


@given(HUNDREDTHS)
def test_half_a_unit_and_more_counts_as_a_whole_one(hundredths: int) -> None:
    assert whole_units(Decimal(hundredths) / 100) == slow_units(hundredths)


@given(
    area=HUNDREDTHS,
    fence=HUNDREDTHS,
    parking=HUNDREDTHS,
    storeys=st.integers(1, 6),
    height=st.integers(200, 2_000),
    work=st.sampled_from(["build", "alter", "demolish"]),
)
def test_fees_agree_with_a_slow_reckoning_in_satang(
    area: int, fence: int, parking: int, storeys: int, height: int, work: str
) -> None:
    given = {
        "work": work,
        "area": f"{area // 100}.{area % 100:02}",
        "fence": "public",
        "fence_length": f"{fence // 100}.{fence % 100:02}",
        "parking_area": f"{parking // 100}.{parking % 100:02}",
        "storeys": storeys,
        "height": f"{height // 100}.{height % 100:02}",
    }
    flat = {"build": 2_000, "alter": 1_000, "demolish": 1_000}[work]
    rate = 50 if storeys < 3 and height <= 1_200 else 200
    rate = 400 if storeys > 3 or height > 1_500 else rate
    slow = slow_units(area) * rate + slow_units(parking) * 50 + slow_units(fence) * 100

    assert sum(fees_of(given).values()) == flat + (slow if work != "demolish" else 0)


def test_a_rate_over_the_ceiling_of_the_act_is_found() -> None:
    [rate] = [one for one in BOOK.starting if one.code == "fee.check.low"]
    own = msgspec.structs.replace(rate, since=date(2026, 1, 1), value="201", verified=True)
    examination = examine("permits.small", changed({}), plans={}, data=(own,), on=TODAY)

    [finding] = [one for one in examination.findings if one.rule == "fees"]
    assert finding.verdict == Verdict.FAIL
    assert "2.01" in finding.sentence.th


def test_an_office_charges_its_own_rate_from_the_day_on_which_it_counts() -> None:
    [rate] = [one for one in BOOK.starting if one.code == "fee.check.low"]
    own = msgspec.structs.replace(rate, since=TODAY, value="25", verified=True)

    assert fees_of({}, data=(own,))["check"] == 120 * 25
    later = msgspec.structs.replace(own, since=TODAY + timedelta(days=1))
    assert fees_of({}, data=(later,))["check"] == 120 * 50


def test_without_a_rate_there_is_no_line() -> None:
    free = tuple(
        msgspec.structs.replace(one, value="0")
        for one in BOOK.starting
        if one.code in ("fee.build", "fee.check.low")
    )
    assert fees_of({}, data=free) == {}


@pytest.mark.parametrize(
    ("area", "days", "last"),
    [
        ("9999.99", 700, date(2027, 11, 19)),
        ("10000.00", 5_000, date(2028, 11, 19)),
        ("99999.99", 5_000, date(2028, 11, 19)),
        ("100000.00", 5_000, date(2029, 11, 19)),
        ("120.00", 90, date(2027, 2, 18)),
        ("120.00", None, date(2027, 11, 19)),
    ],
)
def test_a_permit_is_valid_by_area_and_by_what_was_asked_for(
    area: str, days: int | None, last: date
) -> None:
    assert valid_until(TODAY, area=Decimal(area), days=days, limits=LATEST) == last


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 3_650))
def test_a_permit_of_a_house_never_lasts_longer_than_a_year(issued: date, days: int) -> None:
    last = valid_until(issued, area=Decimal(120), days=days, limits=LATEST)

    assert issued < last < issued + timedelta(days=366)
    assert last <= issued + timedelta(days=days)
    if days >= 366:
        assert (last + timedelta(days=1)).strftime("%m-%d") in (issued.strftime("%m-%d"), "03-01")
