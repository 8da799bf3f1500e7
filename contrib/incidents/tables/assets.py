"""Rows of public assets, and of files with which an office brings its register along."""

from piccolo.columns import (
    UUID,
    Date,
    DoublePrecision,
    Integer,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant
from kit.registers import ImportedOfTenant


class Asset(OfTenant, Table, tablename="asset", schema="incidents"):
    """A light pole or another thing of the public, known by the code on its label."""

    id = UUID(primary_key=True, **MUST)
    code = Varchar(length=30, help_text="On its label and in the address behind the QR.", **MUST)
    kind = Varchar(length=20, help_text="pole, sign, bin, …", **MUST)
    owner = Varchar(length=20, help_text="lao, pea, mea, other", **MUST)
    lamp = Varchar(length=100, help_text="Its lamp; may be empty.", **MUST)
    place = Varchar(length=300, help_text="Where it stands, in words; may be empty.", **MUST)
    lat = DoublePrecision(help_text="Degrees.", **MUST)
    lon = DoublePrecision(**MUST)
    repaired_on = Date(help_text="The last repair.", **MAYBE)
    state = Varchar(length=7, help_text="used, removed", **MUST)
    revision = Integer(help_text="Counts changes; of two at once the second is told.", **MUST)
    changed_at = Timestamptz(**MUST)


class Imported(ImportedOfTenant, tablename="imported", schema="incidents"):
    """A file of the present register; the same file is looked at anew, and taken over once."""
