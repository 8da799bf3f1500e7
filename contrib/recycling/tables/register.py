"""Rows of members, materials with their prices, and calls for a collector."""

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


class Member(OfTenant, Table, tablename="member", schema="recycling"):
    """A household of the waste bank, and how it is paid."""

    id = UUID(primary_key=True, **MUST)
    number = Integer(help_text="In the register, without gaps.", **MUST)
    account = UUID(help_text="Of who signs in as the household.", **MAYBE)
    name = Varchar(length=200, **MUST)
    phone = Varchar(length=16, help_text="E.164; may be empty.", **MUST)
    address = Varchar(length=300, **MUST)
    village = Varchar(length=60, **MUST)
    pay = Varchar(length=10, help_text="cash, promptpay, bank", **MUST)
    promptpay = Varchar(length=16, help_text="E.164 or 13 digits; may be empty.", **MUST)
    bank = Varchar(length=60, help_text="May be empty.", **MUST)
    bank_account = Varchar(length=20, help_text="May be empty.", **MUST)
    advance = BigInt(help_text="Satang that were approved to be paid ahead.", **MUST)
    open = Boolean(**MUST)
    joined_at = Timestamptz(**MUST)


class Material(OfTenant, Table, tablename="material", schema="recycling"):
    """What is bought."""

    code = Varchar(length=20, primary_key=True, **MUST)
    position = SmallInt(help_text="In the list of its group.", **MUST)
    kind = Varchar(length=12, help_text="Code of its group.", **MUST)
    title_th = Varchar(length=120, **MUST)
    title_en = Varchar(length=120, **MUST)
    grade = Varchar(length=40, help_text="May be empty.", **MUST)
    unit = Varchar(length=6, help_text="kg, piece, crate", **MUST)
    open = Boolean(help_text="It is bought.", **MUST)


class Price(OfTenant, Table, tablename="price", schema="recycling"):
    """What is paid for a material from a moment on; never changed, never deleted."""

    id = UUID(primary_key=True, **MUST)
    material = Varchar(length=20, **MUST)
    from_at = Timestamptz(**MUST)
    amount = BigInt(help_text="Satang for one unit.", **MUST)
    source = Varchar(length=200, **MUST)
    made_at = Timestamptz(**MUST)
    made_by_name = Varchar(length=200, **MUST)


class Call(OfTenant, Table, tablename="call", schema="recycling"):
    """A member's call for a collector."""

    id = UUID(primary_key=True, **MUST)
    number = Integer(help_text="Without gaps.", **MUST)
    member_id = UUID(**MUST)
    state = Varchar(length=10, help_text="open, accepted, weighed, cancelled, lapsed", **MUST)
    slot_on = Date(**MUST)
    slot = Varchar(length=10, help_text="morning, afternoon", **MUST)
    kinds = JSONB(help_text="Codes of the groups that wait there.", **MUST)
    grams = Integer(help_text="As the member guesses.", **MUST)
    address = Varchar(length=300, **MUST)
    note = Varchar(length=500, **MUST)
    pin = JSONB(help_text="lat and lon, degrees.", **MAYBE)
    photos = JSONB(help_text="With their digests in the store.", **MUST)
    made_at = Timestamptz(**MUST)
    collector = UUID(**MAYBE)
    collector_name = Varchar(length=200, **MUST)
    accepted_at = Timestamptz(**MAYBE)
    ended_at = Timestamptz(**MAYBE)
