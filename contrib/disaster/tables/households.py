"""Rows of households, and of the lists from which they were taken over."""

from piccolo.columns import JSONB, UUID, Integer, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Household(OfTenant, Table, tablename="household", schema="disaster"):
    """A household: where it is, how to reach it, and how many in it need help first."""

    id = UUID(primary_key=True, **MUST)
    house_code = Varchar(length=11, help_text="Of the civil register; may be empty.", **MUST)
    name = Varchar(length=200, help_text="Of its head.", **MUST)
    phone = Varchar(length=16, help_text="E.164; may be empty.", **MUST)
    address = Varchar(length=300, help_text="House number and road.", **MUST)
    village = Varchar(length=100, **MUST)
    subdistrict = Varchar(length=6, **MUST)
    pin = JSONB(help_text="lat and lon, degrees.", **MAYBE)
    floor_cm = SmallInt(help_text="Of the floor above the ground.", **MUST)
    members = SmallInt(**MUST)
    flags = JSONB(help_text="How many people have which flag.", **MUST)
    sameness = Varchar(length=400, help_text="Equal for the same one entered twice.", **MUST)
    revision = Integer(help_text="Counts changes; of two at once the second is told.", **MUST)
    changed_at = Timestamptz(**MUST)


class ImportedList(OfTenant, Table, tablename="imported", schema="disaster"):
    """A list of households as a file: what it held, and what was taken over of it."""

    id = UUID(primary_key=True, **MUST)
    digest = Varchar(length=64, help_text="Of the file, by which it is kept.", **MUST)
    name = Varchar(length=200, help_text="As it was sent.", **MUST)
    state = Varchar(length=6, help_text="looked, taken", **MUST)
    read = Integer(help_text="Rows that hold anything.", **MUST)
    good = Integer(help_text="Rows without a fault that are not there yet.", **MUST)
    known = Integer(help_text="Rows of households that are there already.", **MUST)
    bad = Integer(help_text="Rows with a fault.", **MUST)
    report = JSONB(help_text="Row, column, sentence (th, en) of each fault.", **MUST)
    looked_at = Timestamptz(**MUST)
    taken_at = Timestamptz(**MAYBE)
    actor_name = Varchar(length=200, help_text="Who looked, then who took it over.", **MUST)
