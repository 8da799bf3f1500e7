"""The text of the older bill-payment barcode: the same data as tag 30, for counters with scanners.

``|`` and the biller, then reference 1, reference 2 and the amount, each behind one carriage
return. It has no check of its own: a wrong reading is found by the check digit of reference 1.
Names, reference 3 and the way of use of a QR have no place in it.
"""

import re

from core.api import Text
from kit.treasury.codes.payments import LARGEST_ASKED, BillPayment
from kit.treasury.refusals import Malformed

_BEGIN, _BETWEEN = "|", "\r"
_PARTS = 4

_SATANG = re.compile(r"0|[1-9][0-9]*")

_BEGINNING = Text(
    "ข้อความบาร์โค้ดชำระบิลต้องขึ้นต้นด้วยเครื่องหมาย | ตรวจว่าสแกนถูกรหัส",
    "A bill-payment barcode begins with the sign |. Check that the right code was scanned.",
)
_COUNT = Text(
    "บาร์โค้ดชำระบิลต้องมี 4 ส่วน ตอนนี้มี {count} ส่วน สแกนใหม่อีกครั้ง",
    "A bill-payment barcode has 4 parts, this has {count}. Scan it again.",
)
_AMOUNT = Text(
    "จำนวนเงินในบาร์โค้ดต้องเป็นจำนวนเต็มของสตางค์ ไม่เกิน {most} สแกนใหม่อีกครั้ง",
    "The amount of a barcode is whole satang, at most {most}. Scan it again.",
)


def barcode_text(bill: BillPayment) -> str:
    """Return what the barcode of a bill says; ``0`` stands for an amount that is not fixed."""
    return _BEGIN + _BETWEEN.join((bill.biller, bill.ref1, bill.ref2, str(bill.amount or 0)))


def parse_barcode(text: str) -> BillPayment:
    """Read what a scanner typed, without the line end that some add.

    :returns: the bill as a QR would ask for it: for this one payment where the amount is fixed.
    :raises Malformed: other than four parts, or a part that no bill payment has.
    """
    if not text.startswith(_BEGIN):
        raise Malformed("payload", _BEGINNING)
    parts = text.removeprefix(_BEGIN).split(_BETWEEN)
    if len(parts) != _PARTS:
        raise Malformed("payload", _COUNT.format(count=len(parts)))
    biller, ref1, ref2, figure = parts
    # Python refuses to read very long figures, hence the look at the length first.
    fits = _SATANG.fullmatch(figure) and len(figure) <= len(str(LARGEST_ASKED))
    if not fits:
        raise Malformed("amount", _AMOUNT.format(most=LARGEST_ASKED))
    amount = int(figure) or None
    return BillPayment(
        biller=biller, ref1=ref1, ref2=ref2, amount=amount, dynamic=amount is not None
    )
