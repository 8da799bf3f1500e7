"""Rows of the services that officers make in the browser."""

from piccolo.columns import JSONB, UUID, Integer, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class OwnService(OfTenant, Table, tablename="own_service", schema="oss"):
    """A service of the office's own: its code, its working copy, and what is published of it."""

    id = UUID(primary_key=True, **MUST)
    code = Varchar(length=80, help_text="Never used again.", **MUST)
    unit = Varchar(length=40, help_text="Of the working copy, for who may open it.", **MUST)
    draft = JSONB(help_text="The working copy: a declaration, perhaps with faults.", **MUST)
    parts = Integer(help_text="How many parts were ever named; names are not used again.", **MUST)
    revision = Integer(help_text="Counts changes; a stale page cannot overwrite.", **MUST)
    changed_at = Timestamptz(**MUST)
    changed_by = Varchar(length=200, **MUST)
    published = Integer(help_text="The version in force; empty: none yet.", **MAYBE)
    retired_at = Timestamptz(help_text="Nobody can file it since.", **MAYBE)


class OwnVersion(OfTenant, Table, tablename="own_version", schema="oss"):
    """A version as it was published. The application's role can neither change nor delete it."""

    id = UUID(primary_key=True, **MUST)
    service_id = UUID(**MUST)
    number = Integer(help_text="The same as of the cases that are filed on it.", **MUST)
    digest = Varchar(length=64, **MUST)
    declaration = JSONB(**MUST)
    published_at = Timestamptz(**MUST)
    published_by = Varchar(length=200, **MUST)
