"""Rows of households, and of the lists from which they were taken over."""

from piccolo.columns import JSONB, UUID, Integer, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant
from kit.registers import ImportedOfTenant


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


class ImportedList(ImportedOfTenant, tablename="imported", schema="disaster"):
    """A list of households as a file: what it held, and what was taken over of it."""
