from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.api import Context, InvalidInput
from kit.treasury.codes.barcode import barcode_text, parse_barcode
from kit.treasury.codes.payments import LARGEST_ASKED, BillPayment, Proxy, Transfer
from kit.treasury.codes.thai_qr import build, parse
from kit.treasury.service.payee import Payee, check_payee, payee
from kit.treasury.service.paying import code_to_pay, trial_code
from kit.treasury.service.showing import mask_payer

BILLER, TAX_ID = "099400061772101", "0994000617721"
Paid = Callable[..., Context]


def a_bill(owed: int = 6000, state: str = "open", **more: Any) -> dict[str, Any]:
    return {"state": state, "owed": owed, "ref1": "016900012348", "ref2": "256907"} | more


@pytest.fixture
def paid(ctx: Context) -> Paid:
    """Be the office that has set where its money goes."""

    def paid(**known: str) -> Context:
        return replace(ctx, tenant=replace(ctx.tenant, settings={"treasury": known}))

    return paid


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    owed=st.integers(1, LARGEST_ASKED),
    ref1=st.from_regex("[0-9]{12}", fullmatch=True),
    ref2=st.from_regex("[A-Z0-9]{0,20}", fullmatch=True),
)
def test_whatever_is_owed_the_code_asks_for_it_to_the_satang(
    paid: Paid, owed: int, ref1: str, ref2: str
) -> None:
    code = code_to_pay(paid(biller=BILLER), a_bill(owed, ref1=ref1, ref2=ref2))

    assert isinstance(code, BillPayment)
    assert (code.biller, code.ref1, code.ref2, code.amount) == (BILLER, ref1, ref2, owed)
    assert parse(build(code)) == code
    read = parse_barcode(barcode_text(code))
    assert (read.ref1, read.ref2, read.amount) == (ref1, ref2, owed)


def test_a_biller_goes_before_the_tax_id_which_carries_no_reference(paid: Paid) -> None:
    both = code_to_pay(paid(biller=BILLER, tax_id=TAX_ID), a_bill())
    one = code_to_pay(paid(tax_id=TAX_ID), a_bill())

    assert isinstance(both, BillPayment)
    assert isinstance(one, Transfer)
    assert (one.proxy, one.number, one.amount) == (Proxy.TAX_ID, TAX_ID, 6000)


@pytest.mark.parametrize(
    "bill",
    [a_bill(0), a_bill(state="settled"), a_bill(state="cancelled"), a_bill(LARGEST_ASKED + 1)],
)
def test_what_is_not_owed_or_too_much_for_a_code_has_none(paid: Paid, bill: dict[str, Any]) -> None:
    assert code_to_pay(paid(biller=BILLER), bill) is None


def test_an_office_without_numbers_is_paid_at_its_counter(paid: Paid) -> None:
    assert code_to_pay(paid(), a_bill()) is None
    assert trial_code(Payee()) is None


def test_a_trial_asks_for_no_amount_and_pays_no_bill() -> None:
    for known in (Payee(biller=BILLER), Payee(tax_id=TAX_ID)):
        code = trial_code(known)
        assert code is not None
        assert (code.amount, code.dynamic) == (None, False)
        assert parse(build(code)) == code


@given(
    typed=st.fixed_dictionaries(
        {
            "biller": st.from_regex(r"([0-9๐-๙][ -]?){15}|", fullmatch=True) | st.text(),
            "tax_id": st.sampled_from(["", TAX_ID, "๐๙๙๔๐ ๐๐๖๑๗-๗๒๑"]) | st.text(),
            "merchant": st.text(st.characters(max_codepoint=130), max_size=26),
            "city": st.text(st.characters(max_codepoint=130), max_size=16),
        }
    )
)
def test_a_payee_that_is_taken_can_be_written_as_a_code(typed: dict[str, str]) -> None:
    try:
        known = check_payee(typed)
    except InvalidInput:
        return
    code = trial_code(known)
    assert code is None or parse(build(code)) == code
    assert (code is None) == (not known.biller and not known.tax_id)


def test_wrong_settings_are_as_none(paid: Paid) -> None:
    assert payee(paid(biller="12", merchant="MAEHIA")) == Payee()


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("นายสมชาย ใจดี", "คุณสม••• ใ•••"),
        ("นางสาววิภาดา แสงคำ", "คุณวิภ••• แส•••"),
        ("นาย", "คุณน•••"),
        ("บริษัท ดอยคำ จำกัด", "บริษัท ดอยคำ จำกัด"),
    ],
)
def test_a_payer_knows_the_masked_name_and_nobody_learns_it(name: str, masked: str) -> None:
    assert mask_payer(name, "th") == masked
