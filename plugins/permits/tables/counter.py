"""Rows of the fast lane's clock."""

from piccolo.columns import UUID, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Counter(OfTenant, Table, tablename="counter", schema="permits"):
    """The times of a case of the fast lane, as the case and its visits have them."""

    case_id = UUID(primary_key=True, **MUST)
    number = Varchar(length=20, help_text="What the citizen quotes.", **MUST)
    filed_at = Timestamptz(**MUST)
    booked_for = Timestamptz(help_text="When its person is awaited.", **MAYBE)
    visit_at = Timestamptz(help_text="When that was noted; older news change nothing.", **MAYBE)
    arrived_at = Timestamptz(help_text="The last time, not after the issue.", **MAYBE)
    approved_at = Timestamptz(**MAYBE)
    issued_at = Timestamptz(**MAYBE)
    ended_at = Timestamptz(help_text="Ended without a permit.", **MAYBE)
