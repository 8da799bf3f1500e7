"""Rows of reports: the matter, those who speak of it, what was done, and in what time.

Nothing of a person stands with the matter itself: who sent it is a ``Voice``, and so is everybody
who joined it. Merging moves voices, and their photos with them.
"""

from piccolo.columns import (
    UUID,
    BigInt,
    Boolean,
    DoublePrecision,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Report(OfTenant, Table, tablename="report", schema="incidents"):
    """Something that is broken or in the way, as everybody may know it, and as officers do."""

    id = UUID(primary_key=True, **MUST)
    code = Varchar(length=12, help_text="Buddhist year and number, 2569-00012.", **MUST)
    category = Varchar(length=20, **MUST)
    description = Varchar(length=4000, help_text="As it was sent; for officers.", **MUST)
    summary = Varchar(
        length=4000, help_text="What everybody reads; empty before screening.", **MUST
    )
    asset_id = UUID(**MAYBE)
    lat = DoublePrecision(help_text="Degrees.", **MAYBE)
    lon = DoublePrecision(**MAYBE)
    address = Varchar(length=300, help_text="Where, as it was sent; for officers.", **MUST)
    place = Varchar(
        length=300, help_text="Where, for everybody; of an asset, or after screening.", **MUST
    )
    channel = Varchar(length=7, help_text="web, open311", **MUST)
    state = Varchar(length=8, help_text="A State of the rules.", **MUST)
    unit = Varchar(length=40, help_text="Id of the division; empty before it is assigned.", **MUST)
    crew = UUID(help_text="Account of who is to do it, where somebody is named.", **MAYBE)
    crew_name = Varchar(length=200, **MUST)
    agency = Varchar(length=200, help_text="To whom it was passed on; may be empty.", **MUST)
    merged_into = UUID(**MAYBE)
    answer = Varchar(length=1000, help_text="The last word of the office to everybody.", **MUST)
    reopened = SmallInt(help_text="How many times.", **MUST)
    cost = BigInt(help_text="Satang; None where nothing is said.", **MAYBE)
    sent_at = Timestamptz(**MUST)
    changed_at = Timestamptz(**MUST)
    closed_at = Timestamptz(help_text="Done, refused or merged.", **MAYBE)
    due_at = Timestamptz(help_text="Of what waits now; None where nothing is promised.", **MAYBE)
    expected_at = Timestamptz(help_text="When all was promised to be done.", **MUST)
    revision = Integer(help_text="Counts changes; of two at once the second is told.", **MUST)


class Voice(OfTenant, Table, tablename="voice", schema="incidents"):
    """Somebody who speaks of a matter: who sent it, or joined it. Only officers see who."""

    id = UUID(primary_key=True, **MUST)
    report_id = UUID(**MUST)
    sent_to = UUID(help_text="The report of before it was merged.", **MUST)
    track = Varchar(length=14, help_text="By which it is followed.", **MUST)
    key = Varchar(length=80, help_text="Of the sending: the same key is the same voice.", **MUST)
    name = Varchar(length=200, help_text="May be empty.", **MUST)
    phone = Varchar(length=16, help_text="E.164; may be empty.", **MUST)
    email = Varchar(length=254, help_text="May be empty.", **MUST)
    account = UUID(**MAYBE)
    api_key = UUID(help_text="The program by which it came.", **MAYBE)
    media_url = Varchar(
        length=500, help_text="Where a program keeps a picture; never fetched.", **MUST
    )
    words = Varchar(length=4000, help_text="As they were sent; may be empty.", **MUST)
    rating = SmallInt(help_text="1 to 5.", **MAYBE)
    rating_words = Varchar(length=500, **MUST)
    sent_at = Timestamptz(**MUST)


class Photo(OfTenant, Table, tablename="photo", schema="incidents"):
    """A photo: of a voice, for officers and that voice; or of the crew, for everybody."""

    id = UUID(primary_key=True, **MUST)
    report_id = UUID(**MUST)
    voice_id = UUID(help_text="Whose it is; None of the crew.", **MAYBE)
    shows = Varchar(length=6, help_text="sent, before, after", **MUST)
    digest = Varchar(length=64, help_text="In the store.", **MUST)
    small = Varchar(length=64, **MUST)
    name = Varchar(length=200, **MUST)
    media_type = Varchar(length=100, **MUST)
    made_at = Timestamptz(**MUST)


class Period(OfTenant, Table, tablename="period", schema="incidents"):
    """How long one thing that is promised took, or takes."""

    id = UUID(primary_key=True, **MUST)
    report_id = UUID(**MUST)
    stage = Varchar(length=6, help_text="screen, accept, repair", **MUST)
    category = Varchar(length=20, help_text="By whose figures it is counted.", **MUST)
    unit = Varchar(length=40, **MUST)
    begun_at = Timestamptz(**MUST)
    due_at = Timestamptz(**MUST)
    ended_at = Timestamptz(**MAYBE)
    in_time = Boolean(**MAYBE)


class Event(OfTenant, Table, tablename="event", schema="incidents"):
    """What was done. The application's role can neither change nor delete it."""

    id = UUID(primary_key=True, **MUST)
    report_id = UUID(**MUST)
    act = Varchar(length=9, help_text="sent, joined, an Act of the rules, rated", **MUST)
    state = Varchar(length=8, help_text="Where it led.", **MUST)
    words = Varchar(length=1000, **MUST)
    for_all = Boolean(help_text="Everybody reads its words.", **MUST)
    key = Varchar(length=80, help_text="Of a sending from a phone.", **MAYBE)
    made_at = Timestamptz(help_text="Where it was done.", **MUST)
    at = Timestamptz(help_text="When it arrived.", **MUST)
    actor_name = Varchar(length=200, help_text="Empty of a citizen.", **MUST)
