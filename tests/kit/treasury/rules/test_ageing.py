from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.treasury.rules.ageing import BUCKETS, ageing, bucket

TODAY = date(2026, 7, 31)


@pytest.mark.parametrize(
    ("late", "code"),
    [
        (-400, "not-due"),
        (-1, "not-due"),
        (0, "not-due"),
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "91-180"),
        (180, "91-180"),
        (181, "181-365"),
        (365, "181-365"),
        (366, "over-365"),
        (9_999, "over-365"),
    ],
)
def test_a_debt_belongs_to_the_bucket_of_its_days(late: int, code: str) -> None:
    assert bucket(TODAY - timedelta(days=late), TODAY).code == code


def test_every_bucket_has_a_name_that_says_its_days() -> None:
    assert [one.name.th for one in BUCKETS] == [
        "ยังไม่ครบกำหนด",
        "ค้าง 1-30 วัน",
        "ค้าง 31-60 วัน",
        "ค้าง 61-90 วัน",
        "ค้าง 91-180 วัน",
        "ค้าง 181-365 วัน",
        "ค้างเกิน 365 วัน",
    ]


def test_arrears_are_summed_with_their_empty_buckets() -> None:
    debts = [(date(2026, 7, 1), 6_000), (date(2026, 7, 2), 4_000), (date(2025, 1, 1), 1)]
    rows = ageing(iter(debts), today=TODAY)

    assert [one.bucket for one in rows] == list(BUCKETS)
    assert [(one.count, one.amount) for one in rows] == [
        (0, 0),
        (2, 10_000),
        (0, 0),
        (0, 0),
        (0, 0),
        (0, 0),
        (1, 1),
    ]


DEBTS = st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 10**9)))


@given(DEBTS)
def test_every_satang_is_in_one_bucket(debts: list[tuple[date, int]]) -> None:
    rows = ageing(debts, today=TODAY)

    assert sum(one.amount for one in rows) == sum(amount for _, amount in debts)
    assert sum(one.count for one in rows) == len(debts)
