"""Rows of the office's present register as files: what each held, what was taken over of it."""

from piccolo.columns import JSONB, UUID, Integer, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Imported(OfTenant, Table, tablename="imported", schema="food_cert"):
    """A file of the present register; the same file is looked at anew, and taken over once."""

    id = UUID(primary_key=True, **MUST)
    digest = Varchar(length=64, help_text="Of the file, by which it is kept.", **MUST)
    name = Varchar(length=200, help_text="As it was sent.", **MUST)
    state = Varchar(length=6, help_text="looked, taken", **MUST)
    read = Integer(help_text="Rows that hold anything.", **MUST)
    good = Integer(help_text="Rows without a fault that the register does not have.", **MUST)
    known = Integer(help_text="Rows that the register has already.", **MUST)
    bad = Integer(help_text="Rows with a fault.", **MUST)
    report = JSONB(help_text="Row, column, sentence (th, en) and whether it is a fault.", **MUST)
    seen = JSONB(help_text="How many of each kind and instrument, and the first rows.", **MUST)
    looked_at = Timestamptz(**MUST)
    taken_at = Timestamptz(**MAYBE)
    actor_name = Varchar(length=200, help_text="Who looked, then who took it over.", **MUST)
