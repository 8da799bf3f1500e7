"""What a bank expects to hear when it confirmed a payment."""

import enum

import msgspec

from kit.treasury.refusals import Malformed


class BangkokCode(enum.StrEnum):
    """The answers of Bangkok Bank's Smart Bill Payment."""

    SUCCESS = "000"
    INVALID_DATA = "211"
    DUPLICATE = "212"
    INVALID_AMOUNT = "213"
    INVALID_REFERENCE = "331"
    EXPIRED = "411"
    ALREADY_PAID = "412"
    OTHER = "888"


_MESSAGES = {
    BangkokCode.SUCCESS: "Success",
    BangkokCode.INVALID_DATA: "Invalid data",
    BangkokCode.DUPLICATE: "Duplicate transaction reference",
    BangkokCode.INVALID_AMOUNT: "Invalid amount",
    BangkokCode.INVALID_REFERENCE: "Invalid reference",
    BangkokCode.EXPIRED: "Reference expired",
    BangkokCode.ALREADY_PAID: "Already paid",
    BangkokCode.OTHER: "Other error",
}


def scb_reply(*, transaction: str, confirmation: str) -> bytes:
    """Return the JSON that tells SCB that a confirmation is kept; without it SCB sends it thrice.

    Code ``00`` for success is unverified. What was refused is answered by its HTTP status.

    :param transaction: SCB's own number of it.
    :param confirmation: our number of it, by which we find it again.
    """
    return msgspec.json.encode(
        {
            "resCode": "00",
            "resDesc": "success",
            "transactionId": transaction,
            "confirmId": confirmation,
        }
    )


def bangkok_reply(code: BangkokCode) -> bytes:
    """Return the JSON that answers Bangkok Bank."""
    return msgspec.json.encode({"responseCode": code.value, "responseMesg": _MESSAGES[code]})


def bangkok_refusal(refusal: Malformed) -> BangkokCode:
    """Return the code for a message that could not be read."""
    if refusal.field == "amount":
        return BangkokCode.INVALID_AMOUNT
    if refusal.field.startswith("reference"):
        return BangkokCode.INVALID_REFERENCE
    return BangkokCode.INVALID_DATA
