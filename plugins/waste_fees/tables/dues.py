"""Rows of what is done about arrears: reminders, and letters that demand what is owed."""

from piccolo.columns import JSONB, UUID, BigInt, Date, Integer, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Reminded(OfTenant, Table, tablename="reminded", schema="waste_fees"):
    """A reminder that was sent: one of each turn for a due day of a bill."""

    bill_id = UUID(primary_key=True, **MUST)
    due_on = Date(**MUST)
    turn = Varchar(length=10, help_text="before, after", **MUST)
    at = Timestamptz(**MUST)


class DemandRun(OfTenant, Table, tablename="demand_run", schema="waste_fees"):
    """One act by which letters are made for all arrears of some age."""

    id = UUID(primary_key=True, **MUST)
    due_by = Date(help_text="Bills that fell due by this day are in arrears.", **MUST)
    zone = Varchar(length=60, help_text="Only this one; empty for all.", **MUST)
    again_days = SmallInt(help_text="Nobody is written to twice within so many.", **MUST)
    pay_by = Date(**MUST)
    state = Varchar(length=10, help_text="counted, running, stopped, done", **MUST)
    letters = Integer(help_text="To be made, by the count.", **MUST)
    amount = BigInt(help_text="Satang, by the count.", **MUST)
    odd = JSONB(help_text="How many get none, by the reason.", **MUST)
    begun_at = Timestamptz(**MUST)
    begun_by_name = Varchar(length=200, **MUST)
    signer = JSONB(help_text="Who signs the letters.", **MAYBE)
    signed_by = UUID(**MAYBE)
    ended_at = Timestamptz(**MAYBE)


class Demand(OfTenant, Table, tablename="demand", schema="waste_fees"):
    """A letter that demands what somebody owes at a point."""

    id = UUID(primary_key=True, **MUST)
    run_id = UUID(**MUST)
    place = Integer(help_text="In the order of zone, route and number.", **MUST)
    point_id = UUID(**MUST)
    point_number = Integer(**MUST)
    payer_id = UUID(**MUST)
    name = Varchar(length=200, **MUST)
    bills = JSONB(help_text="Ids, the oldest due first.", **MUST)
    amount = BigInt(help_text="Satang; of the count, then of the letter.", **MUST)
    since = Date(help_text="The oldest due day.", **MUST)
    state = Varchar(length=10, help_text="drafted, made, skipped, sent, returned", **MUST)
    why = Varchar(length=20, help_text="Why it was skipped: paid, again.", **MUST)
    turn = SmallInt(help_text="Which letter to this payer for this point.", **MUST)
    paper = UUID(**MAYBE)
    number = Varchar(length=20, help_text="Of the letter.", **MUST)
    made_on = Date(**MAYBE)
    pay_by = Date(**MAYBE)
    sent_on = Date(**MAYBE)
    returned_on = Date(**MAYBE)


class DemandFile(OfTenant, Table, tablename="demand_file", schema="waste_fees"):
    """Some letters of a run in one file for the printer."""

    id = UUID(primary_key=True, **MUST)
    run_id = UUID(**MUST)
    part = Integer(help_text="From 1.", **MUST)
    items = JSONB(help_text="Ids of its letters, in their order.", **MUST)
    digest = Varchar(length=64, help_text="Empty until it is made.", **MAYBE)
