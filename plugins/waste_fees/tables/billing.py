"""Rows of billing: runs, the bills that came of them, the sheets on which they were printed."""

from piccolo.columns import JSONB, UUID, BigInt, Date, Integer, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Run(OfTenant, Table, tablename="run", schema="waste_fees"):
    """One billing of one fee over some months, made in slices."""

    id = UUID(primary_key=True, **MUST)
    kind = Varchar(length=20, **MUST)
    first_month = Date(help_text="Its first day.", **MUST)
    months = SmallInt(**MUST)
    zone = Varchar(length=60, help_text="Only this one; empty for all.", **MUST)
    due_on = Date(**MUST)
    state = Varchar(length=10, help_text="counting, counted, running, stopped, done", **MUST)
    cursor = UUID(help_text="The last point that was looked at.", **MAYBE)
    looked_at = Integer(help_text="Points so far.", **MUST)
    points = Integer(help_text="In the register when it began.", **MUST)
    bills = Integer(**MUST)
    amount = BigInt(help_text="Satang.", **MUST)
    odd = JSONB(help_text="How many points get no bill, by the reason.", **MUST)
    samples = JSONB(help_text="Some of those points.", **MUST)
    begun_at = Timestamptz(**MUST)
    begun_by = UUID(**MAYBE)
    begun_by_name = Varchar(length=200, **MUST)
    ended_at = Timestamptz(**MAYBE)


class Billed(OfTenant, Table, tablename="billed", schema="waste_fees"):
    """A bill of a run, with the reason of each of its amounts."""

    bill_id = UUID(primary_key=True, help_text="Of the treasury.", **MUST)
    run_id = UUID(**MUST)
    point_id = UUID(**MUST)
    lines = JSONB(**MUST)


class Sheets(OfTenant, Table, tablename="sheets", schema="waste_fees"):
    """A file of printed bills or stickers of a run."""

    id = UUID(primary_key=True, **MUST)
    run_id = UUID(**MUST)
    what = Varchar(length=10, help_text="bills, stickers", **MUST)
    part = Integer(help_text="From 1.", **MUST)
    items = JSONB(help_text="Ids of its bills or points, in their order.", **MUST)
    digest = Varchar(length=64, help_text="Empty until it is printed.", **MAYBE)
