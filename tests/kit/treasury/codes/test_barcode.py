from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.treasury.codes.barcode import barcode_text, parse_barcode
from kit.treasury.codes.payments import LARGEST_ASKED, BillPayment
from kit.treasury.codes.thai_qr import build, parse
from kit.treasury.refusals import Malformed

VECTORS = [
    (
        "|099999999999990\r111222333444\r\r0",
        32,
        BillPayment(biller="099999999999990", ref1="111222333444"),
    ),
    (
        "|099400016550100\r123456789012\r670429\r364922",
        43,
        BillPayment(
            biller="099400016550100",
            ref1="123456789012",
            ref2="670429",
            amount=364_922,
            dynamic=True,
        ),
    ),
    (
        "|099400061772101\r69070001234\r256907\r6000",
        40,
        BillPayment(
            biller="099400061772101",
            ref1="69070001234",
            ref2="256907",
            amount=6_000,
            dynamic=True,
        ),
    ),
]
REFERENCES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", max_size=20)
AMOUNTS = st.none() | st.integers(1, LARGEST_ASKED)


@pytest.mark.parametrize(("text", "length", "bill"), VECTORS)
def test_a_barcode_is_read_and_written(text: str, length: int, bill: BillPayment) -> None:
    assert len(text) == length
    assert parse_barcode(text) == bill
    assert barcode_text(bill) == text


@pytest.mark.parametrize(("text", "length", "bill"), VECTORS)
def test_a_barcode_and_a_qr_ask_for_the_same(text: str, length: int, bill: BillPayment) -> None:
    asked = parse(build(parse_barcode(text)))

    assert asked == bill
    assert isinstance(asked, BillPayment)
    assert len(barcode_text(asked)) == length


@pytest.mark.parametrize(
    ("baht", "satang"), [("1.15", 115), ("19.99", 1_999), ("4.35", 435), ("0.29", 29)]
)
def test_amounts_that_floats_miss_are_exact(baht: str, satang: int) -> None:
    bill = BillPayment(biller="099999999999990", ref1="1", amount=satang)

    assert barcode_text(bill).endswith(f"\r{satang}")
    assert f"54{len(baht):02}{baht}" in build(bill)
    assert parse_barcode(barcode_text(bill)).amount == satang


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "payload"),
        ("099999999999990\r1\r\r0", "payload"),
        ("|", "payload"),
        ("|099999999999990\r1\r0", "payload"),
        ("|099999999999990\r1\r\r0\r", "payload"),
        ("|099999999999990\r1\r\r0\r0", "payload"),
        ("|099999999999990\n1\n\n0", "payload"),
        ("|099999999999990\r1\r\r", "amount"),
        ("|099999999999990\r1\r\r60.00", "amount"),
        ("|099999999999990\r1\r\r-6000", "amount"),
        ("|099999999999990\r1\r\r+6000", "amount"),
        ("|099999999999990\r1\r\r06000", "amount"),
        ("|099999999999990\r1\r\r0\n", "amount"),
        ("|099999999999990\r1\r\r๖๐๐๐", "amount"),
        ("|099999999999990\r1\r\r1000000000000", "amount"),
        ("|099999999999990\r1\r\r" + "9" * 10_000, "amount"),
        ("|99999999999990\r1\r\r0", "biller"),
        ("|0999999999999900\r1\r\r0", "biller"),
        ("|09999999999999X\r1\r\r0", "biller"),
        ("|099999999999990\r\r\r0", "ref1"),
        ("|099999999999990\rabc\r\r0", "ref1"),
        ("|099999999999990\r" + "1" * 21 + "\r\r0", "ref1"),
        ("|099999999999990\r1\rINV-1\r0", "ref2"),
    ],
)
def test_what_is_no_bill_payment_is_refused(text: str, field: str) -> None:
    with pytest.raises(Malformed) as refused:
        parse_barcode(text)

    assert refused.value.field == field


@given(st.from_regex("[0-9]{15}", fullmatch=True), REFERENCES.filter(bool), REFERENCES, AMOUNTS)
def test_a_bill_is_read_back_from_its_barcode(
    biller: str, ref1: str, ref2: str, amount: int | None
) -> None:
    bill = BillPayment(
        biller=biller, ref1=ref1, ref2=ref2, amount=amount, dynamic=amount is not None
    )

    assert parse_barcode(barcode_text(bill)) == bill
    assert parse(build(parse_barcode(barcode_text(bill)))) == bill


@given(st.text(max_size=60) | st.text("|\r0123456789A", max_size=60).map("|0".__add__))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Malformed):
        assert barcode_text(parse_barcode(text)) == text
