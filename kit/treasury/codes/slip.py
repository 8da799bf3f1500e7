"""The small QR on a bank's slip. It says which transaction to ask the bank about, and no more.

**A slip is never proof of payment**: anybody can copy or make one, and neither the amount nor
the payee is in it. A payment exists when the bank says so, by its callback, its answer or its
file; a slip only helps to find that, and the same transaction is not taken twice.
"""

import msgspec

from core.api import Text
from kit.treasury.codes.checks import DIGITS, PRINTABLE, check
from kit.treasury.codes.emvco import crc16, read_fields
from kit.treasury.refusals import Malformed

_CRC_HEAD = "9104"
_CRC_LENGTH = 4
_HEX = frozenset("0123456789abcdefABCDEF")
_BANK_API, _WALLET_API = "000001", "01"

_NO_CHECK = Text(
    "QR บนสลิปไม่ได้ลงท้ายด้วยช่อง 91 ซึ่งเป็นรหัสตรวจสอบ สแกนใหม่อีกครั้ง",
    "The QR of the slip does not end in field 91, its check. Scan it again.",
)
_WRONG_CRC = Text(
    "รหัสตรวจสอบของ QR บนสลิปไม่ตรง สลิปนี้เสียหายหรือถูกแก้ไข สแกนใหม่อีกครั้ง หรือค้นรายการด้วยเลขอ้างอิงแทน",
    "The check of the slip's QR does not match: it is damaged or was changed. Scan it again, "
    "or look for the payment by its reference.",
)
_UNKNOWN = Text(
    "QR นี้ไม่ใช่ QR บนสลิปของธนาคารที่รู้จัก ค้นรายการด้วยเลขอ้างอิงแทน",
    "This is no QR of a bank's slip that is known. Look for the payment by its reference.",
)
_BANK = Text("รหัสธนาคารบนสลิป", "The bank code of the slip")
_TRANSACTION = Text("เลขที่รายการบนสลิป", "The transaction number of the slip")


class Slip(msgspec.Struct, frozen=True):
    """Which transaction a slip speaks of; not that it took place, nor how much or to whom.

    :param bank: three digits of the bank that sent the money; empty for a wallet (TrueMoney).
    :param transaction: up to 60 characters, by which that bank knows the transaction.
    """

    bank: str
    transaction: str


def parse_slip(payload: str) -> Slip:
    """Read the QR of a slip, with a check in small letters or short of its leading zeros.

    Some apps of banks drop the zeros, TrueMoney writes small letters.

    :raises Malformed: damaged, changed, or no QR of a slip.
    """
    fields = read_fields(_checked(payload))
    inside = read_fields(fields.get("00", ""), within="00")
    if inside.get("00") == _BANK_API and fields.get("51") == "TH":
        return _slip(inside.get("01", ""), inside.get("02", ""))
    if inside.get("00") == _WALLET_API:
        transaction = inside.get("03", "")
        _check_transaction(transaction)
        return Slip("", transaction)
    raise Malformed("00", _UNKNOWN)


def _slip(bank: str, transaction: str) -> Slip:
    check("bank", _BANK, bank, signs=DIGITS, shortest=3, longest=3)
    _check_transaction(transaction)
    return Slip(bank, transaction)


def _check_transaction(transaction: str) -> None:
    check("transaction", _TRANSACTION, transaction, signs=PRINTABLE, shortest=1, longest=60)


def _checked(payload: str) -> str:
    """Return the payload without its check, which is right."""
    body, head, given = payload.rpartition(_CRC_HEAD)
    # A check that holds the digits of its own head is cut one place too late.
    if len(payload) >= 8 and payload[-8:-4] == _CRC_HEAD:
        body, head, given = payload[:-8], _CRC_HEAD, payload[-4:]
    if not head or not 1 <= len(given) <= _CRC_LENGTH or not set(given) <= _HEX:
        raise Malformed("91", _NO_CHECK)
    if not body.isascii() or crc16(body + head) != given.upper().zfill(_CRC_LENGTH):
        raise Malformed("91", _WRONG_CRC)
    return body
