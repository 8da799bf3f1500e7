"""What banks say, and by what they are known."""

from piccolo.columns import JSONB, UUID, BigInt, Bytea, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Event(OfTenant, Table, tablename="event", schema="treasury"):
    """What a bank said, once: never changed but for the payment that it is found to be about."""

    id = UUID(primary_key=True, **MUST)
    way = Varchar(length=10, help_text="callback, file", **MUST)
    key = Varchar(length=200, help_text="By which a callback is known; else empty.", **MUST)
    bank = Varchar(length=3, **MUST)
    account = Varchar(length=20, help_text="Empty where the bank does not say.", **MUST)
    kind = Varchar(length=6, help_text="credit, debit", **MUST)
    amount = BigInt(**MUST)
    paid_at = Timestamptz(**MUST)
    on_day = Date(help_text="Of paid_at, here.", **MUST)
    ref1 = Varchar(length=20, **MUST)
    ref2 = Varchar(length=20, **MUST)
    ref3 = Varchar(length=20, **MUST)
    payer_name = Varchar(length=200, **MUST)
    told = Text(help_text="A callback to the letter; of a file, the file is kept.", **MUST)
    place = Integer(help_text="The record's number in its file; else 0.", **MUST)
    stands = Varchar(length=20, help_text="Why there is no payment; may be empty.", **MUST)
    payment_id = UUID(**MAYBE)
    file_id = UUID(**MAYBE)
    noted_at = Timestamptz(**MUST)


class BankFile(OfTenant, Table, tablename="bank_file", schema="treasury"):
    """A file of a bank that somebody imported, or tried to."""

    id = UUID(primary_key=True, **MUST)
    digest = Varchar(length=64, help_text="SHA-256; the same file is taken once.", **MUST)
    name = Varchar(length=200, **MUST)
    size = BigInt(help_text="Bytes.", **MUST)
    format = Varchar(length=3, help_text="256, 450", **MUST)
    bank = Varchar(length=3, **MUST)
    account = Varchar(length=20, **MUST)
    day = Date(help_text="On which the money is in the account.", **MAYBE)
    paid_count = Integer(**MUST)
    paid = BigInt(**MUST)
    reversed_count = Integer(**MUST)
    reversed = BigInt(**MUST)
    standing = Varchar(
        length=10, help_text="looking, looked, waiting, posting, done, refused", **MUST
    )
    done = Integer(help_text="Lines that are in the books.", **MUST)
    outcome = JSONB(help_text="What came of the lines, counted.", **MUST)
    faults = JSONB(help_text="Line, column and sentence of each; the first ones.", **MUST)
    fault_count = Integer(**MUST)
    imported_by = UUID(**MAYBE)
    imported_by_name = Varchar(length=200, **MUST)
    imported_at = Timestamptz(**MUST)
    ended_at = Timestamptz(**MAYBE)


class BankAccess(OfTenant, Table, tablename="bank_access", schema="treasury"):
    """By what an office knows that a callback comes from its bank."""

    bank = Varchar(length=20, primary_key=True, help_text="Code of the adapter.", **MUST)
    secret = Bytea(help_text="Encrypted.", **MUST)
    before = Bytea(help_text="The one before it, while the bank changes over.", **MAYBE)
    sources = Varchar(length=1000, help_text="Networks, one a line; empty for any.", **MUST)
    changed_at = Timestamptz(**MUST)
