"""Rows of publishers, of the plugins that are theirs, and of the versions that they hand in."""

from piccolo.columns import JSONB, UUID, Integer, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Publisher(OfTenant, Table, tablename="publisher", schema="catalog"):
    """Who hands out plugins, with the account by which that is done."""

    id = UUID(primary_key=True, **MUST)
    code = Varchar(length=40, help_text="Its folder and role in the catalog.", **MUST)
    title = Varchar(length=200, help_text="Of the company, school or person.", **MUST)
    email = Varchar(length=254, help_text="Whom curators write to.", **MUST)
    account = UUID(help_text="Who hands in.", **MUST)
    registered_at = Timestamptz(**MUST)


class Plugin(OfTenant, Table, tablename="plugin", schema="catalog"):
    """The name of a plugin, which is one publisher's."""

    name = Varchar(length=31, primary_key=True, **MUST)
    publisher_id = UUID(**MUST)


class Submission(OfTenant, Table, tablename="submission", schema="catalog"):
    """A version of a plugin as it was handed in."""

    id = UUID(primary_key=True, **MUST)
    publisher_id = UUID(**MUST)
    plugin = Varchar(length=31, **MUST)
    version = Varchar(length=23, **MUST)
    api = Integer(help_text="Level of the public interface.", **MUST)
    capabilities = JSONB(help_text="What its source can do, read without running it.", **MUST)
    unsourced = JSONB(help_text="Files of the wheel that the source does not have so.", **MUST)
    answers = JSONB(help_text="To the questions on data and rights.", **MUST)
    wheel_name = Varchar(length=200, **MUST)
    wheel = Varchar(length=64, help_text="SHA-256, by which it is kept.", **MUST)
    source_name = Varchar(length=200, **MUST)
    source = Varchar(length=64, help_text="SHA-256, by which it is kept.", **MUST)
    state = Varchar(length=10, help_text="A State of the rules.", **MUST)
    curator = UUID(help_text="Who looks through it.", **MAYBE)
    curator_name = Varchar(length=200, help_text="Empty before it was taken.", **MUST)
    checklist = JSONB(help_text="What the curator says of each point, by its code.", **MUST)
    second = UUID(help_text="The curator who agreed.", **MAYBE)
    second_name = Varchar(length=200, help_text="Empty before one agreed.", **MUST)
    sent_at = Timestamptz(**MUST)
    sender = UUID(**MUST)
    sender_name = Varchar(length=200, **MUST)
    changed_at = Timestamptz(**MUST)
    revision = Integer(help_text="Counts changes; of two at once the second is told.", **MUST)


class Report(OfTenant, Table, tablename="report", schema="catalog"):
    """What came of a try by the conformance kit. The application's role cannot change it."""

    id = UUID(primary_key=True, **MUST)
    submission_id = UUID(**MUST)
    at = Timestamptz(**MUST)
    failure = Varchar(length=6, help_text="Why there is no report; may be empty.", **MUST)
    tier = Varchar(length=8, help_text="Empty where none was reached.", **MUST)
    passed = Integer(help_text="Checks.", **MUST)
    total = Integer(help_text="Checks.", **MUST)
    digest = Varchar(length=64, help_text="SHA-256 of the report, by which it is kept.", **MUST)


class Event(OfTenant, Table, tablename="event", schema="catalog"):
    """What was done. The application's role can neither change nor delete it."""

    id = UUID(primary_key=True, **MUST)
    submission_id = UUID(**MUST)
    act = Varchar(length=10, help_text="submit, or an Act of the rules.", **MUST)
    state = Varchar(length=10, help_text="Where it led.", **MUST)
    words = Varchar(length=1000, help_text="Why; may be empty.", **MUST)
    at = Timestamptz(**MUST)
    actor_name = Varchar(length=200, **MUST)
