from contextlib import suppress
from datetime import datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.thai import BANGKOK
from kit.treasury.banking.callback import LONGEST_BODY, read_bangkok_bank, read_scb
from kit.treasury.banking.statement import Kind, Line
from kit.treasury.refusals import Malformed

PAID_AT = datetime(2026, 7, 1, 14, 25, 50, tzinfo=BANGKOK)
SCB = {
    "payeeProxyId": "099400061772101",
    "payeeProxyType": "BILLERID",
    "payeeAccountNumber": "1234567890",
    "payeeName": "DEMO MUNICIPALITY",
    "payerProxyId": "",
    "payerProxyType": "",
    "payerAccountNumber": "9876543210",
    "payerName": "สมชาย ใจดี",
    "sendingBankCode": "004",
    "receivingBankCode": "014",
    "amount": "60.00",
    "transactionId": "202607011425500001",
    "transactionDateandTime": "2026-07-01T14:25:50.000+07:00",
    "billPaymentRef1": "016900012348",
    "billPaymentRef2": "256907",
    "billPaymentRef3": "SCB1234",
    "currencyCode": "764",
    "channelCode": "PMH",
    "transactionType": "Domestic Transfers",
}
BANGKOK_BANK = {
    "billerId": "099400061772101",
    "transDate": "2026-07-01",
    "transTime": "14:25:50",
    "termType": "80",
    "amount": "60.00",
    "reference1": "016900012348",
    "reference2": "256907",
    "reference3": "",
    "fromBank": "002",
    "fromBranch": "0001",
    "fromName": "SOMCHAI J",
    "bankRef": "B123456",
    "approvalCode": "1",
    "txnType": "C",
    "retryFlag": "N",
}


def scb(**said: Any) -> bytes:
    told = {name: value for name, value in (SCB | said).items() if value is not ...}
    return msgspec.json.encode(told)


def bangkok(**said: Any) -> bytes:
    told = {name: value for name, value in (BANGKOK_BANK | said).items() if value is not ...}
    return msgspec.json.encode(told)


def test_a_confirmation_of_scb_is_a_line() -> None:
    assert read_scb(scb()) == Line(
        bank="014",
        account="1234567890",
        kind=Kind.PAID,
        amount=6_000,
        paid_at=PAID_AT,
        ref1="016900012348",
        ref2="256907",
        ref3="SCB1234",
        payer="สมชาย ใจดี",
        payer_bank="004",
        biller="099400061772101",
        channel="PMH",
        transaction="202607011425500001",
        raw=scb().decode(),
    )


def test_a_notice_of_bangkok_bank_is_a_line() -> None:
    assert read_bangkok_bank(bangkok()) == Line(
        bank="002",
        account="",
        kind=Kind.PAID,
        amount=6_000,
        paid_at=PAID_AT,
        ref1="016900012348",
        ref2="256907",
        payer="SOMCHAI J",
        payer_bank="002",
        biller="099400061772101",
        channel="80",
        transaction="B123456",
        raw=bangkok().decode(),
    )


def test_a_cancellation_and_a_second_sending_are_told_apart() -> None:
    cancelled = read_bangkok_bank(bangkok(txnType="D", retryFlag="Y"))

    assert cancelled.kind is Kind.REVERSED
    assert cancelled.retried
    assert not read_bangkok_bank(bangkok()).retried


@pytest.mark.parametrize(
    "absent", ["billPaymentRef2", "billPaymentRef3", "payerName", "payeeAccountNumber"]
)
def test_what_a_bank_may_leave_out_is_empty(absent: str) -> None:
    assert read_scb(scb(**{absent: ...})).amount == 6_000
    assert read_scb(scb(**{absent: None})).amount == 6_000
    assert read_scb(scb(**{absent: ""})).amount == 6_000


def test_what_a_bank_adds_is_kept_in_the_raw_text_alone() -> None:
    line = read_scb(scb(tepaCode="X1", nested={"a": [1]}))

    assert "tepaCode" in line.raw
    assert read_scb(scb(reverseFlag="N")).kind is Kind.PAID


