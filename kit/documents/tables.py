"""Rows of papers that were issued."""

from piccolo.columns import JSONB, UUID, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class IssuedPaper(OfTenant, Table, tablename="paper", schema="documents"):
    """A paper of the office: what stands on it is kept, and never changes."""

    id = UUID(primary_key=True, **MUST)
    template = Varchar(length=80, help_text="<plugin>/<paper>.typ", **MUST)
    series = Varchar(length=80, help_text="What the number counts within; empty: no own.", **MUST)
    number = Varchar(length=40, help_text="As quoted, e.g. 12/2569.", **MUST)
    code = Varchar(length=14, help_text="Verification code.", **MUST)
    subject = Varchar(length=200, help_text="What it belongs to, <noun>/<id>.", **MUST)
    contents = JSONB(help_text="Snapshot: everything that is printed.", **MUST)
    issued_at = Timestamptz(**MUST)
    issued_by = UUID(**MAYBE)
    digest = Varchar(length=64, help_text="The file in the store, once printed.", **MAYBE)
    revoked_at = Timestamptz(**MAYBE)
    revoked_why = Varchar(length=500, **MAYBE)
