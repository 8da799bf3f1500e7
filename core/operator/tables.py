"""Rows of the operator's tenant, and those that it shares with a municipality side by side."""

from piccolo.columns import JSONB, UUID, Array, BigInt, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table

from core.db import MUST, OfTenant


class LocalOffice(OfTenant, Table, tablename="local_office", schema="core"):
    """A local administrative organisation (อปท.) of the official list, as it was read last."""

    code = Varchar(length=8, primary_key=True, help_text="Eight digits of the DLA.", **MUST)
    kind = Varchar(length=40, **MUST)
    name = Varchar(length=200, help_text="Official, with its kind.", **MUST)
    district = Varchar(length=100, **MUST)
    province = Varchar(length=100, **MUST)


class Noted(OfTenant, Table, tablename="noted", schema="core"):
    """What came from another tenant's trail: by this row it is entered once."""

    id = UUID(primary_key=True, **MUST)
    at = Timestamptz(**MUST)


class SupportAccess(OfTenant, Table, tablename="support_access", schema="core"):
    """Somebody of the operator asks to act in an office. A row on each side, of the same id.

    The office's row decides; the operator's tells how it stands there.
    """

    id = UUID(primary_key=True, **MUST)
    office = Varchar(length=32, help_text="In which tenant, on both sides.", **MUST)
    person = UUID(help_text="Account at the operator's, and of kind support here.", **MUST)
    title = Varchar(length=60, **MUST)
    first_name = Varchar(length=120, **MUST)
    last_name = Varchar(length=120, **MUST)
    role = Varchar(length=40, help_text="Asked for; once given, the one that was given.", **MUST)
    reason = Varchar(length=500, **MUST)
    minutes = Integer(**MUST)
    state = Varchar(length=10, **MUST)
    asked_at = Timestamptz(**MUST)
    decided_at = Timestamptz(null=True, default=None)
    decided_by = Varchar(length=200, null=True, default=None, help_text="Name of who did.")
    until = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    ended_by = Varchar(length=200, null=True, default=None, help_text="Name of who did.")


class SupportUse(OfTenant, Table, tablename="support_use", schema="core"):
    """One page that was opened, or one form that was sent, under a support access."""

    id = UUID(primary_key=True, **MUST)
    access = UUID(**MUST)
    at = Timestamptz(**MUST)
    method = Varchar(length=10, **MUST)
    path = Varchar(length=300, **MUST)


class Announcement(OfTenant, Table, tablename="announcement", schema="core"):
    """What the operator tells administrators. A row at the operator's and in each office."""

    id = UUID(primary_key=True, **MUST)
    title_th = Varchar(length=200, **MUST)
    title_en = Varchar(length=200, **MUST)
    body_th = Varchar(length=2000, **MUST)
    body_en = Varchar(length=2000, **MUST)
    kinds = Array(base_column=Varchar(length=40), help_text="Empty: all kinds.", **MUST)
    provinces = Array(base_column=Varchar(length=100), help_text="Empty: everywhere.", **MUST)
    sent_at = Timestamptz(**MUST)
    sent_by = Varchar(length=200, **MUST)


class AnnouncementOffice(OfTenant, Table, tablename="announcement_office", schema="core"):
    """An office to which an announcement goes; the operator's."""

    announcement = UUID(primary_key=True, **MUST)
    office = Varchar(length=32, **MUST)
    administrators = Integer(null=True, default=None, help_text="Empty until it is there.")
    reached_at = Timestamptz(null=True, default=None)


class AnnouncementReader(OfTenant, Table, tablename="announcement_reader", schema="core"):
    """Somebody has read an announcement. A row on each side."""

    announcement = UUID(primary_key=True, **MUST)
    office = Varchar(length=32, **MUST)
    account = UUID(**MUST)
    name = Varchar(length=200, **MUST)
    read_at = Timestamptz(**MUST)


class OfficeState(OfTenant, Table, tablename="office_state", schema="core"):
    """How an office does, as it was seen last; the operator's."""

    office = Varchar(length=32, primary_key=True, **MUST)
    at = Timestamptz(**MUST)
    plugins = Array(base_column=Varchar(length=40), help_text="Switched on.", **MUST)
    resting = JSONB(help_text="Names of plugins in quarantine with the cause of each.", **MUST)
    failures = Integer(help_text="Of plugins, within a day.", **MUST)
    jobs = Integer(help_text="That are due.", **MUST)
    oldest_job_at = Timestamptz(null=True, default=None)
    undelivered = Integer(help_text="Work that was given up.", **MUST)
    messages_waiting = Integer(**MUST)
    messages_failed = Integer(**MUST)
    file_bytes = BigInt(null=True, default=None)
    rows = BigInt(null=True, default=None, help_text="Estimated.")
    measured_at = Timestamptz(null=True, default=None, help_text="When files and rows were.")
    figures_at = Timestamptz(null=True, default=None, help_text="When the monthly figures were.")


class OfficeMonth(OfTenant, Table, tablename="office_month", schema="core"):
    """The figures of one service of one office in one month; the operator's."""

    office = Varchar(length=32, primary_key=True, **MUST)
    service = Varchar(length=80, **MUST)
    month = Date(help_text="Its first day.", **MUST)
    title_th = Varchar(length=300, **MUST)
    title_en = Varchar(length=300, **MUST)
    filed = Integer(**MUST)
    decided = Integer(**MUST)
    in_time = Integer(help_text="Of those decided.", **MUST)
