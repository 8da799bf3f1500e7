"""Rows of the register: every permit that was issued, and how it stands now."""

from piccolo.columns import (
    JSONB,
    UUID,
    Date,
    Integer,
    Numeric,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Permit(OfTenant, Table, tablename="permit", schema="permits"):
    """A permit, by the id of the case that it was issued in.

    One that was issued on paper before has an id of its own, and neither case nor paper.
    """

    case_id = UUID(primary_key=True, **MUST)
    paper = UUID(**MAYBE)
    number = Varchar(length=20, help_text="As it is quoted, e.g. 12/2569.", **MUST)
    service = Varchar(length=80, help_text="Empty of one issued before.", **MUST)
    work = Varchar(length=12, help_text="build, alter, demolish", **MUST)
    use = Varchar(length=12, **MUST)
    storeys = Integer(**MUST)
    area = Numeric(digits=(12, 2), help_text="Square metres of all floors.", **MUST)
    holder = Varchar(length=200, **MUST)
    phone = Varchar(length=16, help_text="E.164; may be empty.", **MUST)
    account = UUID(**MAYBE)
    subdistrict = Varchar(length=6, **MUST)
    place = Varchar(length=400, help_text="In one line.", **MUST)
    deed = Varchar(length=60, **MUST)
    plan = Varchar(length=40, help_text="Code of the standard plan; empty for own.", **MUST)
    pin = JSONB(help_text="lat and lon, degrees.", **MAYBE)
    plot = JSONB(help_text="Corners, as the form has them.", **MAYBE)
    fee = Integer(help_text="Satang.", **MUST)
    issued_on = Date(**MUST)
    until = Date(help_text="The last day on which it counts, renewals included.", **MUST)
    renewed = SmallInt(help_text="How often.", **MUST)
    state = Varchar(length=10, help_text="valid, completed, revoked", **MUST)
    changed_at = Timestamptz(**MUST)


class Reminded(OfTenant, Table, tablename="reminded", schema="permits"):
    """A holder was told that a permit expires: once for each number of days before its last day."""

    case_id = UUID(primary_key=True, **MUST)
    until = Date(**MUST)
    days = SmallInt(**MUST)
    at = Timestamptz(**MUST)
