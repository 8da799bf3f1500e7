"""Rows of where a letter goes inside the office, and what was written on it."""

from piccolo.columns import JSONB, UUID, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Task(OfTenant, Table, tablename="task", schema="eoffice"):
    """A letter in the inbox of a post."""

    id = UUID(primary_key=True, **MUST)
    letter_id = UUID(**MUST)
    post = Varchar(length=90, help_text="Key of the post.", **MUST)
    post_title = Varchar(length=300, help_text="As it was called then.", **MUST)
    asked = Varchar(length=12, help_text="consider, acknowledge, opinion, review, sign", **MUST)
    state = Varchar(length=10, help_text="waiting, done, recalled", **MUST)
    given_by = UUID(help_text="The endorsement that sent it here; empty: the register.", **MAYBE)
    given_from = Varchar(length=90, help_text="Key of the post that sent it.", **MUST)
    opened_at = Timestamptz(**MUST)
    due_on = Date(**MAYBE)
    read_at = Timestamptz(help_text="When somebody of the post first opened it.", **MAYBE)
    done_at = Timestamptz(**MAYBE)
    done_by = UUID(help_text="The endorsement by which it was done.", **MAYBE)


class Endorsement(OfTenant, Table, tablename="endorsement", schema="eoffice"):
    """What an officer wrote on a letter, signed by a click; never changed."""

    id = UUID(primary_key=True, **MUST)
    letter_id = UUID(**MUST)
    position = Integer(help_text="From 1 within the letter.", **MUST)
    action = Varchar(length=12, help_text="See rules.endorsing.", **MUST)
    text = Varchar(length=2000, **MUST)
    actor = UUID(**MAYBE)
    name = Varchar(length=200, **MUST)
    post = Varchar(length=200, help_text="The signer's own.", **MUST)
    seat = Varchar(length=90, help_text="Key of the post that was signed in.", **MUST)
    acting = JSONB(help_text="In whose place, by which order.", **MAYBE)
    sent_to = JSONB(help_text="Titles of the posts that it went to.", **MUST)
    at = Timestamptz(**MUST)
    evidence = JSONB(help_text="Account, address, request, files: ETA s. 9.", **MUST)
    digest = Varchar(length=64, help_text="Of this and of the one before.", **MUST)
