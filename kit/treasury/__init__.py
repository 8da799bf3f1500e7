"""Money that an office is owed and takes: codes to pay by, reports of banks, rules of arithmetic.

Every amount is whole satang, every instant is aware, and what cannot be taken is refused
with ``Malformed``, whose sentence says which field is wrong and what to do. What is owed and
paid stands in a ledger of double entries that is only ever added to; every balance is a sum
of it.
"""

from kit.treasury.refusals import Malformed
from kit.treasury.revenues import Revenue, get_revenue
from kit.treasury.service.adjusting import cancel_bill, waive
from kit.treasury.service.billing import Asked, find_bill, make_bill, read_bill
from kit.treasury.service.charging import Due, Who, keep_payer, raise_charges
from kit.treasury.service.receipts import Given, read_receipt, receipt_pdf, receipts_of
from kit.treasury.service.receipts import cancel as cancel_receipt
from kit.treasury.service.taking import Taken, take_cash

__all__ = [
    "Asked",
    "Due",
    "Given",
    "Malformed",
    "Revenue",
    "Taken",
    "Who",
    "cancel_bill",
    "cancel_receipt",
    "find_bill",
    "get_revenue",
    "keep_payer",
    "make_bill",
    "raise_charges",
    "read_bill",
    "read_receipt",
    "receipt_pdf",
    "receipts_of",
    "take_cash",
    "waive",
]
