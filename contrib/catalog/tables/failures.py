"""Rows of what installations tell of failures."""

from piccolo.columns import BigInt, Date, Varchar
from piccolo.table import Table

from core.api import MUST, OfTenant


class FailureDay(OfTenant, Table, tablename="failure_day", schema="catalog"):
    """How a version did on one day at one installation; told once."""

    installation = Varchar(length=32, primary_key=True, help_text="Another every month.", **MUST)
    plugin = Varchar(length=31, **MUST)
    version = Varchar(length=23, **MUST)
    day = Date(**MUST)
    calls = BigInt(help_text="Of hooks and pages.", **MUST)
    failures = BigInt(**MUST)
    rests = BigInt(help_text="Times that it was put to rest.", **MUST)
