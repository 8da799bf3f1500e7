"""Rows of inspections of hygiene."""

from piccolo.columns import JSONB, UUID, Boolean, Date, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Inspection(OfTenant, Table, tablename="inspection", schema="food_cert"):
    """What was found in a place. The application's role can neither change nor delete it."""

    id = UUID(primary_key=True, **MUST)
    place_id = UUID(**MUST)
    key = Varchar(length=80, help_text="Of the sending: the same key is the same record.", **MUST)
    checklist = Varchar(length=20, help_text="Code of the version by which it was made.", **MUST)
    reason = Varchar(length=10, help_text="first, yearly, follow_up, complaint", **MUST)
    case_id = UUID(help_text="The case for which it was made, if one asked for it.", **MAYBE)
    made_at = Timestamptz(help_text="In the place.", **MUST)
    sent_at = Timestamptz(help_text="When it arrived.", **MUST)
    answers = JSONB(help_text="By code of the item: pass, fail, none.", **MUST)
    score = SmallInt(help_text="Of a hundred.", **MUST)
    passed = Boolean(**MUST)
    grade = Varchar(length=10, **MUST)
    remarks = Varchar(length=2000, **MUST)
    told = JSONB(help_text="What is to be mended: item, what, until.", **MUST)
    photos = JSONB(help_text="Which item each shows, with its digests in the store.", **MUST)
    follow_by = Date(help_text="The last day of the follow-up; None where it passed.", **MAYBE)
    next_by = Date(help_text="The last day of the next one; None where it failed.", **MAYBE)
    account = UUID(**MAYBE)
    made_by_name = Varchar(length=200, **MUST)
    made_by_post = Varchar(length=200, **MUST)
