"""Money that an office is owed and takes: codes to pay by, reports of banks, rules of arithmetic.

Every amount is whole satang, every instant is aware, and what cannot be taken is refused
with ``Malformed``, whose sentence says which field is wrong and what to do. What is owed and
paid stands in a ledger of double entries that is only ever added to; every balance is a sum
of it.
"""

from core.api import LEVEL
from kit.treasury.banking.statement import Kind, Line
from kit.treasury.banks import Bank
from kit.treasury.codes.payments import BillPayment, Transfer
from kit.treasury.codes.pictures import barcode_widths, payment_png, payment_svg
from kit.treasury.codes.thai_qr import build as payment_text
from kit.treasury.refusals import Malformed
from kit.treasury.revenues import Revenue, get_revenue
from kit.treasury.service.adjusting import cancel_bill, waive
from kit.treasury.service.billing import (
    Asked,
    bills_by_id,
    bills_of,
    find_bill,
    make_bill,
    owed_by,
    read_bill,
)
from kit.treasury.service.bulk import Made, Wanted, bill_all, keep_payers
from kit.treasury.service.charging import Due, Who, charged, keep_payer, raise_charges
from kit.treasury.service.cheques import take_cheque
from kit.treasury.service.collecting import Handed, collect, open_till
from kit.treasury.service.following import portions_of
from kit.treasury.service.gathered import collected_on, find_collected, read_collected
from kit.treasury.service.mine import bind_payers, months_of, my_bills, my_payers, owed_by_me
from kit.treasury.service.owing import FIRST as FIRST_OWING
from kit.treasury.service.owing import (
    Standing,
    arrears_by_subject,
    due_between,
    standing_of,
    still_owed,
)
from kit.treasury.service.paying import code_to_pay
from kit.treasury.service.printing import receipt_pdf
from kit.treasury.service.receipts import Given, read_receipt, receipts_of
from kit.treasury.service.receipts import cancel as cancel_receipt
from kit.treasury.service.taking import Taken, take_cash
from kit.treasury.service.tills import till_of, tills_of

__all__ = [
    "FIRST_OWING",
    "LEVEL",
    "Asked",
    "Bank",
    "BillPayment",
    "Due",
    "Given",
    "Handed",
    "Kind",
    "Line",
    "Made",
    "Malformed",
    "Revenue",
    "Standing",
    "Taken",
    "Transfer",
    "Wanted",
    "Who",
    "arrears_by_subject",
    "barcode_widths",
    "bill_all",
    "bills_by_id",
    "bills_of",
    "bind_payers",
    "cancel_bill",
    "cancel_receipt",
    "charged",
    "code_to_pay",
    "collect",
    "collected_on",
    "due_between",
    "find_bill",
    "find_collected",
    "get_revenue",
    "keep_payer",
    "keep_payers",
    "make_bill",
    "months_of",
    "my_bills",
    "my_payers",
    "open_till",
    "owed_by",
    "owed_by_me",
    "payment_png",
    "payment_svg",
    "payment_text",
    "portions_of",
    "raise_charges",
    "read_bill",
    "read_collected",
    "read_receipt",
    "receipt_pdf",
    "receipts_of",
    "standing_of",
    "still_owed",
    "take_cash",
    "take_cheque",
    "till_of",
    "tills_of",
    "waive",
]
