"""Rows of the centre: loads that were weighed again, lots that were sold, dividends."""

from piccolo.columns import JSONB, UUID, BigInt, Date, Integer, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Load(OfTenant, Table, tablename="load", schema="recycling"):
    """What a collector brought to the centre, as it was weighed there."""

    id = UUID(primary_key=True, **MUST)
    number = Integer(help_text="Without gaps.", **MUST)
    collector = UUID(**MUST)
    collector_name = Varchar(length=200, **MUST)
    state = Varchar(length=10, help_text="booked, questioned", **MUST)
    lines = JSONB(
        help_text="By material: told and found quantity, cost, whether within tolerance.", **MUST
    )
    tolerance = Integer(help_text="Ten-thousandths, of the day.", **MUST)
    at = Timestamptz(**MUST)
    weigher_name = Varchar(length=200, **MUST)
    bearer = Varchar(length=10, help_text="Who bears the difference: loss, collector.", **MUST)
    why = Varchar(length=500, **MUST)
    settled_at = Timestamptz(**MAYBE)
    settled_by_name = Varchar(length=200, **MUST)


class Closed(OfTenant, Table, tablename="closed", schema="recycling"):
    """What became of a ticket, once: it came with a load, or was voided."""

    ticket_id = UUID(primary_key=True, **MUST)
    load_id = UUID(help_text="None where it was voided.", **MAYBE)
    why = Varchar(length=300, help_text="It was voided; empty for a load.", **MUST)
    at = Timestamptz(**MUST)
    by_name = Varchar(length=200, **MUST)


class Movement(OfTenant, Table, tablename="movement", schema="recycling"):
    """A material that came into stock or left it; never changed, never deleted."""

    id = UUID(primary_key=True, **MUST)
    material = Varchar(length=20, **MUST)
    quantity = BigInt(help_text="Grams, pieces or crates; less than 0 where it left.", **MUST)
    cost = BigInt(help_text="Satang that it was bought for; less than 0 where it left.", **MUST)
    subject = UUID(help_text="The load or the lot.", **MUST)
    at = Timestamptz(**MUST)


class Lot(OfTenant, Table, tablename="lot", schema="recycling"):
    """What was sold to a factory; never changed, never deleted."""

    id = UUID(primary_key=True, **MUST)
    number = Integer(help_text="Without gaps.", **MUST)
    key = Varchar(length=80, help_text="The same key is the same sale.", **MUST)
    sold_on = Date(**MUST)
    factory = Varchar(length=200, **MUST)
    note = Varchar(length=60, help_text="Number of the factory's weight note.", **MUST)
    truck = Varchar(length=60, help_text="Its number plate.", **MUST)
    lines = JSONB(help_text="By material: quantity, price, amount, cost.", **MUST)
    total = BigInt(help_text="Satang that the factory pays.", **MUST)
    cost = BigInt(help_text="Satang that it was bought for.", **MUST)
    at = Timestamptz(**MUST)
    seller_name = Varchar(length=200, **MUST)


class Dividend(OfTenant, Table, tablename="dividend", schema="recycling"):
    """A share of the margin that was given to the members; never changed, never deleted."""

    id = UUID(primary_key=True, **MUST)
    number = SmallInt(help_text="Without gaps.", **MUST)
    first_on = Date(**MUST)
    last_on = Date(**MUST)
    margin = BigInt(help_text="Satang that the lots of these days brought.", **MUST)
    percent = Integer(help_text="Ten-thousandths, of the day.", **MUST)
    pool = BigInt(help_text="Satang that were shared.", **MUST)
    members = Integer(help_text="How many got a part.", **MUST)
    at = Timestamptz(**MUST)
    made_by_name = Varchar(length=200, **MUST)
