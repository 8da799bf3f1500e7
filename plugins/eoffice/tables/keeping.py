"""Rows of what is kept: where each document stands, its holds and loans, lists, and exports."""

from piccolo.columns import (
    JSONB,
    UUID,
    BigInt,
    Boolean,
    Date,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Kept(OfTenant, Table, tablename="kept", schema="eoffice"):
    """A document after it was dealt with; while there is no row it is with its owner."""

    letter_id = UUID(primary_key=True, **MUST)
    stage = Varchar(length=10, help_text="See rules.retention.", **MUST)
    paper = Boolean(help_text="There is an original on paper.", **MUST)
    until = SmallInt(help_text="Last Buddhist year, where a person set it.", **MAYBE)
    why = Varchar(length=500, help_text="Of the class or the year.", **MUST)
    keeper = Varchar(length=200, help_text="Who keeps it for audit.", **MUST)
    handover = UUID(help_text="The list by which it went to storage.", **MAYBE)
    year = SmallInt(help_text="Of the register of stored documents.", **MAYBE)
    number = Integer(help_text="In that register and year.", **MAYBE)
    stored_on = Date(**MAYBE)
    file_code = Varchar(length=40, **MUST)
    place = Varchar(length=200, **MUST)
    disposal = UUID(help_text="The list on which it leaves, or has left.", **MAYBE)
    ended_on = Date(help_text="When the paper was destroyed or handed over.", **MAYBE)


class Handover(OfTenant, Table, tablename="handover", schema="eoffice"):
    """A list of documents that a division hands to storage."""

    id = UUID(primary_key=True, **MUST)
    unit = Varchar(length=40, **MUST)
    state = Varchar(length=8, help_text="waiting, taken, back", **MUST)
    lines = JSONB(help_text="As they stood on the list.", **MUST)
    made_on = Date(**MUST)
    made_by = UUID(**MAYBE)
    made_by_name = Varchar(length=200, **MUST)
    made_by_post = Varchar(length=200, **MUST)
    taken_on = Date(help_text="Or sent back.", **MAYBE)
    taken_by_name = Varchar(length=200, **MUST)
    taken_by_post = Varchar(length=200, **MUST)
    why = Varchar(length=500, help_text="Why it went back.", **MUST)


class Hold(OfTenant, Table, tablename="hold", schema="eoffice"):
    """An order not to destroy a document, until it is lifted."""

    id = UUID(primary_key=True, **MUST)
    letter_id = UUID(**MUST)
    ordered_by = Varchar(length=200, help_text="Court, auditor or officer who asks.", **MUST)
    why = Varchar(length=500, **MUST)
    placed_at = Timestamptz(**MUST)
    placed_by = UUID(**MAYBE)
    placed_by_name = Varchar(length=200, **MUST)
    lifted_at = Timestamptz(**MAYBE)
    lifted_by_name = Varchar(length=200, **MUST)
    lifted_why = Varchar(length=500, **MUST)


class Loan(OfTenant, Table, tablename="loan", schema="eoffice"):
    """A document that is lent, to an officer or to another agency."""

    id = UUID(primary_key=True, **MUST)
    letter_id = UUID(**MUST)
    state = Varchar(length=8, help_text="See rules.lending.", **MUST)
    account = UUID(help_text="The officer; empty of another agency.", **MAYBE)
    agency = Varchar(length=200, help_text="Empty of an officer.", **MUST)
    name = Varchar(length=200, **MUST)
    post = Varchar(length=200, **MUST)
    purpose = Varchar(length=500, **MUST)
    due_on = Date(**MUST)
    asked_at = Timestamptz(**MUST)
    asked_by = UUID(**MAYBE)
    asked_by_name = Varchar(length=200, **MUST)
    decided_at = Timestamptz(**MAYBE)
    decided_by_name = Varchar(length=200, help_text="Who allowed or refused it.", **MUST)
    decided_by_post = Varchar(length=200, **MUST)
    why = Varchar(length=500, help_text="Why it was refused.", **MUST)
    lent_on = Date(**MAYBE)
    returned_on = Date(**MAYBE)
    returned_by = Varchar(length=200, help_text="Who brought it back.", **MUST)
    taken_by_name = Varchar(length=200, help_text="Who took it back.", **MUST)
    reminded_on = Date(**MAYBE)


class Disposal(OfTenant, Table, tablename="disposal", schema="eoffice"):
    """A list of documents that leave the office, see rules.disposing."""

    id = UUID(primary_key=True, **MUST)
    kind = Varchar(length=8, help_text="destroy, archives", **MUST)
    year = SmallInt(help_text="Buddhist, in which it is drawn.", **MUST)
    state = Varchar(length=12, **MUST)
    drawn_on = Date(**MUST)
    drawn_by_name = Varchar(length=200, **MUST)
    committee = JSONB(help_text="Members, the chair first.", **MUST)
    order_number = Varchar(length=80, help_text="Of the order that appoints them.", **MUST)
    order_on = Date(**MAYBE)
    dissents = JSONB(**MUST)
    reported_on = Date(**MAYBE)
    agreement = JSONB(help_text="Who had it sent to the archives, as a signature.", **MAYBE)
    agreed_at = Timestamptz(**MAYBE)
    sent_number = Varchar(length=80, help_text="Of the letter to the National Archives.", **MUST)
    sent_on = Date(**MAYBE)
    reply = Varchar(length=8, help_text="agreed, changed, silent", **MUST)
    reply_number = Varchar(length=80, **MUST)
    replied_on = Date(**MAYBE)
    approval = JSONB(help_text="Who approved, as a signature.", **MAYBE)
    approved_at = Timestamptz(**MAYBE)
    done_on = Date(**MAYBE)
    method = Varchar(length=300, help_text="How the paper was destroyed, before whom.", **MUST)
    why = Varchar(length=500, help_text="Why it was dropped.", **MUST)
    revision = Integer(**MUST)


class DisposalItem(OfTenant, Table, tablename="disposal_item", schema="eoffice"):
    """A document on a list, and what becomes of it."""

    disposal_id = UUID(primary_key=True, **MUST)
    turn = Integer(help_text="From 1.", **MUST)
    letter_id = UUID(**MUST)
    decision = Varchar(length=8, help_text="See rules.disposing; empty until decided.", **MUST)
    until = SmallInt(help_text="Last Buddhist year, of one that is kept longer.", **MAYBE)
    why = Varchar(length=500, **MUST)
    outcome = Varchar(length=9, **MUST)


class Export(OfTenant, Table, tablename="export", schema="eoffice"):
    """A package of a register and year with its files, made in the background."""

    id = UUID(primary_key=True, **MUST)
    register = Varchar(length=60, **MUST)
    year = SmallInt(**MUST)
    state = Varchar(length=8, help_text="waiting, done, failed", **MUST)
    asked_at = Timestamptz(**MUST)
    asked_by = UUID(**MAYBE)
    asked_by_name = Varchar(length=200, **MUST)
    made_at = Timestamptz(**MAYBE)
    entries = Integer(**MUST)
    letters = Integer(**MUST)
    files = Integer(**MUST)
    secret = Integer(help_text="Letters that are left out.", **MUST)
    size = BigInt(help_text="Bytes.", **MUST)
    digest = Varchar(length=64, **MUST)
    problem = JSONB(help_text="Why it failed, in both languages.", **MAYBE)