@pytest.mark.parametrize(
    "time",
    [
        "2026-07-01T14:25:50",
        "2026-07-01T14:25:50+07:00",
        "2026-07-01T14:25:50.000",
        "2026-07-01T14:25:50.0+07:00",
    ],
)
def test_a_time_is_that_of_thailand(time: str) -> None:
    assert read_scb(scb(transactionDateandTime=time)).paid_at == PAID_AT


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"amount": "60"}, "amount"),
        ({"amount": "60.0"}, "amount"),
        ({"amount": "60.000"}, "amount"),
        ({"amount": "60.005"}, "amount"),
        ({"amount": "1,000.00"}, "amount"),
        ({"amount": "-60.00"}, "amount"),
        ({"amount": "+60.00"}, "amount"),
        ({"amount": "060.00"}, "amount"),
        ({"amount": "0.00"}, "amount"),
        ({"amount": ""}, "amount"),
        ({"amount": "6e1"}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "๖๐.๐๐"}, "amount"),
        ({"amount": "60.00\n"}, "amount"),
        ({"amount": "9" * 5_000 + ".00"}, "amount"),
        ({"amount": "100000000000.00"}, "amount"),
        ({"amount": 60.0}, "amount"),
        ({"amount": 6_000}, "amount"),
        ({"amount": None}, "amount"),
        ({"amount": ...}, "amount"),
        ({"currencyCode": "840"}, "currencyCode"),
        ({"currencyCode": "THB"}, "currencyCode"),
        ({"currencyCode": ...}, "currencyCode"),
        ({"payeeProxyType": "MSISDN"}, "payeeProxyType"),
        ({"payeeProxyId": "0994000617721"}, "payeeProxyId"),
        ({"payeeProxyId": "09940006177210X"}, "payeeProxyId"),
        ({"payeeProxyId": ...}, "payeeProxyId"),
        ({"transactionId": ""}, "transactionId"),
        ({"transactionId": "1" * 65}, "transactionId"),
        ({"transactionId": "1\x002"}, "transactionId"),
        ({"transactionId": ...}, "transactionId"),
        ({"billPaymentRef1": ""}, "billPaymentRef1"),
        ({"billPaymentRef1": "A" * 21}, "billPaymentRef1"),
        ({"billPaymentRef1": ["A"]}, "billPaymentRef1"),
        ({"billPaymentRef1": ...}, "billPaymentRef1"),
        ({"billPaymentRef2": "A\r"}, "billPaymentRef2"),
        ({"payerName": "ก" * 201}, "payerName"),
        ({"payerName": "a\x00b"}, "payerName"),
        ({"sendingBankCode": "KTB"}, "sendingBankCode"),
        ({"reverseFlag": "Y"}, "reverseFlag"),
        ({"transactionDateandTime": "2569-07-01T14:25:50+07:00"}, "transactionDateandTime"),
        ({"transactionDateandTime": "2026-07-01T14:25:50Z"}, "transactionDateandTime"),
        ({"transactionDateandTime": "2026-07-01T07:25:50+00:00"}, "transactionDateandTime"),
        ({"transactionDateandTime": "2026-02-30T14:25:50"}, "transactionDateandTime"),
        ({"transactionDateandTime": "2026-07-01T24:25:50"}, "transactionDateandTime"),
        ({"transactionDateandTime": "2026-07-01 14:25:50"}, "transactionDateandTime"),
        ({"transactionDateandTime": "2026-07-01"}, "transactionDateandTime"),
        ({"transactionDateandTime": "01/07/2026"}, "transactionDateandTime"),
        ({"transactionDateandTime": 1_782_890_750}, "transactionDateandTime"),
    ],
)
def test_a_confirmation_that_is_not_as_agreed_is_refused(said: dict[str, Any], field: str) -> None:
    with pytest.raises(Malformed) as refused:
        read_scb(scb(**said))

    assert refused.value.field == field
    assert "ไม่ได้บันทึก" in refused.value.sentence.th or field.startswith("payeeProxyId")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"amount": "60"}, "amount"),
        ({"amount": "0.00"}, "amount"),
        ({"amount": 60}, "amount"),
        ({"amount": ["60.00"]}, "amount"),
        ({"amount": None}, "amount"),
        ({"billerId": "1"}, "billerId"),
        ({"txnType": "X"}, "txnType"),
        ({"txnType": ""}, "txnType"),
        ({"retryFlag": "y"}, "retryFlag"),
        ({"termType": "8"}, "termType"),
        ({"bankRef": ""}, "bankRef"),
        ({"reference1": ""}, "reference1"),
        ({"reference2": "A" * 21}, "reference2"),
        ({"transDate": "01072026"}, "transDate"),
        ({"transDate": "2569-07-01"}, "transDate"),
        ({"transTime": "25:00:00"}, "transDate"),
        ({"transTime": ""}, "transDate"),
    ],
)
def test_a_notice_that_is_not_as_agreed_is_refused(said: dict[str, Any], field: str) -> None:
    with pytest.raises(Malformed) as refused:
        read_bangkok_bank(bangkok(**said))

    assert refused.value.field == field


def test_a_figure_of_two_decimals_is_read_without_a_float() -> None:
    body = bangkok().replace(b'"amount":"60.00"', b'"amount":36490000.29')

    assert read_bangkok_bank(body).amount == 3_649_000_029


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"{}",
        b"60.00",
        scb()[:-1],
        scb() + b"{}",
        b"\xff" + scb(),
        scb().replace(b"004", b"\xb9\xd2\xc2"),
        scb().replace(b'"PMH"', b'"\\ud800"'),
        scb()[:-1] + b',"deep":' + b"[" * 9_000 + b"]" * 6_000 + b"}",
        b" " * (LONGEST_BODY + 1),
    ],
)
def test_what_is_no_message_is_refused(body: bytes) -> None:
    for read in (read_scb, read_bangkok_bank):
        with pytest.raises(Malformed) as refused:
            read(body)
        assert refused.value.sentence.th


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.binary(max_size=200), st.sampled_from(sorted(SCB)), JSON)
def test_any_message_is_read_or_refused(body: bytes, field: str, value: Any) -> None:
    for read in (read_scb, read_bangkok_bank):
        with suppress(Malformed):
            read(body)
    with suppress(Malformed):
        assert read_scb(scb(**{field: value})).amount > 0


@given(st.sampled_from(sorted(BANGKOK_BANK)), JSON)
def test_any_notice_is_read_or_refused(field: str, value: Any) -> None:
    with suppress(Malformed):
        assert read_bangkok_bank(bangkok(**{field: value})).amount > 0


@given(st.integers(1, 10**13 - 1))
def test_every_amount_is_read_to_the_satang(satang: int) -> None:
    figure = f"{satang // 100}.{satang % 100:02}"

    assert read_scb(scb(amount=figure)).amount == satang
    assert read_bangkok_bank(bangkok(amount=figure)).amount == satang
