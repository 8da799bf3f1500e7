"""Rows of failed work."""

from piccolo.columns import JSONB, UUID, Timestamptz, Varchar
from piccolo.table import Table

from core.db import MUST, OfTenant


class Undelivered(OfTenant, Table, tablename="undelivered", schema="core"):
    """A job, most often the delivery of an event to a plugin, that failed at every attempt."""

    id = UUID(primary_key=True, **MUST)
    job = Varchar(length=80, **MUST)
    plugin = Varchar(length=40, help_text="Whose code failed.", **MUST)
    hook = Varchar(length=80, null=True, default=None, help_text="Of an event.")
    arguments = JSONB(help_text="Of the job; for an event its id and its facts.", **MUST)
    error = Varchar(length=500, **MUST)
    failed_at = Timestamptz(**MUST)
