"""Rows of requests for help, what became of them, and the teams that go out."""

from piccolo.columns import JSONB, UUID, Boolean, Integer, Numeric, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Team(OfTenant, Table, tablename="team", schema="disaster"):
    """A team that goes out."""

    id = UUID(primary_key=True, **MUST)
    name = Varchar(length=100, **MUST)
    leader = Varchar(length=200, **MUST)
    phone = Varchar(length=16, help_text="E.164.", **MUST)
    can = Varchar(length=300, help_text="Boats, vehicles, nurses.", **MUST)
    active = Boolean(**MUST)
    made_at = Timestamptz(**MUST)


class HelpRequest(OfTenant, Table, tablename="request", schema="disaster"):
    """A request for help, by whoever asked and however it came."""

    id = UUID(primary_key=True, **MUST)
    number = Integer(help_text="Within the office, from 1.", **MUST)
    code = Varchar(length=14, help_text="Of the page of who asked.", **MUST)
    event_id = UUID(**MUST)
    household_id = UUID(help_text="By its telephone, where it is known.", **MAYBE)
    channel = Varchar(length=5, help_text="web, phone", **MUST)
    name = Varchar(length=200, **MUST)
    phone = Varchar(length=16, help_text="E.164.", **MUST)
    address = Varchar(length=300, help_text="Or a landmark; may be empty.", **MUST)
    village = Varchar(length=100, help_text="Of the household; may be empty.", **MUST)
    subdistrict = Varchar(length=6, help_text="Of the household; may be empty.", **MUST)
    pin = JSONB(help_text="lat and lon, degrees.", **MAYBE)
    needs = JSONB(help_text="Keys of NEEDS of the rules.", **MUST)
    water = Varchar(length=10, help_text="A key of WATER; empty: not said.", **MUST)
    floor_cm = SmallInt(help_text="Of the household.", **MUST)
    people = SmallInt(**MUST)
    flags = JSONB(help_text="How many people have which flag.", **MUST)
    note = Varchar(length=1000, **MUST)
    state = Varchar(length=8, help_text="A State of the rules.", **MUST)
    team_id = UUID(**MAYBE)
    points = Numeric(digits=(8, 2), help_text="Set by a person in place of the score.", **MAYBE)
    points_why = Varchar(length=500, **MUST)
    points_by_name = Varchar(length=200, **MUST)
    asked_at = Timestamptz(**MUST)
    assigned_at = Timestamptz(**MAYBE)
    ended_at = Timestamptz(**MAYBE)
    revision = Integer(help_text="Counts changes; of two at once the second is told.", **MUST)
    taken_by_name = Varchar(length=200, help_text="Who took it by telephone.", **MUST)


class HelpStep(OfTenant, Table, tablename="request_step", schema="disaster"):
    """What became of a request. The application's role can neither change nor delete it."""

    id = UUID(primary_key=True, **MUST)
    request_id = UUID(**MUST)
    what = Varchar(length=10, help_text="assigned, weighed, or a key of OUTCOMES.", **MUST)
    words_th = Varchar(length=500, **MUST)
    words_en = Varchar(length=500, **MUST)
    note = Varchar(length=1000, help_text="As somebody wrote it.", **MUST)
    made_at = Timestamptz(help_text="There.", **MUST)
    sent_at = Timestamptz(help_text="When it arrived.", **MUST)
    actor_name = Varchar(length=200, **MUST)
