"""Columns of the files of a register; each plugin has the rows in a table of its own."""

from piccolo.columns import JSONB, UUID, Integer, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class ImportedOfTenant(OfTenant, Table):
    """A file of an earlier register; the same file is looked at anew, and taken over once.

    It has no rows itself: a plugin inherits it with the name and the schema of its own table, whose
    migration it writes, ``UNIQUE (tenant_id, digest)`` included.
    """

    id = UUID(primary_key=True, **MUST)
    digest = Varchar(length=64, help_text="Of the file, by which it is kept.", **MUST)
    name = Varchar(length=200, help_text="As it was sent.", **MUST)
    state = Varchar(length=6, help_text="looked, taken", **MUST)
    read = Integer(help_text="Rows that hold anything.", **MUST)
    good = Integer(help_text="Rows without a fault that the register does not have.", **MUST)
    known = Integer(help_text="Rows that the register has already.", **MUST)
    bad = Integer(help_text="Rows with a fault.", **MUST)
    report = JSONB(help_text="Row, column, sentence (th, en) and whether it is a fault.", **MUST)
    seen = JSONB(help_text="What the plugin shows of the good rows.", **MUST)
    looked_at = Timestamptz(**MUST)
    taken_at = Timestamptz(**MAYBE)
    actor_name = Varchar(length=200, help_text="Who looked, then who took it over.", **MUST)
