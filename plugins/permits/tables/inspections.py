"""Rows of inspections of sites."""

from piccolo.columns import JSONB, UUID, Boolean, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Inspection(OfTenant, Table, tablename="inspection", schema="permits"):
    """What was found on a site. The application's role can neither change nor delete it."""

    id = UUID(primary_key=True, **MUST)
    case_id = UUID(**MUST)
    number = Varchar(length=20, help_text="Of the case.", **MUST)
    key = Varchar(length=80, help_text="Of the sending: the same key is the same record.", **MUST)
    made_at = Timestamptz(help_text="On the site.", **MUST)
    sent_at = Timestamptz(help_text="When it arrived.", **MUST)
    late = Boolean(help_text="The case had moved on when it arrived.", **MUST)
    result = Varchar(length=10, help_text="drawn, differs, unsure", **MUST)
    found = JSONB(help_text="An Inspected of the rules.", **MUST)
    stated = JSONB(help_text="Lengths of the request by side, as it stood then.", **MUST)
    photos = JSONB(help_text="What each shows, with its digests in the store.", **MUST)
    account = UUID(**MAYBE)
    made_by_name = Varchar(length=200, **MUST)
    made_by_post = Varchar(length=200, **MUST)
