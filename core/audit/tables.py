"""The trail's rows."""

from piccolo.columns import JSON, UUID, BigInt, Bytea, Timestamptz, Varchar
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
    detail = JSON(**MUST)
    digest = Bytea(help_text="Keyed, over all of the above, made when it was written.", **MUST)
    seq = BigInt(null=True, default=None, help_text="Place in the chain, once sealed.")
    chain = Bytea(
        null=True, default=None, help_text="Keyed, over this entry's digest and all before it."
    )


class AuditHead(OfTenant, Table, tablename="audit_head", schema="core"):
    """The end of a municipality's chain; entries are numbered from 1 without gaps."""

    tenant_id = Varchar(length=32, primary_key=True, **MUST)
    seq = BigInt(**MUST)
    chain = Bytea(**MUST)
    at = Timestamptz(help_text="When it was sealed.", **MUST)
    signature = Bytea(help_text="Ed25519.", **MUST)
