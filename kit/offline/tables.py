"""Rows by which a form that is sent again is known."""

from piccolo.columns import UUID, Bytea, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MUST, OfTenant


class Receipt(OfTenant, Table, tablename="receipt", schema="offline"):
    """What was sent under a key, and what it was answered."""

    key = Varchar(length=80, primary_key=True, help_text="Idempotency key of the sender.", **MUST)
    account = UUID(null=True, default=None, help_text="Who sent it; empty for strangers.")
    fingerprint = Bytea(help_text="Of the fields and files that were sent.", **MUST)
    location = Varchar(length=500, help_text="Path of the page that it led to.", **MUST)
    words_th = Varchar(length=300, **MUST)
    words_en = Varchar(length=300, **MUST)
    made_at = Timestamptz(**MUST)
