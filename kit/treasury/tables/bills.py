"""Bills: who owes what for what, and how it may be paid."""

from piccolo.columns import (
    JSONB,
    UUID,
    BigInt,
    Boolean,
    Date,
    Integer,
    SmallInt,
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
    reference = Varchar(
        length=160,
        help_text="The plugin's own; with a mark behind it once it is free again.",
        **MUST,
    )
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


class Agreement(OfTenant, Table, tablename="agreement", schema="treasury"):
    """An agreement of a payer with the office to pay bills in instalments."""

    id = UUID(primary_key=True, **MUST)
    payer_id = UUID(**MUST)
    payer_name = Varchar(length=200, **MUST)
    parts = JSONB(help_text="number, amount in satang, due_on.", **MUST)
    amount = BigInt(help_text="What was owed when it was made.", **MUST)
    why = Varchar(length=500, **MUST)
    state = Varchar(length=10, help_text="active, ended", **MUST)
    made_on = Date(**MUST)
    made_at = Timestamptz(**MUST)
    made_by = UUID(help_text="Who approved it.", **MAYBE)
    made_by_name = Varchar(length=200, **MUST)
    paper = UUID(**MUST)
    number = Varchar(length=20, **MUST)
    ended_at = Timestamptz(**MAYBE)
    ended_by_name = Varchar(length=200, **MAYBE)
    ended_why = Varchar(length=500, **MAYBE)


class AgreedBill(OfTenant, Table, tablename="agreed_bill", schema="treasury"):
    """A bill of an agreement; of those that count, a bill has one."""

    agreement_id = UUID(primary_key=True, **MUST)
    bill_id = UUID(**MUST)
    place = SmallInt(help_text="From 1, the oldest due first.", **MUST)
    due_before = Date(help_text="When it was due before the agreement.", **MUST)
    active = Boolean(**MUST)
