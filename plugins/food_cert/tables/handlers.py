"""Rows of the people who make and serve food at a place, with their cards of training."""

from piccolo.columns import UUID, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Handler(OfTenant, Table, tablename="handler", schema="food_cert"):
    """An operator or food handler of a place, as long as they work there."""

    id = UUID(primary_key=True, **MUST)
    place_id = UUID(**MUST)
    name = Varchar(length=200, **MUST)
    role = Varchar(length=8, help_text="operator, handler", **MUST)
    organiser = Varchar(length=200, help_text="Of the course.", **MUST)
    card = Varchar(length=40, help_text="Number of the card; never a national ID.", **MUST)
    trained_on = Date(**MUST)
    expires_on = Date(help_text="The last day of the card.", **MUST)
    reminded_on = Date(help_text="The owner was told of this card.", **MAYBE)
    left_on = Date(**MAYBE)
    revision = Integer(help_text="Counts changes; of two at once the second is told.", **MUST)
    added_at = Timestamptz(**MUST)
    changed_by_name = Varchar(length=200, **MUST)
