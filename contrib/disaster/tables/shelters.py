"""Rows of shelters: who is in them, what they hold, and what was handed out."""

from piccolo.columns import JSONB, UUID, Boolean, Integer, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Shelter(OfTenant, Table, tablename="shelter", schema="disaster"):
    """A shelter."""

    id = UUID(primary_key=True, **MUST)
    name = Varchar(length=200, **MUST)
    address = Varchar(length=300, **MUST)
    phone = Varchar(length=16, help_text="E.164; may be empty.", **MUST)
    pin = JSONB(help_text="lat and lon, degrees.", **MAYBE)
    capacity = Integer(help_text="People.", **MUST)
    people = Integer(help_text="Who are in: the sum of its stays that go on.", **MUST)
    open = Boolean(**MUST)
    revision = Integer(help_text="Counts changes.", **MUST)
    changed_at = Timestamptz(**MUST)


class Stay(OfTenant, Table, tablename="stay", schema="disaster"):
    """People who came to a shelter together, until they left."""

    id = UUID(primary_key=True, **MUST)
    shelter_id = UUID(**MUST)
    name = Varchar(length=200, help_text="Of one of them.", **MUST)
    phone = Varchar(length=16, help_text="E.164; may be empty.", **MUST)
    village = Varchar(length=100, help_text="From where; may be empty.", **MUST)
    people = SmallInt(**MUST)
    flags = JSONB(help_text="Flags of people who need care.", **MUST)
    in_at = Timestamptz(**MUST)
    out_at = Timestamptz(**MAYBE)
    noted_by_name = Varchar(length=200, **MUST)


class Stock(OfTenant, Table, tablename="stock", schema="disaster"):
    """A thing of which a shelter holds some. The database refuses less than nothing."""

    id = UUID(primary_key=True, **MUST)
    shelter_id = UUID(**MUST)
    name = Varchar(length=100, **MUST)
    unit = Varchar(length=10, help_text="A key of UNITS of the rules.", **MUST)
    balance = Integer(help_text="The sum of its moves.", **MUST)


class StockMove(OfTenant, Table, tablename="stock_move", schema="disaster"):
    """What came or went. The application's role can neither change nor delete it."""

    id = UUID(primary_key=True, **MUST)
    stock_id = UUID(**MUST)
    quantity = Integer(help_text="Negative where it went.", **MUST)
    why = Varchar(length=8, help_text="received, given, counted", **MUST)
    note = Varchar(length=300, **MUST)
    distribution_id = UUID(**MAYBE)
    at = Timestamptz(**MUST)
    actor_name = Varchar(length=200, **MUST)


class Distribution(OfTenant, Table, tablename="distribution", schema="disaster"):
    """What was handed to whom. The application's role can neither change nor delete it."""

    id = UUID(primary_key=True, **MUST)
    shelter_id = UUID(**MUST)
    to_name = Varchar(length=200, **MUST)
    items = JSONB(help_text="Name, unit and quantity of each thing, as then.", **MUST)
    signed = Boolean(help_text="Whoever got it signed the list on paper.", **MUST)
    photo = JSONB(help_text="Of the handing over, or of the signature.", **MAYBE)
    at = Timestamptz(**MUST)
    actor_name = Varchar(length=200, **MUST)
