"""What a claim comes to, and what stands in the files of banks, to the satang."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from contrib.disaster.rules.batches import (
    HEADS,
    Known,
    Order,
    file_rows,
    parse_results,
    plain,
    reference,
)
from contrib.disaster.rules.book import BOOK
from contrib.disaster.rules.claims import LIVING, REPAIR
from contrib.disaster.rules.valuing import Damage, total, value
from kit.law import in_force
from kit.thai import parse_baht

LIMITS = in_force(BOOK.starting, date(2026, 11, 20))
SATANG = st.integers(0, 100_000_000)
DAMAGE = st.builds(
    Damage,
    house=st.just("part"),
    days=st.integers(0, 365),
    repair=SATANG,
    tools=SATANG,
    clothing=st.integers(0, 99),
    bedding=st.integers(0, 99),
    kitchen=st.booleans(),
)
ORDERS = st.lists(st.integers(1, 5_000_000), min_size=1, max_size=60).map(
    lambda amounts: [
        Order(turn=n, reference=reference(7, n), bank="030", account="1", name="ก", amount=one)
        for n, one in enumerate(amounts, start=1)
    ]
)


def test_living_aid_is_flat_and_only_for_who_was_flooded_long_enough() -> None:
    long, short = (value(LIVING, Damage(house="part", days=days), LIMITS) for days in (8, 7))

    assert total(long) == 900_000
    assert total(short) == 0
    assert "ไม่เข้าเกณฑ์" in short[0].words.th


def test_aid_goes_by_the_rate_of_its_day() -> None:
    before = in_force(BOOK.starting, date(2024, 10, 1))

    assert total(value(LIVING, Damage(house="part", days=8), before)) == 500_000


def test_repairs_are_paid_up_to_their_most_and_things_by_the_piece() -> None:
    found = Damage(house="part", repair=9_000_000, clothing=2, kitchen=True)

    assert [one.amount for one in value(REPAIR, found, LIMITS)] == [4_950_000, 220_000, 350_000]


@given(DAMAGE)
def test_a_valuation_is_the_sum_of_lines_within_their_rates(damage: Damage) -> None:
    lines = value(REPAIR, damage, LIMITS)

    assert total(lines) == sum(one.amount for one in lines)
    assert all(one.amount > 0 and one.words.th and one.words.en for one in lines)
    most = 4_950_000 + 1_140_000 + 350_000 + 110_000 * damage.clothing + 100_000 * damage.bedding
    assert total(lines) <= most


@given(ORDERS)
def test_the_file_of_a_batch_adds_up_to_its_last_row(orders: list[Order]) -> None:
    *rows, last = file_rows(orders)

    assert sum(parse_baht(row[5]) for row in rows) == parse_baht(last[5])
    assert (last[4], len(HEADS)) == (str(len(orders)), len(last))


@given(ORDERS, st.data())
def test_what_the_bank_says_is_read_back_to_the_satang(
    orders: list[Order], data: st.DataObject
) -> None:
    refused = data.draw(st.sets(st.sampled_from([one.reference for one in orders])))
    table = [["อ้างอิง", "จำนวนเงิน", "ผล", "เหตุผล", "วันที่"]]
    for one in orders:
        no = one.reference in refused
        result = ["ไม่สำเร็จ", "บัญชีปิด"] if no else ["สำเร็จ", ""]
        # A program of tables takes the zeros in front off a figure.
        table.append([one.reference.lstrip("0"), plain(one.amount), *result, "20/11/2569"])
    known = {one.reference: Known(one.amount, "waiting") for one in orders}
    results, faults = parse_results(table, known)

    assert faults == []
    assert {one.reference for one in results if one.state == "refused"} == refused
    again = {one.reference: Known(known[one.reference].amount, one.state) for one in results}
    assert parse_results(table, again) == ([], [])


def test_every_fault_of_a_banks_file_has_its_row() -> None:
    known = {
        reference(7, 1): Known(100, "waiting"),
        reference(7, 2): Known(200, "paid"),
        reference(7, 3): Known(300, "waiting"),
    }
    heads = ["เลขอ้างอิง", "จำนวนเงิน", "ผล", "เหตุผล", "วันที่"]
    rows = [
        ["0000700001", "2.00", "สำเร็จ", "", "20/11/2569"],
        ["0000700002", "2.00", "ไม่สำเร็จ", "บัญชีปิด", "20/11/2569"],
        ["0000700003", "3.00", "ไม่สำเร็จ", "", "20/11/2569"],
        ["0000700003", "3.00", "สำเร็จ", "", "20/11/2569"],
        ["0000700009", "3.00", "สำเร็จ", "", "20/11/2569"],
        ["", "8.00", "", "", ""],
    ]
    results, faults = parse_results([heads, *rows], known)

    assert results == []
    assert [(one.row, one.column) for one in faults] == [
        (2, "จำนวนเงิน"),
        (3, "ผล"),
        (4, "เหตุผล"),
        (5, "เลขอ้างอิง"),
        (6, "เลขอ้างอิง"),
    ]


@given(st.lists(st.lists(st.text(max_size=15), min_size=5, max_size=5), max_size=5))
def test_whatever_a_banks_file_holds_nothing_unknown_is_settled(lines: list[list[str]]) -> None:
    table = [["อ้างอิง", "จำนวนเงิน", "ผล", "เหตุผล", "วันที่"], *lines]

    assert parse_results(table, {})[0] == []
