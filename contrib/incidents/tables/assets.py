"""Rows of public assets, and of files with which an office brings its register along."""

from piccolo.columns import (
    JSONB,
    UUID,
    Date,
    DoublePrecision,
    Integer,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


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


class Imported(OfTenant, Table, tablename="imported", schema="incidents"):
    """A file of the present register; the same file is looked at anew, and taken over once."""

    id = UUID(primary_key=True, **MUST)
    digest = Varchar(length=64, help_text="Of the file, by which it is kept.", **MUST)
    name = Varchar(length=200, help_text="As it was sent.", **MUST)
    state = Varchar(length=6, help_text="looked, taken", **MUST)
    read = Integer(help_text="Rows that hold anything.", **MUST)
    good = Integer(help_text="Rows without a fault that the register does not have.", **MUST)
    known = Integer(help_text="Rows whose code the register has already.", **MUST)
    bad = Integer(help_text="Rows with a fault.", **MUST)
    report = JSONB(help_text="Row, column, sentence (th, en) and whether it is a fault.", **MUST)
    looked_at = Timestamptz(**MUST)
    actor_name = Varchar(length=200, help_text="Who looked, then who took it over.", **MUST)
