import msgspec
import pytest

from kit.treasury.banking.callback import read_bangkok_bank
from kit.treasury.banking.replies import (
    BangkokCode,
    bangkok_refusal,
    bangkok_reply,
    scb_reply,
)
from kit.treasury.refusals import Malformed


def test_scb_is_told_under_which_number_its_confirmation_is_kept() -> None:
    assert msgspec.json.decode(scb_reply(transaction="2026", confirmation="P-17")) == {
        "resCode": "00",
        "resDesc": "success",
        "transactionId": "2026",
        "confirmId": "P-17",
    }


@pytest.mark.parametrize(
    ("code", "number"),
    [
        (BangkokCode.SUCCESS, "000"),
        (BangkokCode.INVALID_DATA, "211"),
        (BangkokCode.DUPLICATE, "212"),
        (BangkokCode.INVALID_AMOUNT, "213"),
        (BangkokCode.INVALID_REFERENCE, "331"),
        (BangkokCode.EXPIRED, "411"),
        (BangkokCode.ALREADY_PAID, "412"),
        (BangkokCode.OTHER, "888"),
    ],
)
def test_bangkok_bank_is_answered_by_its_codes(code: BangkokCode, number: str) -> None:
    reply = msgspec.json.decode(bangkok_reply(code))

    assert reply["responseCode"] == number
    assert reply["responseMesg"]


NOTICE = {
    "billerId": "099400061772101",
    "transDate": "2026-07-01",
    "transTime": "14:25:50",
    "termType": "80",
    "amount": "60.00",
    "reference1": "016900012348",
    "bankRef": "B123456",
    "txnType": "C",
    "retryFlag": "N",
}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"amount": "60"}, BangkokCode.INVALID_AMOUNT),
        ({"reference1": ""}, BangkokCode.INVALID_REFERENCE),
        ({"reference2": "A" * 21}, BangkokCode.INVALID_REFERENCE),
        ({"billerId": "1"}, BangkokCode.INVALID_DATA),
        ({"txnType": "X"}, BangkokCode.INVALID_DATA),
    ],
)
def test_bangkok_bank_is_told_what_could_not_be_read(
    said: dict[str, str], code: BangkokCode
) -> None:
    with pytest.raises(Malformed) as refused:
        read_bangkok_bank(msgspec.json.encode(NOTICE | said))

    assert bangkok_refusal(refused.value) is code
