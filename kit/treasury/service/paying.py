"""How a bill can be paid now: what its QR and its barcode say."""

from collections.abc import Mapping
from typing import Any

from core.api import Context
from kit.treasury.codes.payments import LARGEST_ASKED, BillPayment, Proxy, Transfer
from kit.treasury.service.payee import Payee, payee

# What a trial of the payee stands for: a reference that no bill has.
_TRIAL = "0"


def code_to_pay(ctx: Context, bill: Mapping[str, Any]) -> BillPayment | Transfer | None:
    """Return what asks a payer's app for all that a bill owes now, under its references.

    Where the office has no biller ID, a transfer by its tax ID is asked for, which carries no
    reference. None: nothing is owed, more than a code can say, or neither number is set.

    :param bill: as ``billing.read_bill`` gives it.
    """
    if bill["state"] != "open" or not 0 < bill["owed"] <= LARGEST_ASKED:
        return None
    known = payee(ctx)
    if not known.biller:
        return _transfer(known, bill["owed"])
    return _billed(known, bill["ref1"], bill["ref2"], bill["owed"])


def trial_code(known: Payee) -> BillPayment | Transfer | None:
    """Return a code by which an officer sees in a bank's app who would be paid; of no bill."""
    return _billed(known, _TRIAL, "", None) if known.biller else _transfer(known, None)


def _billed(known: Payee, ref1: str, ref2: str, amount: int | None) -> BillPayment:
    return BillPayment(
        biller=known.biller,
        ref1=ref1,
        ref2=ref2,
        amount=amount,
        dynamic=amount is not None,
        merchant=known.merchant,
        city=known.city,
    )


def _transfer(known: Payee, amount: int | None) -> Transfer | None:
    if not known.tax_id:
        return None
    return Transfer(
        proxy=Proxy.TAX_ID,
        number=known.tax_id,
        amount=amount,
        dynamic=amount is not None,
        merchant=known.merchant,
        city=known.city,
    )
