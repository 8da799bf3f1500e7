"""Rows of what is charged: kinds of fees, their tariffs from day to day, meters that were read."""

from piccolo.columns import JSONB, UUID, Date, Integer, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class FeeKind(OfTenant, Table, tablename="fee_kind", schema="waste_fees"):
    """A fee that is charged month by month."""

    code = Varchar(length=20, primary_key=True, **MUST)
    title_th = Varchar(length=150, **MUST)
    title_en = Varchar(length=150, **MUST)
    revenue = Varchar(length=60, help_text="Code of the kind of revenue.", **MUST)
    measure = Varchar(length=10, help_text="litres, bins, flat, metered", **MUST)
    factor = SmallInt(help_text="Per cent of the metered water that is charged.", **MUST)
    made_at = Timestamptz(**MUST)


class TariffRow(OfTenant, Table, tablename="tariff", schema="waste_fees"):
    """What a fee costs from a day on; another tariff takes its place from a later day."""

    id = UUID(primary_key=True, **MUST)
    kind = Varchar(length=20, **MUST)
    from_on = Date(**MUST)
    content = JSONB(**MUST)
    source = Varchar(length=500, help_text="The ordinance.", **MUST)
    made_at = Timestamptz(**MUST)
    made_by_name = Varchar(length=200, **MUST)
    withdrawn_at = Timestamptz(**MAYBE)


class Reading(OfTenant, Table, tablename="reading", schema="waste_fees"):
    """What a meter showed at both ends of a month, in whole units."""

    id = UUID(primary_key=True, **MUST)
    point_id = UUID(**MUST)
    kind = Varchar(length=20, **MUST)
    month = Date(help_text="Its first day.", **MUST)
    before = Integer(**MUST)
    after = Integer(**MUST)
    read_on = Date(**MUST)
    at = Timestamptz(**MUST)
    actor_name = Varchar(length=200, **MUST)
