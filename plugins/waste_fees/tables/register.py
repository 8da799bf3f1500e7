"""Rows of the register: service points, every change of them, what they are let off."""

from piccolo.columns import JSONB, UUID, Boolean, Date, Integer, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Point(OfTenant, Table, tablename="point", schema="waste_fees"):
    """A place that is served, with its facts of today."""

    id = UUID(primary_key=True, **MUST)
    number = Integer(help_text="In the register, without gaps.", **MUST)
    code = Varchar(
        length=14, help_text="On its sticker: whoever scans it sees what is owed.", **MUST
    )
    mark = Varchar(length=40, help_text="Its code in the office's earlier register.", **MAYBE)
    since = Date(**MUST)
    facts_on = Date(help_text="From when the facts of this row hold.", **MUST)
    open = Boolean(help_text="It is served.", **MUST)
    use = Varchar(length=12, help_text="Customer class.", **MUST)
    address = Varchar(length=400, **MUST)
    zone = Varchar(length=60, **MUST)
    route = Varchar(length=60, **MUST)
    bins = SmallInt(**MUST)
    litres = Integer(help_text="A day.", **MUST)
    meter = Varchar(length=40, help_text="Number of the water meter; may be empty.", **MUST)
    owner = Varchar(length=200, **MUST)
    payer = UUID(help_text="Of the treasury.", **MUST)
    payer_name = Varchar(length=200, **MUST)
    payer_address = Varchar(length=400, **MUST)
    payer_phone = Varchar(length=16, help_text="E.164; may be empty.", **MUST)
    pin = JSONB(help_text="lat and lon, degrees.", **MAYBE)
    changed_at = Timestamptz(**MUST)


class Change(OfTenant, Table, tablename="change", schema="waste_fees"):
    """The facts of a point from a day on; never changed, never deleted."""

    id = UUID(primary_key=True, **MUST)
    point_id = UUID(**MUST)
    from_on = Date(**MUST)
    what = Varchar(length=12, help_text="opened, changed, transferred, closed, reopened", **MUST)
    facts = JSONB(**MUST)
    why = Varchar(length=500, **MUST)
    case_id = UUID(help_text="The request that it comes of.", **MAYBE)
    at = Timestamptz(**MUST)
    actor = UUID(**MAYBE)
    actor_name = Varchar(length=200, **MUST)


class Privilege(OfTenant, Table, tablename="privilege", schema="waste_fees"):
    """A discount programme or an exemption of a point, from one day to another."""

    id = UUID(primary_key=True, **MUST)
    point_id = UUID(**MUST)
    kind = Varchar(length=20, help_text="Of the fee.", **MUST)
    programme = Varchar(length=40, help_text="Of the tariff, or exempt.", **MUST)
    from_on = Date(**MUST)
    until_on = Date(help_text="The first day without it.", **MAYBE)
    barred_until = Date(help_text="Until then it is not given again.", **MAYBE)
    why = Varchar(length=500, **MUST)
    ended_why = Varchar(length=500, **MUST)
    at = Timestamptz(**MUST)
    actor_name = Varchar(length=200, **MUST)


class Imported(OfTenant, Table, tablename="imported", schema="waste_fees"):
    """A file of the earlier register that was taken over; the same is taken once."""

    digest = Varchar(length=64, primary_key=True, **MUST)
    points = Integer(**MUST)
    at = Timestamptz(**MUST)
    actor_name = Varchar(length=200, **MUST)
