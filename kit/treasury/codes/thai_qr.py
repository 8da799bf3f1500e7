"""Thai QR for payment: tag 30 for bills, tag 29 for PromptPay, written and read strictly.

Builders differ in the order of fields, so codes are compared as values, never as texts.
What is read here is meant to be ours or a payee's of the same kind: a code that carries a
second way to pay is refused, since an app of a payer may follow the other one.
"""

import re
from collections.abc import Mapping

from core.api import Text
from kit.treasury.codes.emvco import open_sealed, read_fields, seal, write_fields
from kit.treasury.codes.payments import BillPayment, Proxy, Transfer
from kit.treasury.refusals import Malformed

_FORMAT, _METHOD, _TRANSFER, _BILL = "00", "01", "29", "30"
_CATEGORY, _CURRENCY, _AMOUNT, _COUNTRY = "52", "53", "54", "58"
_MERCHANT, _CITY, _ADDITIONAL, _TERMINAL = "59", "60", "62", "07"
_TIPS = ("55", "56", "57")
_STATIC, _DYNAMIC = "11", "12"
_BAHT, _THAILAND = "764", "TH"
_AID_TRANSFER, _AID_OTA = "A000000677010111", "A000000677010114"
_AID_BILL, _AID_ABROAD = "A000000677010112", "A000000677012006"
_MOBILE_PREFIX = "0066"
# Payees are named by the fields from 02 to 51.
_FIRST_PAYEE, _LAST_PAYEE = "02", "51"

_BAHT_AND_SATANG = re.compile(r"(0|[1-9][0-9]{0,9})\.([0-9]{2})")

_NOT_EMV = Text(
    "รหัสนี้ไม่ใช่ QR สำหรับชำระเงิน เพราะไม่ได้ขึ้นต้นด้วย 000201 ตรวจว่าสแกนถูกรหัส",
    "This is no payment QR, for it does not begin with 000201. "
    "Check that the right one was scanned.",
)
_METHOD_UNKNOWN = Text(
    "ช่อง 01 ของ QR ต้องเป็น 11 หรือ 12 ขอรหัสใหม่จากผู้ออก",
    "Field 01 of the QR is 11 or 12. Ask who made the code for a new one.",
)
_NOT_THAI = Text(
    "QR นี้ไม่ใช่การชำระเงินบาทในประเทศไทย (ช่อง {field} ต้องเป็น {wanted}) อย่าชำระด้วยรหัสนี้",
    "This QR does not ask for baht in Thailand (field {field} is {wanted}). Do not pay by it.",
)
_NO_PAYEE = Text(
    "QR นี้ไม่มีผู้รับเงินแบบพร้อมเพย์หรือชำระบิล ตรวจว่าสแกนถูกรหัส",
    "This QR names no payee by PromptPay or bill payment. Check that the right one was scanned.",
)
_MANY_PAYEES = Text(
    "QR นี้มีผู้รับเงินมากกว่าหนึ่งทาง เงินอาจไปไม่ถึงสำนักงาน อย่าชำระด้วยรหัสนี้",
    "This QR names more than one way to pay, so the money may go astray. Do not pay by it.",
)
_TIP = Text(
    "QR นี้ขอเงินเพิ่มนอกเหนือจากบิล (ช่อง {field}) อย่าชำระด้วยรหัสนี้",
    "This QR asks for more than the bill (field {field}). Do not pay by it.",
)
_AID = Text(
    "ช่อง {field}.00 ของ QR ไม่ใช่รหัสบริการที่รู้จัก ขอรหัสใหม่จากผู้ออก",
    "Field {field}.00 of the QR is no service that is known. Ask who made it for a new one.",
)
_STRANGE = Text(
    "QR มีช่อง {field} ที่ไม่ควรมี ขอรหัสใหม่จากผู้ออก",
    "The QR has field {field}, which it should not have. Ask who made it for a new one.",
)
_ONE_NUMBER = Text(
    "QR พร้อมเพย์ต้องมีหมายเลขผู้รับเงินหนึ่งหมายเลข ตอนนี้มี {count} หมายเลข ขอรหัสใหม่จากผู้ออก",
    "A PromptPay QR has one number of a payee, this has {count}. Ask who made it for a new one.",
)
_MOBILE_FORM = Text(
    "เบอร์มือถือใน QR ต้องขึ้นต้นด้วย 0066 ขอรหัสใหม่จากผู้ออก",
    "The mobile number in a QR begins with 0066. Ask who made it for a new one.",
)
_AMOUNT_FORM = Text(
    "จำนวนเงินใน QR ต้องเป็นบาทและสตางค์ 2 ตำแหน่ง เช่น 60.00 ขอรหัสใหม่จากผู้ออก",
    "The amount of a QR is baht with two decimals, such as 60.00. "
    "Ask who made the code for a new one.",
)


def build(payment: BillPayment | Transfer) -> str:
    """Return the payload of a QR, its fields in ascending order, its check at the end."""
    amount = "" if payment.amount is None else f"{payment.amount // 100}.{payment.amount % 100:02}"
    fields = {
        _FORMAT: "01",
        _METHOD: _DYNAMIC if payment.dynamic else _STATIC,
        _CATEGORY: payment.category,
        _CURRENCY: _BAHT,
        _AMOUNT: amount,
        _COUNTRY: _THAILAND,
        _MERCHANT: payment.merchant,
        _CITY: payment.city,
    }
    if isinstance(payment, BillPayment):
        fields[_BILL] = _write_bill(payment)
        fields[_ADDITIONAL] = write_fields([(_TERMINAL, payment.ref3)])
    else:
        fields[_TRANSFER] = _write_transfer(payment)
    return seal(write_fields(fields.items()))


