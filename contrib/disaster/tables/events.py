"""Rows of disasters and of the zones in which they lie."""

from piccolo.columns import JSONB, UUID, Date, Integer, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Event(OfTenant, Table, tablename="event", schema="disaster"):
    """A disaster, from its beginning to the last payment."""

    id = UUID(primary_key=True, **MUST)
    kind = Varchar(length=20, help_text="A key of KINDS of the rules.", **MUST)
    title = Varchar(length=200, **MUST)
    cause = Varchar(length=1000, help_text="As the notice says it; may be empty.", **MUST)
    begun_on = Date(**MUST)
    ended_on = Date(**MAYBE)
    state = Varchar(length=6, help_text="open, closed", **MUST)
    revision = Integer(help_text="Counts changes; of two at once the second is told.", **MUST)
    changed_at = Timestamptz(**MUST)


class EventZone(OfTenant, Table, tablename="zone", schema="disaster"):
    """A part of the declared area, with the depth of the water there as it was last told."""

    id = UUID(primary_key=True, **MUST)
    event_id = UUID(**MUST)
    name = Varchar(length=100, **MUST)
    corners = JSONB(help_text="lat and lon of each, in their order; empty where none.", **MUST)
    villages = JSONB(help_text="Names.", **MUST)
    subdistrict = Varchar(length=6, help_text="A whole one; may be empty.", **MUST)
    depth_cm = SmallInt(**MUST)
    revision = Integer(help_text="As of an event.", **MUST)
    told_at = Timestamptz(help_text="When the depth was told.", **MUST)
    told_by_name = Varchar(length=200, **MUST)
