"""Rows of what became of permits after they were issued."""

from piccolo.columns import UUID, Date, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class PermitEvent(OfTenant, Table, tablename="permit_event", schema="permits"):
    """What became of a permit. The application's role can neither change nor delete it."""

    id = UUID(primary_key=True, **MUST)
    permit_id = UUID(help_text="The case in which the permit was issued.", **MUST)
    what = Varchar(length=20, help_text="renewed, supervised, replaced, …", **MUST)
    day = Date(**MUST)
    case_id = UUID(help_text="The case that asked for it, if one did.", **MAYBE)
    words_th = Varchar(length=500, **MUST)
    words_en = Varchar(length=500, **MUST)
    at = Timestamptz(**MUST)
    actor_name = Varchar(length=200, **MUST)


class Granted(OfTenant, Table, tablename="granted", schema="permits"):
    """A request about a permit that was approved, by its case; carried out, or waiting."""

    case_id = UUID(primary_key=True, **MUST)
    service = Varchar(length=80, **MUST)
    number = Varchar(length=20, help_text="Of the case, as it is quoted.", **MUST)
    permit_id = UUID(help_text="None until it is carried out.", **MAYBE)
    state = Varchar(length=8, help_text="done, waits, dropped", **MUST)
    problem_th = Varchar(length=500, help_text="Why it waits; may be empty.", **MUST)
    problem_en = Varchar(length=500, **MUST)
    at = Timestamptz(**MUST)
    ended_at = Timestamptz(**MAYBE)
    ended_by_name = Varchar(length=200, **MUST)
    ended_why = Varchar(length=500, **MUST)
