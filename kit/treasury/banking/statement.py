"""What a bank says about payments, whichever way it says it."""

import enum
from datetime import date, datetime

import msgspec

# The banks of these reports by the three digits of the Bank of Thailand.
BANKS = {
    "002": "BBL",
    "004": "KBANK",
    "006": "KTB",
    "011": "TTB",
    "014": "SCB",
    "022": "CIMBT",
    "024": "UOBT",
    "025": "BAY",
    "030": "GSB",
    "033": "GHB",
    "034": "BAAC",
    "066": "ISBT",
    "067": "TISCO",
    "069": "KKP",
    "071": "TCRB",
    "073": "LHB",
    "098": "SME",
}


class Kind(enum.StrEnum):
    """Whether money came or is taken back; the values are those of the banks."""

    PAID = "C"
    REVERSED = "D"


class Line(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One payment, or one taken back, as a bank reports it.

    A callback is provisional until the file of its day agrees. Nothing is corrected here:
    references stand as they were typed at a counter or an app.

    :param bank: three digits of the bank that reports.
    :param account: ten digits of the office's account; empty where the bank does not say.
    :param amount: satang, more than 0 for both kinds.
    :param paid_at: aware.
    :param payer: a name, perhaps in Thai, perhaps cut short; often empty.
    :param payer_bank: three digits, or empty.
    :param channel: the bank's own code of how it was paid.
    :param cheque: number of a cheque, or empty.
    :param transaction: the bank's own number of it; empty in files, which have none.
    :param sequence: the record's number in its file, 0 in a callback.
    :param retried: the bank says that it sent the same before.
    :param raw: what the bank sent, to the letter.
    """

    bank: str
    account: str
    kind: Kind
    amount: int
    paid_at: datetime
    ref1: str
    ref2: str = ""
    ref3: str = ""
    payer: str = ""
    payer_bank: str = ""
    biller: str = ""
    channel: str = ""
    cheque: str = ""
    transaction: str = ""
    sequence: int = 0
    retried: bool = False
    raw: str


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The first record of a file.

    :param width: 256 or 450, the length of its records.
    :param effective_on: the day on which the money is in the account.
    """

    bank: str
    account: str
    name: str
    effective_on: date
    service: str
    width: int


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """The last record of a file: what was paid and what was taken back, amounts in satang."""

    paid_count: int
    paid: int
    reversed_count: int
    reversed: int


class Report(msgspec.Struct, frozen=True):
    """A file that was read to its end and agrees with itself."""

    header: Header
    totals: Totals