def parse(payload: str) -> BillPayment | Transfer:
    """Read the payload of a QR, without spaces around it.

    :raises Malformed: it is damaged, changed, of another kind, or asks for something that no
        bill of an office asks for. The sentence names the field.
    """
    fields = open_sealed(payload)
    if next(iter(fields.items()), None) != (_FORMAT, "01"):
        raise Malformed(_FORMAT, _NOT_EMV)
    for field, wanted in ((_CURRENCY, _BAHT), (_COUNTRY, _THAILAND)):
        if fields.get(field) != wanted:
            raise Malformed(field, _NOT_THAI.format(field=field, wanted=wanted))
    for field in _TIPS:
        if field in fields:
            raise Malformed(field, _TIP.format(field=field))
    payees = [field for field in fields if _FIRST_PAYEE <= field <= _LAST_PAYEE]
    if len(payees) > 1:
        raise Malformed(payees[1], _MANY_PAYEES)
    if payees == [_BILL]:
        return _read_bill(fields)
    if payees == [_TRANSFER]:
        return _read_transfer(fields)
    raise Malformed(_BILL, _NO_PAYEE)


def _write_bill(payment: BillPayment) -> str:
    aid = _AID_ABROAD if payment.cross_border else _AID_BILL
    references = [("02", payment.ref1), ("03", payment.ref2)]
    return write_fields([("00", aid), ("01", payment.biller), *references], within=_BILL)


def _write_transfer(payment: Transfer) -> str:
    number = payment.number
    if payment.proxy is Proxy.MOBILE:
        number = _MOBILE_PREFIX + number.removeprefix("+66")
    aid = _AID_OTA if payment.ota else _AID_TRANSFER
    fields = [("00", aid), (payment.proxy.value, number), ("05", payment.ota)]
    return write_fields(fields, within=_TRANSFER)


def _read_bill(fields: Mapping[str, str]) -> BillPayment:
    inside = _inside(fields, _BILL, aids=(_AID_BILL, _AID_ABROAD), known=("01", "02", "03"))
    additional = read_fields(fields.get(_ADDITIONAL, ""), within=_ADDITIONAL)
    return BillPayment(
        biller=inside.get("01", ""),
        ref1=inside.get("02", ""),
        ref2=inside.get("03", ""),
        ref3=additional.get(_TERMINAL, ""),
        cross_border=inside["00"] == _AID_ABROAD,
        amount=_amount(fields),
        dynamic=_dynamic(fields),
        merchant=fields.get(_MERCHANT, ""),
        city=fields.get(_CITY, ""),
        category=fields.get(_CATEGORY, ""),
    )


def _read_transfer(fields: Mapping[str, str]) -> Transfer:
    known = (*Proxy, "05")
    inside = _inside(fields, _TRANSFER, aids=(_AID_TRANSFER, _AID_OTA), known=known)
    # What is not read is looked into all the same: a broken template is a broken code.
    read_fields(fields.get(_ADDITIONAL, ""), within=_ADDITIONAL)
    numbers = [(proxy, inside[proxy]) for proxy in Proxy if proxy in inside]
    if len(numbers) != 1:
        raise Malformed(_TRANSFER, _ONE_NUMBER.format(count=len(numbers)))
    [(proxy, number)] = numbers
    if proxy is Proxy.MOBILE:
        if not number.startswith(_MOBILE_PREFIX):
            raise Malformed(f"{_TRANSFER}.{proxy}", _MOBILE_FORM)
        number = "+66" + number.removeprefix(_MOBILE_PREFIX)
    return Transfer(
        proxy=proxy,
        number=number,
        ota=inside.get("05", ""),
        amount=_amount(fields),
        dynamic=_dynamic(fields),
        merchant=fields.get(_MERCHANT, ""),
        city=fields.get(_CITY, ""),
        category=fields.get(_CATEGORY, ""),
    )


def _inside(
    fields: Mapping[str, str], template: str, *, aids: tuple[str, str], known: tuple[str, ...]
) -> dict[str, str]:
    """Return what stands in the payee's template, whose first field names the service."""
    inside = read_fields(fields[template], within=template)
    first, aid = next(iter(inside.items()))
    # The second service of tag 29 is the one with a code for one time, which must then be there.
    fits = aid in aids and (template != _TRANSFER or (aid == _AID_OTA) == ("05" in inside))
    if first != "00" or not fits:
        raise Malformed(f"{template}.00", _AID.format(field=template))
    for name in inside:
        if name != "00" and name not in known:
            where = f"{template}.{name}"
            raise Malformed(where, _STRANGE.format(field=where))
    return inside


def _amount(fields: Mapping[str, str]) -> int | None:
    if _AMOUNT not in fields:
        return None
    found = _BAHT_AND_SATANG.fullmatch(fields[_AMOUNT])
    if found is None:
        raise Malformed(_AMOUNT, _AMOUNT_FORM)
    return int(found[1]) * 100 + int(found[2])


def _dynamic(fields: Mapping[str, str]) -> bool:
    """Return whether the code is for one payment; one that does not say is used again."""
    method = fields.get(_METHOD, _STATIC)
    if method not in (_STATIC, _DYNAMIC):
        raise Malformed(_METHOD, _METHOD_UNKNOWN)
    return method == _DYNAMIC
