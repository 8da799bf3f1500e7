"""Rows of yearly fees: what they cost, whom the office lets off, the fee of each year."""

from piccolo.columns import JSONB, UUID, BigInt, Date, Numeric, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class BandTariff(OfTenant, Table, tablename="band_tariff", schema="food_cert"):
    """What fees are by area from a day on; another tariff takes its place from a later day."""

    id = UUID(primary_key=True, **MUST)
    from_on = Date(**MUST)
    bands = JSONB(**MUST)
    source = Varchar(length=500, help_text="The ordinance.", **MUST)
    made_at = Timestamptz(**MUST)
    made_by_name = Varchar(length=200, **MUST)
    withdrawn_at = Timestamptz(**MAYBE)


class Waiver(OfTenant, Table, tablename="waiver", schema="food_cert"):
    """A part of the fees that fall due between two days, of which everybody is let off."""

    id = UUID(primary_key=True, **MUST)
    from_on = Date(**MUST)
    until_on = Date(**MUST)
    percent = SmallInt(**MUST)
    instrument = Varchar(length=11, help_text="Empty for all.", **MUST)
    law = Varchar(length=500, **MUST)
    why = Varchar(length=500, **MUST)
    made_at = Timestamptz(**MUST)
    made_by_name = Varchar(length=200, **MUST)
    withdrawn_at = Timestamptz(**MAYBE)


class FeeYear(OfTenant, Table, tablename="fee_year", schema="food_cert"):
    """The fee of one year of a place, counted from the day it opened."""

    place_id = UUID(primary_key=True, **MUST)
    year = SmallInt(help_text="From 1.", **MUST)
    from_on = Date(**MUST)
    until_on = Date(**MUST)
    due_on = Date(**MUST)
    area = Numeric(digits=(8, 2), help_text="By which it was charged.", **MUST)
    instrument = Varchar(length=11, **MUST)
    amount = BigInt(help_text="Satang, before anything was waived.", **MUST)
    waived = BigInt(help_text="Satang of it.", **MUST)
    bill = UUID(help_text="Of the treasury; None where nothing was to be paid.", **MAYBE)
    surcharge = BigInt(help_text="Satang; 0 before there was any.", **MUST)
    surcharge_bill = UUID(**MAYBE)
    told_on = Date(help_text="Closing was told in time, so it is not surcharged.", **MAYBE)
    state = Varchar(length=7, help_text="A FeeState of the rules.", **MUST)
    settled_on = Date(**MAYBE)
    made_at = Timestamptz(**MUST)


class FeeReminded(OfTenant, Table, tablename="fee_reminded", schema="food_cert"):
    """A reminder that was sent: one of each turn for a due day of a bill."""

    bill = UUID(primary_key=True, **MUST)
    due_on = Date(**MUST)
    turn = Varchar(length=6, help_text="before, after", **MUST)
    at = Timestamptz(**MUST)
