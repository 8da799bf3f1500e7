"""Rows of the keys by which other programs send reports."""

from piccolo.columns import UUID, Bytea, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class ApiKey(OfTenant, Table, tablename="api_key", schema="incidents"):
    """A key that the office gave out; the key itself is shown once and not kept."""

    id = UUID(primary_key=True, **MUST)
    holder = Varchar(length=200, help_text="Which program, and whose.", **MUST)
    email = Varchar(length=254, help_text="Whom to write to when something is wrong.", **MUST)
    mark = Bytea(help_text="Fingerprint of the key.", **MUST)
    given_at = Timestamptz(**MUST)
    given_by_name = Varchar(length=200, **MUST)
    withdrawn_at = Timestamptz(**MAYBE)
    withdrawn_by_name = Varchar(length=200, **MAYBE)
