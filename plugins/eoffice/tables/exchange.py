"""Rows of what travels: by which channels and to whom, what went out, what came, who signs."""

from piccolo.columns import JSONB, UUID, Boolean, Bytea, Integer, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Correspondent(OfTenant, Table, tablename="correspondent", schema="eoffice"):
    """An agency that the office writes to, and how its letters travel."""

    id = UUID(primary_key=True, **MUST)
    name = Varchar(length=200, **MUST)
    post = Varchar(length=200, help_text="Whom letters address.", **MUST)
    channel = Varchar(length=10, help_text="See rules.dispatching.", **MUST)
    mailbox = Varchar(length=254, help_text="Its central mailbox.", **MUST)
    department = Varchar(length=5, help_text="Its TH e-GIF code.", **MUST)
    node = Varchar(length=300, help_text="URL of its node, or of its Thongthin.", **MUST)
    key = Varchar(length=64, help_text="Public key that it signs with.", **MUST)
    neighbour = Varchar(length=32, help_text="Its id in this installation.", **MUST)
    active = Boolean(**MUST)
    changed_at = Timestamptz(**MUST)


class Channel(OfTenant, Table, tablename="channel", schema="eoffice"):
    """A channel that the office set up for itself."""

    code = Varchar(length=10, primary_key=True, help_text="See service.channels.", **MUST)
    config = JSONB(**MUST)
    secret = Bytea(help_text="Its password, encrypted for this row.", **MAYBE)
    active = Boolean(**MUST)
    changed_at = Timestamptz(**MUST)
    collected_at = Timestamptz(help_text="When it last gave all that waited.", **MAYBE)
    problem = JSONB(help_text="Why it gives nothing since, in both languages.", **MAYBE)


class Dispatch(OfTenant, Table, tablename="dispatch", schema="eoffice"):
    """A letter or a note on its way to one agency; the same message at every attempt."""

    id = UUID(primary_key=True, help_text="Of the parcel or note.", **MUST)
    letter_id = UUID(**MUST)
    what = Varchar(length=12, help_text="letter, or the kind of a note.", **MUST)
    correspondent = UUID(**MUST)
    receiver = Varchar(length=200, help_text="Its name then.", **MUST)
    channel = Varchar(length=10, **MUST)
    state = Varchar(length=12, help_text="See rules.dispatching.", **MUST)
    content = JSONB(help_text="The parcel or note.", **MUST)
    message = Bytea(help_text="As it was signed, of a signed channel.", **MAYBE)
    proof = Bytea(help_text="What shows that the other side has it.", **MAYBE)
    attempts = Integer(**MUST)
    problem = JSONB(help_text="Why the last attempt failed, in both languages.", **MAYBE)
    created_at = Timestamptz(**MUST)
    created_by = UUID(**MAYBE)
    sent_at = Timestamptz(**MAYBE)
    received_at = Timestamptz(**MAYBE)
    answered_at = Timestamptz(help_text="Accepted or not taken.", **MAYBE)
    accept_number = Varchar(length=80, help_text="Its receive number.", **MUST)
    why = Varchar(length=500, help_text="Why it is not taken.", **MUST)
    asked_at = Timestamptz(help_text="When a person was asked about it.", **MAYBE)
    behind = UUID(help_text="The dispatch that has to be sent before it.", **MAYBE)


class Arrival(OfTenant, Table, tablename="arrival", schema="eoffice"):
    """Something that came over a channel: kept once, however often it comes."""

    channel = Varchar(length=10, primary_key=True, **MUST)
    key = Varchar(length=200, help_text="The channel's own name for it.", **MUST)
    letter_id = UUID(help_text="The letter that came, or that a note is about.", **MAYBE)
    correspondent = UUID(help_text="Who sent it, where that is known.", **MAYBE)
    content = JSONB(**MUST)
    proof = Bytea(help_text="What shows who sent it.", **MAYBE)
    receipt = Bytea(help_text="What we signed for it.", **MAYBE)
    doubt = JSONB(help_text="Why a person must look at it, in both languages.", **MAYBE)
    arrived_at = Timestamptz(**MUST)


class Seal(OfTenant, Table, tablename="seal", schema="eoffice"):
    """The key with which the office signs what it exchanges; there is one."""

    key = Varchar(length=64, primary_key=True, help_text="Public.", **MUST)
    private = Bytea(help_text="Encrypted for this row.", **MUST)
    made_at = Timestamptz(**MUST)
