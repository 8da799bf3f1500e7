"""Rows of the library of standard plans: what was offered stays as it was offered."""

from piccolo.columns import JSONB, UUID, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class PlanRow(OfTenant, Table, tablename="plan", schema="permits"):
    """A standard plan: its newest version, and from when it is offered no more."""

    code = Varchar(length=40, primary_key=True, help_text="Never used again.", **MUST)
    latest = Integer(help_text="Of its versions; who changes it counts up from here.", **MUST)
    made_at = Timestamptz(**MUST)
    withdrawn_from = Date(help_text="The first day without it.", **MAYBE)
    withdrawn_why = Varchar(length=500, **MUST)
    withdrawn_at = Timestamptz(**MAYBE)
    withdrawn_by_name = Varchar(length=200, **MUST)


class PlanFile(OfTenant, Table, tablename="plan_file", schema="permits"):
    """A file of a plan. The application's role can neither change nor delete it."""

    id = UUID(primary_key=True, **MUST)
    what = Varchar(length=12, help_text="drawings, calculations, picture", **MUST)
    digest = Varchar(length=64, help_text="In the store; a permit binds drawings by it.", **MUST)
    thumbnail = Varchar(length=64, help_text="Of a picture, in the store.", **MAYBE)
    name = Varchar(length=255, **MUST)
    media_type = Varchar(length=40, **MUST)
    size = Integer(help_text="Bytes.", **MUST)
    pages = Integer(**MUST)
    at = Timestamptz(**MUST)
    actor_name = Varchar(length=200, **MUST)


class PlanVersionRow(OfTenant, Table, tablename="plan_version", schema="permits"):
    """A plan from a day on. The application's role can neither change nor delete it."""

    code = Varchar(length=40, primary_key=True, **MUST)
    number = Integer(help_text="From 1, in the order in which they were made.", **MUST)
    from_on = Date(**MUST)
    facts = JSONB(help_text="A Plan of the rules.", **MUST)
    drawings = UUID(**MUST)
    calculations = UUID(**MUST)
    picture = UUID(**MAYBE)
    why = Varchar(length=500, **MUST)
    made_at = Timestamptz(**MUST)
    made_by_name = Varchar(length=200, **MUST)
