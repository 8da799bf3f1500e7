from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.treasury.codes.emvco import open_sealed, seal
from kit.treasury.codes.payments import LARGEST_ASKED, BillPayment, Proxy, Transfer
from kit.treasury.codes.thai_qr import build, parse
from kit.treasury.refusals import Malformed

BILLER = "099400061772101"
DEMO = BillPayment(biller=BILLER, ref1="69070001234", ref2="256907", amount=6_000, dynamic=True)
NAMED = BillPayment(
    biller=BILLER,
    ref1="69070001234",
    ref2="256907",
    ref3="WEB",
    amount=6_000,
    dynamic=True,
    merchant="DEMO MUNICIPALITY",
    city="CHIANG MAI",
    category="9399",
)


def mobile(
    number: str, amount: int | None = None, *, dynamic: bool = False, ota: str = ""
) -> Transfer:
    return Transfer(proxy=Proxy.MOBILE, number=number, amount=amount, dynamic=dynamic, ota=ota)


VECTORS: dict[str, tuple[str, BillPayment | Transfer]] = {
    "1": (
        "00020101021129370016A000000677010111011300668012345675802TH530376463046197",
        mobile("+66801234567"),
    ),
    "2": (
        "00020101021129370016A000000677010111011300668912345675802TH5303764630429C1",
        mobile("+66891234567"),
    ),
    "3": (
        "00020101021129370016A000000677010111021311111111111115802TH530376463047B5A",
        Transfer(proxy=Proxy.TAX_ID, number="1111111111111"),
    ),
    "4": (
        "00020101021129370016A000000677010111021301234567890125802TH530376463040CBD",
        Transfer(proxy=Proxy.TAX_ID, number="0123456789012"),
    ),
    "5": (
        "00020101021129390016A00000067701011103150123456789012345802TH530376463049781",
        Transfer(proxy=Proxy.WALLET, number="012345678901234"),
    ),
    "6": (
        "00020101021229370016A000000677010111011300660000000005802TH530376454044.226304E469",
        mobile("+66000000000", 422, dynamic=True),
    ),
    "7": (
        "00020101021229370016A0000006770101110113006681222333353037645802TH540530.0063043CAD",
        mobile("+66812223333", 3_000, dynamic=True),
    ),
    "8": (
        "00020101021129370016A0000006770101110113006681222333353037645802TH63041DCF",
        mobile("+66812223333"),
    ),
    "9": (
        "00020101021229370016A0000006770101110413014123456789053037645406100.005802TH6304901D",
        Transfer(proxy=Proxy.ACCOUNT, number="0141234567890", amount=10_000, dynamic=True),
    ),
    "10": (
        "00020101021229510016A00000067701011401130066812345678051012345678905303764540550.00"
        "5802TH63048856",
        mobile("+66812345678", 5_000, dynamic=True, ota="1234567890"),
    ),
    "11": (
        "00020101021130550016A0000006770101120115099999999999990021211122233344453037645802TH"
        "63043EE7",
        BillPayment(biller="099999999999990", ref1="111222333444"),
    ),
    "12": (
        "00020101021230650016A00000067701011201150994000165501000212123456789012030667042953037"
        "645802TH54073649.2263044534",
        BillPayment(
            biller="099400016550100",
            ref1="123456789012",
            ref2="670429",
            amount=364_922,
            dynamic=True,
        ),
    ),
    "14": (
        "00020101021230550016A0000006770120060115099400016550100021212345678901253037645406100.00"
        "5802TH63049D1C",
        BillPayment(
            biller="099400016550100",
            ref1="123456789012",
            amount=10_000,
            dynamic=True,
            cross_border=True,
        ),
    ),
    "16": (
        "00020101021229370016A0000006770101110113006680111111153037645802TH540520.15630442BE",
        mobile("+66801111111", 2_015, dynamic=True),
    ),
    "A": (
        "00020101021230640016A000000677010112011509940006177210102116907000123403062569075303764"
        "540560.005802TH6304D0D8",
        DEMO,
    ),
    "B": (
        "00020101021230640016A00000067701011201150994000617721010211690700012340306256907520493995"
        "303764540560.005802TH5917DEMO MUNICIPALITY6010CHIANG MAI62070703WEB63048076",
        NAMED,
    ),
    "C": (
        "00020101021130540016A000000677010112011509940006177210102116907000123453037645802TH"
        "63040AED",
        BillPayment(biller=BILLER, ref1="69070001234"),
    ),
    "D": (
        "00020101021229370016A000000677010111021309940006177215303764540520.005802TH630461F3",
        Transfer(proxy=Proxy.TAX_ID, number="0994000617721", amount=2_000, dynamic=True),
    ),
}
SHORT_BILLER = (
    "00020101021130620016A000000677010112011301122334455660211CUSTOMER0010306INV00153037645802TH"
    "62070703SCB6304780E"
)
WRONG_CRC = "00020101021129370016A0000006770101110113006680111111153037645802TH540520.156304FFFF"

