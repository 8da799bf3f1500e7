from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.treasury.codes.emvco import crc16
from kit.treasury.codes.slip import Slip, parse_slip
from kit.treasury.refusals import Malformed

BANGKOK = "004000060000010103002021900021231231212000115102TH91049C30"
SCB = "004100060000010103014022000111222233344ABCD125102TH910417DF"
WALLET = "00480002010102010203P2P0313TXN00012345670408250120249104b425"


def sealed(body: str) -> str:
    return f"{body}9104{crc16(body + '9104')}"


def slip(transaction: str, *, bank: str = "014", api: str = "000001", country: str = "TH") -> str:
    inside = f"0006{api}01{len(bank):02}{bank}02{len(transaction):02}{transaction}"
    return sealed(f"00{len(inside):02}{inside}5102{country}")


@pytest.mark.parametrize(
    ("payload", "read"),
    [
        (BANGKOK, Slip("002", "0002123123121200011")),
        (SCB, Slip("014", "00111222233344ABCD12")),
        (WALLET, Slip("", "TXN0001234567")),
    ],
)
def test_a_slip_says_which_transaction_it_speaks_of(payload: str, read: Slip) -> None:
    assert parse_slip(payload) == read


def test_a_slip_has_neither_amount_nor_payee() -> None:
    assert Slip.__struct_fields__ == ("bank", "transaction")


def test_zeros_that_an_app_drops_from_the_check_are_put_back() -> None:
    dropped = 0
    for number in range(400):
        payload = slip(f"{number:020}")
        body, check = payload[:-4], payload[-4:]
        assert parse_slip(body + check.lower()) == parse_slip(payload)
        if check.startswith("0"):
            dropped += 1
            assert parse_slip(body + check.lstrip("0")) == parse_slip(payload)
    assert dropped > 10


@pytest.mark.parametrize("payload", [BANGKOK, SCB, WALLET])
def test_every_changed_sign_is_found(payload: str) -> None:
    for place in range(len(payload)):
        other = "7" if payload[place] != "7" else "8"
        with pytest.raises(Malformed):
            parse_slip(payload[:place] + other + payload[place + 1 :])


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ("", "91"),
        (BANGKOK[:-8], "91"),
        (BANGKOK[:-4], "91"),
        (BANGKOK + "0", "91"),
        (BANGKOK + " ", "91"),
        ("9104", "91"),
        (BANGKOK[:-4] + "9C3G", "91"),
        ("ก" + BANGKOK, "91"),
        (slip("1" * 20, api="000002"), "00"),
        (slip("1" * 20, country="SG"), "00"),
        (slip("1" * 20, bank="14"), "bank"),
        (slip("1" * 20, bank="01X"), "bank"),
        (slip("1" * 61), "transaction"),
        (sealed("00020102TH"), "02"),
        (sealed("0017000600000101030145102TH"), "transaction"),
        (sealed("000600020151"), "51"),
        (sealed("00060002015102TH"), "transaction"),
    ],
)
def test_what_is_no_slip_is_refused(payload: str, field: str) -> None:
    with pytest.raises(Malformed) as refused:
        parse_slip(payload)

    assert refused.value.field == field


@given(st.text(max_size=60) | st.text("0123456789ATHabf", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for payload in (text, sealed(text) if text.isascii() else text):
        with suppress(Malformed):
            parse_slip(payload)
