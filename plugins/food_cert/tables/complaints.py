"""Rows of complaints about places of the register."""

from piccolo.columns import UUID, Date
from piccolo.table import Table

from core.api import MUST, OfTenant


class Complaint(OfTenant, Table, tablename="complaint", schema="food_cert"):
    """A case that complains about a place. The application's role can neither change nor delete."""

    case_id = UUID(primary_key=True, **MUST)
    place_id = UUID(**MUST)
    filed_on = Date(**MUST)
