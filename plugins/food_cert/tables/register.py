"""Rows of the register: every place where food is sold or stored, and how it stands now."""

from piccolo.columns import JSONB, UUID, Date, Integer, Numeric, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Place(OfTenant, Table, tablename="place", schema="food_cert"):
    """A place where food is sold or stored (สถานที่จำหน่ายหรือสะสมอาหาร)."""

    id = UUID(primary_key=True, **MUST)
    number = Integer(help_text="In the register, from 1.", **MUST)
    code = Varchar(length=14, help_text="Of its public page.", **MUST)
    name = Varchar(length=200, help_text="Of the business.", **MUST)
    kind = Varchar(length=5, help_text="sell, store", **MUST)
    instrument = Varchar(length=11, help_text="certificate, licence", **MUST)
    area = Numeric(digits=(8, 2), help_text="Square metres.", **MUST)
    workers = Integer(**MUST)
    holder = Varchar(length=200, help_text="Person or company.", **MUST)
    company_id = Varchar(length=13, help_text="Empty of a person.", **MUST)
    phone = Varchar(length=16, help_text="E.164; may be empty.", **MUST)
    account = UUID(**MAYBE)
    payer = UUID(help_text="Of the treasury; None before anything was billed.", **MAYBE)
    subdistrict = Varchar(length=6, **MUST)
    address = Varchar(length=400, help_text="In one line.", **MUST)
    site = JSONB(help_text="The address in its parts.", **MUST)
    pin = JSONB(help_text="lat and lon, degrees.", **MAYBE)
    sameness = Varchar(length=400, help_text="Equal for the same place entered twice.", **MUST)
    state = Varchar(length=9, help_text="A State of the rules.", **MUST)
    state_until = Date(help_text="The last day of a suspension.", **MAYBE)
    begun_on = Date(help_text="From when it may be run.", **MUST)
    opened_on = Date(help_text="Years of fees are counted from here.", **MUST)
    until = Date(help_text="The last day of its licence.", **MAYBE)
    case_id = UUID(help_text="In which its paper, or its receipt, was issued.", **MAYBE)
    renewing = UUID(help_text="Case of a renewal that was asked in time and waits.", **MAYBE)
    paper = UUID(help_text="The certificate or licence that counts.", **MAYBE)
    paper_number = Varchar(length=20, help_text="As it is quoted; may be empty.", **MUST)
    issued_on = Date(help_text="That paper.", **MAYBE)
    grade = Varchar(length=10, help_text="Of the last inspection; may be empty.", **MUST)
    score = SmallInt(help_text="Of a hundred.", **MAYBE)
    graded_on = Date(**MAYBE)
    closed_on = Date(help_text="The first day without the business.", **MAYBE)
    revision = Integer(help_text="Counts changes; of two at once the second is told.", **MUST)
    changed_at = Timestamptz(**MUST)


class PlaceEvent(OfTenant, Table, tablename="place_event", schema="food_cert"):
    """What became of a place. The application's role can neither change nor delete it."""

    id = UUID(primary_key=True, **MUST)
    place_id = UUID(**MUST)
    what = Varchar(length=20, help_text="notified, certified, inspected, …", **MUST)
    day = Date(**MUST)
    case_id = UUID(help_text="The case that asked for it, if one did.", **MAYBE)
    words_th = Varchar(length=500, **MUST)
    words_en = Varchar(length=500, **MUST)
    at = Timestamptz(**MUST)
    actor_name = Varchar(length=200, **MUST)


class PlaceRequest(OfTenant, Table, tablename="place_request", schema="food_cert"):
    """A case about a place that is in the register."""

    case_id = UUID(primary_key=True, **MUST)
    place_id = UUID(**MUST)
    service = Varchar(length=80, **MUST)
    filed_on = Date(**MUST)
    state = Varchar(length=5, help_text="open, ended", **MUST)


class PlacePaper(OfTenant, Table, tablename="place_paper", schema="food_cert"):
    """A paper that was issued about a place, by whatever case or act."""

    paper = UUID(primary_key=True, **MUST)
    place_id = UUID(**MUST)
    what = Varchar(length=12, help_text="receipt, certificate, licence, replacement, order", **MUST)
    number = Varchar(length=20, **MUST)
    subject = Varchar(length=120, help_text="By which it is opened, <noun>/<id>.", **MUST)
    issued_on = Date(**MUST)
