"""The books: money that came, postings, receipts."""

from piccolo.columns import JSONB, UUID, BigInt, Date, Integer, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


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
