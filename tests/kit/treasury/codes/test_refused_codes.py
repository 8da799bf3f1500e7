import pytest

from kit.treasury.codes.emvco import open_sealed, seal, write_fields
from kit.treasury.codes.payments import LARGEST_ASKED, BillPayment, Proxy, Transfer
from kit.treasury.codes.thai_qr import build, parse
from kit.treasury.refusals import Malformed

BILLER = "099400061772101"
BILL = build(
    BillPayment(biller=BILLER, ref1="69070001234", ref2="256907", amount=6_000, dynamic=True)
)
OPEN_BILL = build(BillPayment(biller=BILLER, ref1="69070001234"))
TRANSFER = build(Transfer(proxy=Proxy.MOBILE, number="+66812223333"))


def changed(payload: str, **fields: str) -> str:
    """Return the payload with fields replaced by ``f54="…"``, removed where empty, sealed anew."""
    named = {name.removeprefix("f"): value for name, value in fields.items()}
    return seal(write_fields((open_sealed(payload) | named).items()))


def inside(*fields: tuple[str, str]) -> str:
    return write_fields(fields)


def refusal(payload: str) -> Malformed:
    with pytest.raises(Malformed) as refused:
        parse(payload)
    return refused.value


@pytest.mark.parametrize(
    ("amount", "field"),
    [
        ("60", "54"),
        ("60.0", "54"),
        ("60.000", "54"),
        ("60.005", "54"),
        ("60,00", "54"),
        ("1,000.00", "54"),
        ("060.00", "54"),
        (".50", "54"),
        ("-60.00", "54"),
        ("+60.00", "54"),
        (" 60.00", "54"),
        ("6E1", "54"),
        ("10000000000.00", "54"),
        ("9" * 99, "54"),
        ("0.00", "amount"),
    ],
)
def test_an_amount_that_is_no_baht_and_satang_is_refused(amount: str, field: str) -> None:
    assert refusal(changed(BILL, f54=amount)).field == field


def test_the_largest_amount_is_read() -> None:
    asked = parse(changed(BILL, f54="9999999999.99"))

    assert asked.amount == LARGEST_ASKED


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"f00": "02"}, "00"),
        ({"f00": ""}, "00"),
        ({"f01": "13"}, "01"),
        ({"f01": "21"}, "01"),
        ({"f53": "840"}, "53"),
        ({"f53": ""}, "53"),
        ({"f58": "SG"}, "58"),
        ({"f58": "th"}, "58"),
        ({"f58": ""}, "58"),
        ({"f55": "01"}, "55"),
        ({"f56": "10.00"}, "56"),
        ({"f57": "5"}, "57"),
        ({"f52": "999"}, "category"),
        ({"f52": "93A9"}, "category"),
        ({"f59": "A" * 26}, "merchant"),
        ({"f60": "A" * 16}, "city"),
        ({"f62": "0703WEB07"}, "62.07"),
        ({"f62": "0703WEB0703WEB"}, "62.07"),
        ({"f62": "0703web"}, "ref3"),
        ({"f62": "0721" + "A" * 21}, "ref3"),
        ({"f30": ""}, "30"),
        ({"f31": "0016A000000677010113"}, "31"),
        ({"f29": "0016A00000067701011102130994000617721"}, "30"),
        ({"f02": "4111111111111111"}, "30"),
    ],
)
def test_a_code_that_asks_for_something_else_is_refused(fields: dict[str, str], field: str) -> None:
    assert refusal(changed(BILL, **fields)).field == field


AID = ("00", "A000000677010112")
WHO, WHAT, WHEN = ("01", BILLER), ("02", "69070001234"), ("03", "256907")


@pytest.mark.parametrize(
    ("template", "field"),
    [
        (inside(WHO, WHAT), "30.00"),
        (inside(AID), "biller"),
        (inside(("00", "A000000677010111"), WHO, WHAT), "30.00"),
        ("0115" + BILLER + "0016A000000677010112" + "0211" + WHAT[1], "30.00"),
        (inside(AID, ("01", BILLER[:14]), WHAT), "biller"),
        (inside(AID, ("01", BILLER + "0"), WHAT), "biller"),
        (inside(AID, ("01", BILLER[:14] + "X"), WHAT), "biller"),
        (inside(AID, WHO), "ref1"),
        (inside(AID, WHO, ("02", "A" * 21)), "ref1"),
        (inside(AID, WHO, ("02", "abc")), "ref1"),
        (inside(AID, WHO, ("02", "AB-1")), "ref1"),
        (inside(AID, WHO, ("02", "AB 1")), "ref1"),
        (inside(AID, WHO, WHAT, ("03", "inv1")), "ref2"),
        (inside(AID, WHO, WHAT, WHEN, ("04", "X")), "30.04"),
        (inside(AID, WHO, WHAT) + "0211" + WHAT[1], "30.02"),
        (inside(AID, WHO, WHAT) + "0305AB", "30.03"),
    ],
)
def test_a_bill_that_no_biller_has_is_refused(template: str, field: str) -> None:
    assert refusal(changed(OPEN_BILL, f30=template)).field == field


PROMPTPAY = ("00", "A000000677010111")


@pytest.mark.parametrize(
    ("template", "field"),
    [
        (inside(PROMPTPAY), "29"),
        (inside(PROMPTPAY, ("01", "0066812345678"), ("02", "1" * 13)), "29"),
        (inside(PROMPTPAY, ("01", "0812345678")), "29.01"),
        (inside(PROMPTPAY, ("01", "00660812345678")), "number"),
        (inside(PROMPTPAY, ("01", "006681234567A")), "number"),
        (inside(PROMPTPAY, ("02", "1" * 12)), "number"),
        (inside(PROMPTPAY, ("03", "1" * 14)), "number"),
        (inside(PROMPTPAY, ("04", "014")), "number"),
        (inside(PROMPTPAY, ("04", "1" * 44)), "number"),
        (inside(PROMPTPAY, ("01", "0066812345678"), ("05", "1" * 10)), "29.00"),
        (inside(("00", "A000000677010114"), ("01", "0066812345678")), "29.00"),
        (inside(("00", "A000000677010114"), ("01", "0066812345678"), ("05", "12")), "ota"),
        (inside(PROMPTPAY, ("01", "0066812345678"), ("06", "1")), "29.06"),
    ],
)
def test_a_transfer_that_promptpay_does_not_know_is_refused(template: str, field: str) -> None:
    assert refusal(changed(TRANSFER, f29=template)).field == field


@pytest.mark.parametrize("amount", [0, -1, -6_000, LARGEST_ASKED + 1, 10**30])
def test_no_code_can_be_made_for_such_an_amount(amount: int) -> None:
    with pytest.raises(Malformed) as refused:
        BillPayment(biller=BILLER, ref1="1", amount=amount)

    assert refused.value.field == "amount"


def test_a_mobile_is_asked_for_with_the_number_of_the_country() -> None:
    with pytest.raises(Malformed) as refused:
        Transfer(proxy=Proxy.MOBILE, number="0812345678")

    assert refused.value.field == "number"
