"""Rows of the office's own figures of law."""

from piccolo.columns import UUID, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Figure(OfTenant, Table, tablename="figure", schema="law"):
    """A figure of law as the office has read it, from a day on; in the place of an earlier one.

    The database lets nobody change or delete one; only that it was withdrawn is noted.
    """

    id = UUID(primary_key=True, **MUST)
    plugin = Varchar(length=31, help_text="Whose rules ask for it.", **MUST)
    code = Varchar(length=60, **MUST)
    number = Integer(help_text="Counts from 1 within the code.", **MUST)
    since = Date(**MUST)
    value = Varchar(length=100, **MUST)
    law = Varchar(length=300, **MUST)
    why = Varchar(length=500, **MUST)
    made_at = Timestamptz(**MUST)
    made_by_name = Varchar(length=200, **MUST)
    withdrawn_at = Timestamptz(**MAYBE)
    withdrawn_why = Varchar(length=500, **MAYBE)
    withdrawn_by_name = Varchar(length=200, **MAYBE)
