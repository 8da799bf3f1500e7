"""Rows of money: who owes what, what came in, and the ledger between them.

All amounts are satang. Nothing here is ever deleted, and a posting is never changed.
"""

from piccolo.columns import (
    JSONB,
    UUID,
    BigInt,
    Boolean,
    Bytea,
    Date,
    Integer,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Payer(OfTenant, Table, tablename="payer", schema="treasury"):
    """Who owes, as the plugin that charges knows them."""

    id = UUID(primary_key=True, **MUST)
    source = Varchar(length=40, help_text="The plugin.", **MUST)
    subject = Varchar(length=120, help_text="The plugin's own, <noun>/<id>.", **MUST)
    name = Varchar(length=200, **MUST)
    address = Varchar(length=400, **MUST)
    account = UUID(**MAYBE)
    phone = Varchar(length=16, help_text="E.164", **MAYBE)
    email = Varchar(length=200, **MAYBE)
    language = Varchar(length=2, **MUST)
    changed_at = Timestamptz(**MUST)


class Bill(OfTenant, Table, tablename="bill", schema="treasury"):
    """Charges that are asked for together, under one reference."""

    id = UUID(primary_key=True, **MUST)
    kind = Varchar(length=2, help_text="Kind of revenue in the reference.", **MUST)
    year = SmallInt(help_text="Fiscal year, Buddhist Era.", **MUST)
    number = Integer(help_text="Without gaps within kind and year.", **MUST)
    ref1 = Varchar(length=20, help_text="By which a payment is matched.", **MUST)
    ref2 = Varchar(length=20, **MUST)
    code = Varchar(length=14, help_text="Whoever holds it may see and pay the bill.", **MUST)
    source = Varchar(length=40, **MUST)
    subject = Varchar(length=120, help_text="What it is for, <noun>/<id>.", **MUST)
    payer_id = UUID(**MUST)
    payer_name = Varchar(length=200, help_text="As on the day of issue.", **MUST)
    payer_address = Varchar(length=400, **MUST)
    title_th = Varchar(length=300, **MUST)
    title_en = Varchar(length=300, **MUST)
    issued_on = Date(**MUST)
    due_on = Date(**MUST)
    total = BigInt(**MUST)
    owed = BigInt(help_text="By the postings; written anew with each of them.", **MUST)
    state = Varchar(length=10, help_text="open, settled, cancelled", **MUST)
    issued_at = Timestamptz(**MUST)


class Charge(OfTenant, Table, tablename="charge", schema="treasury"):
    """One thing that is owed."""

    id = UUID(primary_key=True, **MUST)
    source = Varchar(length=40, **MUST)
    reference = Varchar(length=120, help_text="The plugin's own; the same is charged once.", **MUST)
    revenue = Varchar(length=60, help_text="Code of the revenue.", **MUST)
    payer_id = UUID(**MUST)
    bill_id = UUID(help_text="Empty until it is asked for.", **MAYBE)
    place = SmallInt(help_text="On the bill, from 1.", **MUST)
    title_th = Varchar(length=300, **MUST)
    title_en = Varchar(length=300, **MUST)
    period = Varchar(length=6, help_text="YYYYMM, Buddhist Era; may be empty.", **MUST)
    amount = BigInt(**MUST)
    due_on = Date(**MUST)
    raised_at = Timestamptz(**MUST)


class Payment(OfTenant, Table, tablename="payment", schema="treasury"):
    """Money that came, or is said to have come."""

    id = UUID(primary_key=True, **MUST)
    key = Varchar(length=120, help_text="The same is taken once at a counter; else empty.", **MUST)
    way = Varchar(length=10, help_text="counter, cheque, bank", **MUST)
    account = Varchar(length=60, help_text="Of the ledger, where the money is.", **MUST)
    standing = Varchar(length=12, help_text="provisional, confirmed, reversed, rejected", **MUST)
    on_day = Date(help_text="The day on which it counts as paid.", **MUST)
    paid_at = Timestamptz(**MUST)
    amount = BigInt(**MUST)
    ref1 = Varchar(length=20, help_text="As it was typed.", **MUST)
    ref2 = Varchar(length=20, **MUST)
    payer_name = Varchar(length=200, **MUST)
    bill_id = UUID(help_text="What it pays; empty while nobody knows.", **MAYBE)
    waits = Varchar(length=20, help_text="Why a part of it is in suspense; may be empty.", **MUST)
    taken_by = UUID(**MAYBE)
    taken_by_name = Varchar(length=200, **MUST)
    noted_at = Timestamptz(**MUST)


class Posting(OfTenant, Table, tablename="posting", schema="treasury"):
    """One double entry: the amount goes to one account and comes from another."""

    id = UUID(primary_key=True, **MUST)
    on_day = Date(help_text="The day of the books.", **MUST)
    at = Timestamptz(**MUST)
    kind = Varchar(length=12, **MUST)
    debit = Varchar(length=80, **MUST)
    credit = Varchar(length=80, **MUST)
    amount = BigInt(**MUST)
    charge_id = UUID(**MAYBE)
    payment_id = UUID(**MAYBE)
    why = Varchar(length=500, help_text="May be empty.", **MUST)
    actor = UUID(**MAYBE)
    actor_name = Varchar(length=200, **MUST)


class Receipt(OfTenant, Table, tablename="receipt", schema="treasury"):
    """What the office gives for money: numbered without gaps, never taken out of the book."""

    id = UUID(primary_key=True, **MUST)
    series = Varchar(length=20, **MUST)
    year = SmallInt(help_text="Fiscal year, Buddhist Era.", **MUST)
    number = Integer(**MUST)
    payment_id = UUID(**MUST)
    amount = BigInt(**MUST)
    payer_name = Varchar(length=200, **MUST)
    payer_address = Varchar(length=400, **MUST)
    lines = JSONB(help_text="What stands on it.", **MUST)
    issued_on = Date(**MUST)
    issued_at = Timestamptz(**MUST)
    issued_by = UUID(**MAYBE)
    issued_by_name = Varchar(length=200, **MUST)
    issued_by_post = Varchar(length=200, **MUST)
    paper = UUID(help_text="Once it was printed.", **MAYBE)
    original_at = Timestamptz(help_text="When the original was given out.", **MAYBE)
    cancelled_at = Timestamptz(**MAYBE)
    cancelled_by = UUID(**MAYBE)
    cancelled_by_name = Varchar(length=200, **MAYBE)
    cancelled_why = Varchar(length=500, **MAYBE)


class Till(OfTenant, Table, tablename="till", schema="treasury"):
    """A drawer for money at a counter, or the bag of a collector on the round."""

    id = UUID(primary_key=True, **MUST)
    code = Varchar(length=20, help_text="Short, as it is printed.", **MUST)
    name = Varchar(length=100, **MUST)
    unit = Varchar(length=40, help_text="Division; may be empty.", **MUST)
    state = Varchar(length=10, help_text="open, retired", **MUST)


class Closing(OfTenant, Table, tablename="closing", schema="treasury"):
    """One day of one collector at one till, from its opening to the handing over."""

    id = UUID(primary_key=True, **MUST)
    till = Varchar(length=20, help_text="Code.", **MUST)
    collector = UUID(**MUST)
    collector_name = Varchar(length=200, **MUST)
    collector_post = Varchar(length=200, **MUST)
    day = Date(**MUST)
    opened_at = Timestamptz(**MUST)
    change = BigInt(help_text="Cash to give change from, with which it began.", **MUST)
    closed_at = Timestamptz(**MAYBE)
    closed_by = UUID(**MAYBE)
    closed_by_name = Varchar(length=200, **MAYBE)
    pieces = JSONB(help_text="How many, by value in satang.", **MAYBE)
    expected = BigInt(help_text="Cash by the ledger, with the change.", **MAYBE)
    counted = BigInt(help_text="Cash that was there.", **MAYBE)
    cheques = BigInt(**MAYBE)
    difference = BigInt(help_text="Counted less expected.", **MAYBE)
    why = Varchar(length=500, help_text="Why they differ.", **MAYBE)
    paper = UUID(help_text="The remittance slip.", **MAYBE)
    number = Varchar(length=20, help_text="Of the slip.", **MAYBE)
    received_at = Timestamptz(**MAYBE)
    received_by = UUID(**MAYBE)
    received_by_name = Varchar(length=200, **MAYBE)


class Cheque(OfTenant, Table, tablename="cheque", schema="treasury"):
    """What stands on a cheque that was taken as a payment."""

    payment_id = UUID(primary_key=True, **MUST)
    number = Varchar(length=20, **MUST)
    bank = Varchar(length=100, **MUST)
    dated_on = Date(**MUST)
    bounced_at = Timestamptz(**MAYBE)
    bounced_by = UUID(**MAYBE)
    bounced_by_name = Varchar(length=200, **MAYBE)
    bounced_why = Varchar(length=500, **MAYBE)


class BookDay(OfTenant, Table, tablename="book_day", schema="treasury"):
    """A day of the books: once it is locked, nothing is posted into it any more."""

    day = Date(primary_key=True, **MUST)
    locked_at = Timestamptz(**MAYBE)
    locked_by = UUID(**MAYBE)
    locked_by_name = Varchar(length=200, **MAYBE)


    Boolean,
class Collected(OfTenant, Table, tablename="collected", schema="treasury"):
    """Cash that a collector took away from the counter, as the device told of it."""

    id = UUID(primary_key=True, **MUST)
    key = Varchar(length=80, help_text="Of the sending; the same is one taking.", **MUST)
    bill_id = UUID(help_text="Of what its payer was asked for.", **MUST)
    source = Varchar(length=40, help_text="The plugin.", **MUST)
    subject = Varchar(length=120, help_text="What it is for, <noun>/<id>.", **MUST)
    payer_name = Varchar(length=200, **MUST)
    amount = BigInt(**MUST)
    tendered = BigInt(help_text="What was handed over.", **MUST)
    slip = Varchar(length=20, help_text="Number of a paper given at the door; or empty.", **MUST)
    said_at = Timestamptz(help_text="When it was taken, by the device.", **MAYBE)
    taken_at = Timestamptz(help_text="When it counts as taken.", **MUST)
    on_day = Date(help_text="The day on which it arrived here.", **MUST)
    arrived_at = Timestamptz(**MUST)
    collector = UUID(**MUST)
    collector_name = Varchar(length=200, **MUST)
    booked_at = Timestamptz(help_text="When a till took it; empty while it waits.", **MAYBE)
    till = Varchar(length=20, help_text="Code.", **MAYBE)
    beyond = BigInt(help_text="What nobody owed any more when it was booked.", **MUST)
    receipts = JSONB(help_text="Ids, in the order of their bills.", **MUST)


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
    standing = Varchar(length=10, help_text="waiting, posting, done, refused", **MUST)
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
