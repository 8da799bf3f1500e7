"""Rows of what is done before a licence ends: letters about its renewal, and reminders."""

from piccolo.columns import JSONB, UUID, Date, Integer, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class LetterRun(OfTenant, Table, tablename="letter_run", schema="food_cert"):
    """One act by which letters are made for all licences that end within a span."""

    id = UUID(primary_key=True, **MUST)
    until = Date(help_text="Licences that end by this day.", **MUST)
    state = Varchar(length=7, help_text="counted, running, stopped, done", **MUST)
    letters = Integer(help_text="To be made, by the count.", **MUST)
    begun_at = Timestamptz(**MUST)
    begun_by_name = Varchar(length=200, **MUST)
    signer = JSONB(help_text="Who signs the letters.", **MAYBE)
    signed_by = UUID(**MAYBE)
    ended_at = Timestamptz(**MAYBE)
    asked_at = Timestamptz(help_text="When one file of all was asked for.", **MAYBE)
    digest = Varchar(length=64, help_text="Of that file; empty until it is made.", **MAYBE)


class RenewalLetter(OfTenant, Table, tablename="renewal_letter", schema="food_cert"):
    """A letter about the renewal of a licence, or why there is none."""

    id = UUID(primary_key=True, **MUST)
    run_id = UUID(**MUST)
    turn = Integer(help_text="In the order of the last days.", **MUST)
    place_id = UUID(**MUST)
    name = Varchar(length=200, help_text="Of the business.", **MUST)
    holder = Varchar(length=200, **MUST)
    until = Date(help_text="The last day of the licence.", **MUST)
    state = Varchar(length=7, help_text="drafted, made, skipped, sent", **MUST)
    why = Varchar(length=10, help_text="Why it was skipped.", **MUST)
    paper = UUID(**MAYBE)
    number = Varchar(length=20, help_text="Of the letter.", **MUST)
    made_on = Date(**MAYBE)
    sent_on = Date(**MAYBE)


class Reminded(OfTenant, Table, tablename="reminded", schema="food_cert"):
    """A holder was told that a licence ends: once for each number of days before its last day."""

    place_id = UUID(primary_key=True, **MUST)
    until = Date(**MUST)
    days = SmallInt(**MUST)
    at = Timestamptz(**MUST)
