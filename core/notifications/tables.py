"""The outbox's rows, which are the inbox's too."""

from piccolo.columns import UUID, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.db import MUST, OfTenant


class MessageRow(OfTenant, Table, tablename="message", schema="core"):
    """One message to one recipient by one channel; of each there is never a second.

    ``state`` is ``queued`` (a job will deliver it), ``waiting`` (nothing here can deliver by
    this channel yet), ``sent``, ``failed`` (for a person to look at) or ``dropped`` (the
    recipient does not use the channel).
    """

    id = UUID(primary_key=True, **MUST)
    key = Varchar(length=200, help_text="What it is about; given by the sender.", **MUST)
    recipient = Varchar(length=320, help_text="The account's id, or the address given.", **MUST)
    channel = Varchar(length=20, help_text="inbox, email, or a plugin's.", **MUST)
    account = UUID(null=True, default=None)
    address = Varchar(length=320, help_text="Where the channel sends it; may be empty.", **MUST)
    language = Varchar(length=2, **MUST)
    template = Varchar(length=80, **MUST)
    subject_th = Varchar(length=300, **MUST)
    subject_en = Varchar(length=300, **MUST)
    body_th = Text(**MUST)
    body_en = Text(**MUST)
    href = Varchar(length=300, help_text="Path of the page to read on; may be empty.", **MUST)
    state = Varchar(length=10, **MUST)
    attempts = Integer(**MUST)
    error = Varchar(length=500, null=True, default=None, help_text="Of the last attempt.")
    receipt = Varchar(length=200, null=True, default=None, help_text="What the taker answered.")
    created_at = Timestamptz(**MUST)
    sent_at = Timestamptz(null=True, default=None)
    read_at = Timestamptz(null=True, default=None)
