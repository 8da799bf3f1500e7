"""The trail's rows."""

from piccolo.columns import JSONB, UUID, BigInt, Bytea, Timestamptz, Varchar
from piccolo.table import Table

from core.db import MUST, OfTenant


class AuditEntry(OfTenant, Table, tablename="audit_entry", schema="core"):
    """Somebody did or read something."""

    id = UUID(primary_key=True, **MUST)
    at = Timestamptz(**MUST)
    actor = UUID(null=True, default=None, help_text="Account; empty for strangers and the system.")
    actor_name = Varchar(length=200, help_text="As it was then.", **MUST)
    action = Varchar(length=80, help_text="<plugin>.<noun>.<past participle>", **MUST)
    subject = Varchar(length=200, help_text="<noun>/<id>", **MUST)
    owner = UUID(null=True, default=None, help_text="Account whose personal data it is about.")
    request = Varchar(length=40, **MUST)
    detail = JSONB(**MUST)
    seq = BigInt(null=True, default=None, help_text="Place in the chain, once sealed.")
    chain = Bytea(null=True, default=None, help_text="Hash over this entry and all before it.")
