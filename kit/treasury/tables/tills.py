"""Cash and cheques: tills, their days, what collectors brought."""

from piccolo.columns import JSONB, UUID, BigInt, Date, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


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
