"""Rows of letters, their files, and who may read those that are secret."""

from piccolo.columns import JSONB, UUID, Bytea, Date, Integer, SmallInt, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant, TSVector


class Letter(OfTenant, Table, tablename="letter", schema="eoffice"):
    """An official document, from outside or of the office."""

    id = UUID(primary_key=True, **MUST)
    way = Varchar(length=3, help_text="in: received; out: the office's own.", **MUST)
    kind = Varchar(
        length=20, help_text="See rules.kinds; petition: what a citizen filed here.", **MUST
    )
    state = Varchar(length=12, help_text="See rules.states.", **MUST)
    number = Varchar(length=80, help_text="Its own; empty until it is signed.", **MUST)
    dated_on = Date(**MAYBE)
    subject = Varchar(length=500, **MUST)
    sender = Varchar(length=300, **MUST)
    recipient = Varchar(length=500, **MUST)
    secrecy = Varchar(length=10, help_text="normal, secret", **MUST)
    speed = Varchar(length=12, **MUST)
    due_at = Timestamptz(help_text="To be acted on by then.", **MAYBE)
    unit = Varchar(length=40, help_text="Whose matter it is.", **MUST)
    keywords = Varchar(length=300, **MUST)
    answers = UUID(help_text="The letter that this one answers.", **MAYBE)
    case_id = UUID(help_text="The case of a service that it belongs to.", **MAYBE)
    given_at = Timestamptz(help_text="When who filed its case could read it.", **MAYBE)
    content = JSONB(help_text="What the office's own letter says, see rules.drafts.", **MUST)
    signer = Varchar(length=90, help_text="Key of the post that signs.", **MUST)
    paper = UUID(help_text="As it was signed, of kit.documents.", **MAYBE)
    retention = Varchar(length=20, help_text="Class of keeping.", **MUST)
    closed_on = Date(help_text="When it was dealt with; keeping counts from here.", **MAYBE)
    twin = Varchar(
        length=64, help_text="Fingerprint of number, day and sender; empty: may repeat.", **MUST
    )
    created_at = Timestamptz(**MUST)
    created_by = UUID(**MAYBE)
    revision = Integer(**MUST)


class File(OfTenant, Table, tablename="file", schema="eoffice"):
    """A file of a letter, kept byte for byte in the store."""

    id = UUID(primary_key=True, **MUST)
    letter_id = UUID(**MUST)
    role = Varchar(length=10, help_text="main, enclosed, stamped, signed", **MUST)
    position = SmallInt(**MUST)
    name = Varchar(length=255, **MUST)
    mime = Varchar(length=80, **MUST)
    digest = Varchar(length=64, **MUST)
    size = Integer(help_text="Bytes.", **MUST)
    pages = SmallInt(**MUST)
    added_at = Timestamptz(**MUST)
    added_by = UUID(**MAYBE)
    dropped_at = Timestamptz(help_text="Taken from a draft again; kept.", **MAYBE)


class Words(OfTenant, Table, tablename="words", schema="eoffice"):
    """What can be read in a letter and its files, to be searched; none of a secret one."""

    letter_id = UUID(primary_key=True, **MUST)
    words = Text(help_text="Head and files, one after the other.", **MUST)
    search = TSVector(help_text="Pieces of them.", **MUST)


class Certificate(OfTenant, Table, tablename="certificate", schema="eoffice"):
    """The file with which an officer signs by a certificate, encrypted as its issuer made it.

    Its passphrase is typed at every signing and kept nowhere.
    """

    account = UUID(primary_key=True, **MUST)
    file = Bytea(help_text="PKCS#12.", **MUST)
    name = Varchar(length=200, help_text="Whom it names.", **MUST)
    added_at = Timestamptz(**MUST)


class Reader(OfTenant, Table, tablename="reader", schema="eoffice"):
    """Somebody who may read a secret letter; nobody else knows of it."""

    letter_id = UUID(primary_key=True, **MUST)
    account = UUID(**MUST)
    added_at = Timestamptz(**MUST)
    added_by = UUID(**MAYBE)
    given_by = UUID(help_text="The endorsement that sent it to them.", **MAYBE)
