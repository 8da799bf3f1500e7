"""Rows about people: who they are, how they are signed in, what they may do."""

from piccolo.columns import (
    UUID,
    Array,
    Boolean,
    Bytea,
    Date,
    Integer,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from core.db import MUST, OfTenant


class Account(OfTenant, Table, tablename="account", schema="core"):
    """A citizen or an officer. A person who is both has two accounts."""

    id = UUID(primary_key=True, **MUST)
    kind = Varchar(length=10, help_text="citizen or officer", **MUST)
    title = Varchar(length=60, help_text="As written before the name; may be empty.", **MUST)
    first_name = Varchar(length=120, **MUST)
    last_name = Varchar(length=120, **MUST)
    national_id = Bytea(null=True, default=None, help_text="13 digits, encrypted for this row.")
    national_id_key = Bytea(null=True, default=None, help_text="Fingerprint to find it by.")
    phone = Varchar(length=20, null=True, default=None, help_text="E.164")
    phone_verified = Boolean(**MUST)
    email = Varchar(length=254, null=True, default=None, help_text="In small letters.")
    email_verified = Boolean(**MUST)
    password_hash = Varchar(length=200, help_text="argon2; empty until one is set.", **MUST)
    post = Varchar(length=200, help_text="As under a signature.", **MUST)
    unit = Varchar(length=40, null=True, default=None)
    active = Boolean(**MUST)
    language = Varchar(length=2, **MUST)
    created_at = Timestamptz(**MUST)


class Session(OfTenant, Table, tablename="session", schema="core"):
    """A browser in which somebody has signed in. Kept after its end: it is the record of it."""

    id = UUID(primary_key=True, **MUST)
    token = Bytea(help_text="SHA-256 of what the browser holds.", **MUST)
    account = UUID(**MUST)
    device = Bytea(null=True, default=None, help_text="SHA-256 of the browser's lasting mark.")
    address = Varchar(length=64, **MUST)
    browser = Varchar(length=200, help_text="What it calls itself.", **MUST)
    created_at = Timestamptz(**MUST)
    seen_at = Timestamptz(help_text="To the minute.", **MUST)
    expires_at = Timestamptz(**MUST)
    revoked_at = Timestamptz(null=True, default=None)


class OneTimeCode(OfTenant, Table, tablename="one_time_code", schema="core"):
    """A code that was sent and shows that whoever types it reads that phone or mailbox."""

    id = UUID(primary_key=True, **MUST)
    token = Bytea(help_text="SHA-256 of what the asking browser holds.", **MUST)
    account = UUID(null=True, default=None)
    purpose = Varchar(length=20, **MUST)
    code = Bytea(help_text="Fingerprint.", **MUST)
    details = Bytea(help_text="Where it goes and what it is for, encrypted.", **MUST)
    sent = Integer(help_text="How often a code was sent for this.", **MUST)
    tries = Integer(**MUST)
    created_at = Timestamptz(**MUST)
    expires_at = Timestamptz(**MUST)
    used_at = Timestamptz(null=True, default=None)


class SignInAttempt(OfTenant, Table, tablename="sign_in_attempt", schema="core"):
    """How often something was tried from one address or on one account."""

    key = Bytea(primary_key=True, help_text="Fingerprint of what is counted.", **MUST)
    attempts = Integer(**MUST)
    last_at = Timestamptz(**MUST)
    paused_until = Timestamptz(null=True, default=None)


class Role(OfTenant, Table, tablename="role", schema="core"):
    """What the holders of a post may do."""

    code = Varchar(length=40, primary_key=True, **MUST)
    title_th = Varchar(length=120, **MUST)
    title_en = Varchar(length=120, **MUST)
    permissions = Array(base_column=Varchar(length=80), **MUST)
    proposed = Array(
        base_column=Varchar(length=80), help_text="Once given by a plugin, kept or not.", **MUST
    )
    position = Integer(help_text="Order in lists; the highest post has the largest.", **MUST)


class RoleHolder(OfTenant, Table, tablename="role_holder", schema="core"):
    """An account holds a role, in one unit with all below it, or everywhere."""

    id = UUID(primary_key=True, **MUST)
    account = UUID(**MUST)
    role = Varchar(length=40, **MUST)
    unit = Varchar(length=40, null=True, default=None, help_text="Empty: everywhere.")
    granted_by = UUID(null=True, default=None)
    granted_at = Timestamptz(**MUST)


class ActingOrder(OfTenant, Table, tablename="acting", schema="core"):
    """By an order, an officer acts in a post that is another's or nobody's.

    The post is a role in a unit, so that a vacant one can be acted for too.
    """

    id = UUID(primary_key=True, **MUST)
    actor = UUID(**MUST)
    principal = UUID(null=True, default=None, help_text="Whose post it is; empty: vacant.")
    role = Varchar(length=40, **MUST)
    unit = Varchar(length=40, null=True, default=None, help_text="Empty: everywhere.")
    post = Varchar(length=200, help_text="As under a signature.", **MUST)
    mode = Varchar(length=10, help_text="replacing, delegated or filling", **MUST)
    order_no = Varchar(length=60, **MUST)
    order_on = Date(**MUST)
    from_on = Date(**MUST)
    to_on = Date(null=True, default=None, help_text="The last day; empty: until ended.")
    ended_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(**MUST)


class ParkedForm(OfTenant, Table, tablename="parked_form", schema="core"):
    """What somebody had filled in when the session was over, until they are back."""

    id = UUID(primary_key=True, **MUST)
    token = Bytea(help_text="SHA-256 of what the browser holds.", **MUST)
    account = UUID(null=True, default=None, help_text="Whose it is; empty: not known yet.")
    form = Bytea(help_text="Path and values, encrypted.", **MUST)
    created_at = Timestamptz(**MUST)
    expires_at = Timestamptz(**MUST)