REFERENCES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", max_size=20)
LATIN = st.characters(min_codepoint=32, max_codepoint=126)
SHARED = {
    "amount": st.none() | st.integers(1, LARGEST_ASKED),
    "dynamic": st.booleans(),
    "merchant": st.text(LATIN, max_size=25),
    "city": st.text(LATIN, max_size=15),
    "category": st.just("") | st.from_regex("[0-9]{4}", fullmatch=True),
}
BILLS = st.builds(
    BillPayment,
    biller=st.from_regex("[0-9]{15}", fullmatch=True),
    ref1=REFERENCES.filter(bool),
    ref2=REFERENCES,
    ref3=REFERENCES,
    cross_border=st.booleans(),
    **SHARED,
)
NUMBERS = {
    Proxy.MOBILE: r"\+66[0-9]{9}",
    Proxy.TAX_ID: "[0-9]{13}",
    Proxy.WALLET: "[0-9]{15}",
    Proxy.ACCOUNT: "[0-9]{4,43}",
}
TRANSFERS = st.sampled_from(Proxy).flatmap(
    lambda proxy: st.builds(
        Transfer,
        proxy=st.just(proxy),
        number=st.from_regex(NUMBERS[proxy], fullmatch=True),
        ota=st.just("") | st.from_regex("[0-9]{10}", fullmatch=True),
        **SHARED,
    )
)


def refusal(payload: str) -> Malformed:
    with pytest.raises(Malformed) as refused:
        parse(payload)
    return refused.value


@pytest.mark.parametrize("name", VECTORS)
def test_a_code_of_others_is_read(name: str) -> None:
    payload, payment = VECTORS[name]

    assert parse(payload) == payment
    assert parse(build(payment)) == payment


@pytest.mark.parametrize("name", ["8", "9", "10", "11", "14", "A", "B", "C", "D"])
def test_a_code_is_written_in_ascending_order(name: str) -> None:
    payload, payment = VECTORS[name]

    assert build(payment) == payload


@pytest.mark.parametrize("name", ["1", "2", "3", "4", "5", "6", "7", "12", "16"])
def test_a_code_of_another_order_is_the_same_payment(name: str) -> None:
    payload, payment = VECTORS[name]

    assert build(payment) != payload
    assert sorted(open_sealed(build(payment)).items()) == sorted(open_sealed(payload).items())


def test_a_biller_of_13_digits_is_refused_though_its_check_is_right() -> None:
    assert open_sealed(SHORT_BILLER)["62"] == "0703SCB"

    refused = refusal(SHORT_BILLER)

    assert refused.field == "biller"
    assert refused.sentence.th == ("รหัสผู้รับชำระ (Biller ID)ต้องมี 15 ตัว ตอนนี้มี 13 ตัว ตรวจแล้วแก้ไข")


def test_a_wrong_check_is_refused() -> None:
    assert refusal(WRONG_CRC).field == "63"


@pytest.mark.parametrize("name", VECTORS)
def test_every_changed_digit_of_a_printed_code_is_found(name: str) -> None:
    payload, _ = VECTORS[name]

    for place in range(len(payload)):
        other = "7" if payload[place] != "7" else "8"
        refusal(payload[:place] + other + payload[place + 1 :])


@pytest.mark.parametrize("name", VECTORS)
def test_a_code_cut_anywhere_or_with_something_behind_is_refused(name: str) -> None:
    payload, _ = VECTORS[name]

    for length in range(len(payload)):
        refusal(payload[:length])
    for more in (" ", "\n", "0", "6304FFFF", "5802TH", payload):
        refusal(payload + more)


def test_the_check_in_small_letters_is_refused() -> None:
    payload, _ = VECTORS["A"]

    assert refusal(payload[:-4] + payload[-4:].lower()).field == "63"


@given(BILLS | TRANSFERS)
def test_a_payment_is_read_back_from_its_code(payment: BillPayment | Transfer) -> None:
    payload = build(payment)

    assert parse(payload) == payment
    assert payload.isascii()
    assert list(open_sealed(payload)) == sorted(open_sealed(payload))


@given(st.text(max_size=120) | st.text("0123456789ATH.", max_size=120), st.booleans())
def test_any_text_is_read_or_refused(text: str, sealed: bool) -> None:
    payload = seal("000201" + text) if sealed and text.isascii() else text
    with suppress(Malformed):
        parse(payload)


@given(st.sampled_from(sorted(VECTORS)), st.data())
def test_a_code_damaged_and_sealed_anew_is_read_or_refused(name: str, data: st.DataObject) -> None:
    body = VECTORS[name][0][:-8]
    at = data.draw(st.integers(0, len(body) - 1))
    sign = data.draw(st.sampled_from("0123456789ABZabz. -"))
    try:
        payment = parse(seal(body[:at] + sign + body[at + 1 :]))
    except Malformed:
        return
    assert parse(build(payment)) == payment
