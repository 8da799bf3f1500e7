"""Confirmations that a bank sends when somebody paid, as values of ours, and our answers to it.

SCB's Payment Confirmation for Thai QR, and the Smart Bill Payment of Bangkok Bank. A callback is
provisional: the money is certain when the end-of-day file agrees. It is read strictly, for what
is wrong comes again by that file, and what was guessed would stay.
"""

import re
from datetime import datetime
from typing import Annotated, TypeVar

import msgspec

from core.api import Text
from kit.thai import BANGKOK
from kit.treasury.banking.statement import Kind, Line
from kit.treasury.codes.checks import DIGITS, check
from kit.treasury.codes.payments import BILLER_LENGTH
from kit.treasury.refusals import Malformed

# A confirmation has a few hundred bytes.
LONGEST_BODY = 16 * 1_024
SCB, BANGKOK_BANK = "014", "002"

_BAHT = "764"
_FIGURE = re.compile(r"(0|[1-9][0-9]{0,10})\.([0-9]{2})")
_ISO = re.compile(
    r"(?:199[0-9]|2[0-3][0-9]{2})-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(?:\.[0-9]{1,6})?(?:\+07:00)?"
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_PLACE = re.compile(r"\$\.(\w+)|field `(\w+)`")

_TOO_LONG = Text(
    "ข้อความยาวเกิน {most} ไบต์ จึงไม่รับ",
    "The message is longer than {most} bytes, so it was not taken.",
)
_NOT_READ = Text(
    "อ่านข้อความของธนาคารไม่ได้ ({reason}) จึงไม่ได้บันทึกรายการ ตรวจกับรูปแบบในคู่มือของธนาคาร",
    "The bank's message cannot be read ({reason}), so nothing was booked. "
    "Compare it with the bank's manual.",
)
_AMOUNT = Text(
    "จำนวนเงินต้องเป็นบาทและสตางค์ 2 ตำแหน่ง เช่น 60.00 และมากกว่า 0 จึงไม่ได้บันทึกรายการ",
    "The amount is baht with two decimals, such as 60.00, and more than 0. Nothing was booked.",
)
_CURRENCY = Text(
    "สกุลเงินต้องเป็น 764 (บาท) จึงไม่ได้บันทึกรายการ ตรวจรายการกับธนาคาร",
    "The currency is 764 (baht). Nothing was booked; ask the bank about the payment.",
)
_PROXY = Text(
    "ผู้รับเงินต้องเป็น BILLERID จึงไม่ได้บันทึกรายการ ตรวจรายการกับธนาคาร",
    "The payee is given as BILLERID. Nothing was booked; ask the bank about the payment.",
)
_TIME = Text(
    "วันเวลาที่ชำระต้องเป็นแบบ ISO 8601 เวลาประเทศไทย (+07:00) และปี ค.ศ. จึงไม่ได้บันทึกรายการ",
    "The time of payment is ISO 8601 in the time of Thailand (+07:00), in the common year. "
    "Nothing was booked.",
)
_CONTROL = Text(
    "ข้อความมีอักขระควบคุมในช่อง {field} จึงไม่ได้บันทึกรายการ",
    "Field {field} of the message has a control character. Nothing was booked.",
)
_REVERSAL = Text(
    "ธนาคารแจ้งว่าเป็นรายการยกเลิก ซึ่งต้องรอไฟล์สิ้นวัน จึงไม่ได้บันทึกรายการ",
    "The bank says that this takes a payment back, which waits for the end-of-day file. "
    "Nothing was booked.",
)
_BILLER = Text("รหัสผู้รับชำระ (Biller ID)", "The biller ID")

_Short = Annotated[str, msgspec.Meta(max_length=20)]
_Needed = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
_Name = Annotated[str, msgspec.Meta(max_length=200)]
_Bank = Annotated[str, msgspec.Meta(pattern="^(?:[0-9]{3})?$")]


class _Confirmation(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """SCB's own names; what else a bank sends is kept in the raw text only."""

    payee_proxy_id: str
    payee_proxy_type: str
    payee_account_number: _Short | None = None
    payer_name: _Name | None = None
    sending_bank_code: _Bank | None = None
    amount: str
    transaction_id: _Id
    paid_at: str = msgspec.field(name="transactionDateandTime")
    bill_payment_ref1: _Needed
    bill_payment_ref2: _Short | None = None
    bill_payment_ref3: _Short | None = None
    currency_code: str
    channel_code: _Short | None = None
    reverse_flag: _Short | None = None


class _Notice(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """Bangkok Bank's own names. The amount may be a figure or a text, but never a float of ours."""

    biller_id: str
    trans_date: str
    trans_time: str
    term_type: Annotated[str, msgspec.Meta(pattern="^[0-9]{2}$")]
    amount: msgspec.Raw
    reference1: _Needed
    reference2: _Short | None = None
    reference3: _Short | None = None
    from_bank: _Bank | None = None
    from_name: _Name | None = None
    bank_ref: _Id
    txn_type: Kind
    retry_flag: Annotated[str, msgspec.Meta(pattern="^[YN]$")]


def read_scb(body: bytes) -> Line:
    """Read a Payment Confirmation of SCB.

    :param body: JSON, as it came.
    :raises Malformed: for the field by SCB's name of it.
    """
    told, raw = _decode(body, _Confirmation)
    if told.payee_proxy_type != "BILLERID":
        raise Malformed("payeeProxyType", _PROXY)
    if told.currency_code != _BAHT:
        raise Malformed("currencyCode", _CURRENCY)
    # Some editions have this field and none says its values, so nothing is guessed.
    if told.reverse_flag not in (None, "", "N"):
        raise Malformed("reverseFlag", _REVERSAL)
    return Line(
        bank=SCB,
        account=told.payee_account_number or "",
        kind=Kind.PAID,
        amount=_satang(told.amount),
        paid_at=_moment(told.paid_at, field="transactionDateandTime"),
        ref1=told.bill_payment_ref1,
        ref2=told.bill_payment_ref2 or "",
        ref3=told.bill_payment_ref3 or "",
        payer=told.payer_name or "",
        payer_bank=told.sending_bank_code or "",
        biller=_biller(told.payee_proxy_id, field="payeeProxyId"),
        channel=told.channel_code or "",
        transaction=told.transaction_id,
        raw=raw,
    )


def read_bangkok_bank(body: bytes) -> Line:
    """Read a notice of Bangkok Bank's Smart Bill Payment: paid, or cancelled.

    A cancellation may bear the number of the payment, so that what was booked is known by
    number and kind together.

    :param body: JSON, as it came.
    :raises Malformed: for the field by the bank's name of it.
    """
    told, raw = _decode(body, _Notice)
    return Line(
        bank=BANGKOK_BANK,
        account="",
        kind=told.txn_type,
        amount=_satang(bytes(told.amount).decode().strip('"')),
        paid_at=_moment(f"{told.trans_date}T{told.trans_time}", field="transDate"),
        ref1=told.reference1,
        ref2=told.reference2 or "",
        ref3=told.reference3 or "",
        payer=told.from_name or "",
        payer_bank=told.from_bank or "",
        biller=_biller(told.biller_id, field="billerId"),
        channel=told.term_type,
        transaction=told.bank_ref,
        retried=told.retry_flag == "Y",
        raw=raw,
    )


_Told = TypeVar("_Told", bound=msgspec.Struct)


def _decode(body: bytes, kind: type[_Told]) -> tuple[_Told, str]:
    """Return what a message says, and its text."""
    if len(body) > LONGEST_BODY:
        raise Malformed("body", _TOO_LONG.format(most=f"{LONGEST_BODY:,}"))
    try:
        raw = body.decode("utf-8")
        told = msgspec.json.decode(raw, type=kind)
    except (UnicodeDecodeError, msgspec.MsgspecError, RecursionError) as error:
        # The library's own sentence names the field and what is due there.
        reason = str(error)[:200]
        place = _PLACE.search(reason)
        field = next(filter(None, place.groups()), "body") if place else "body"
        raise Malformed(field, _NOT_READ.format(reason=reason)) from error
    for field in msgspec.structs.fields(told):
        value = getattr(told, field.name)
        if isinstance(value, str) and _CONTROLS.search(value):
            raise Malformed(field.encode_name, _CONTROL.format(field=field.encode_name))
    return told, raw


def _satang(figure: str) -> int:
    found = _FIGURE.fullmatch(figure)
    satang = int(found[1]) * 100 + int(found[2]) if found else 0
    if not satang:
        raise Malformed("amount", _AMOUNT)
    return satang


def _moment(text: str, *, field: str) -> datetime:
    """Return the instant of a time of Thailand, which is what a time without a zone is here."""
    if not _ISO.fullmatch(text):
        raise Malformed(field, _TIME)
    try:
        return datetime.fromisoformat(text.removesuffix("+07:00")).replace(tzinfo=BANGKOK)
    except ValueError as error:
        raise Malformed(field, _TIME) from error


def _biller(number: str, *, field: str) -> str:
    check(field, _BILLER, number, signs=DIGITS, shortest=BILLER_LENGTH, longest=BILLER_LENGTH)
    return number
