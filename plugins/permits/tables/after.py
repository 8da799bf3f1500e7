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
