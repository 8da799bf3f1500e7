"""Rows of appointments, of the queue, and of who sits at which counter."""

from piccolo.columns import UUID, Date, Integer, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant
from plugins.oss.rules.queue import Turn
from plugins.oss.rules.slots import Visit


class Slot(OfTenant, Table, tablename="slot", schema="oss"):
    """A time that was booked at least once; whoever books it again waits for its row."""

    kind = Varchar(length=40, primary_key=True, **MUST)
    starts_at = Timestamptz(**MUST)


class Appointment(OfTenant, Table, tablename="appointment", schema="oss"):
    """A visit that somebody announced."""

    id = UUID(primary_key=True, **MUST)
    code = Varchar(length=14, help_text="Whoever holds it may change the appointment.", **MUST)
    kind = Varchar(length=40, **MUST)
    starts_at = Timestamptz(**MUST)
    visit_on = Date(help_text="Local day of starts_at.", **MUST)
    minutes = SmallInt(**MUST)
    place = SmallInt(help_text="Which of the places of the slot, from 1.", **MUST)
    name = Varchar(length=200, **MUST)
    phone = Varchar(length=16, help_text="E.164", **MUST)
    account = UUID(help_text="Of a citizen who was signed in, or whose case it is.", **MAYBE)
    case_id = UUID(help_text="The case it is about; no foreign key on purpose.", **MAYBE)
    case_number = Varchar(length=20, **MAYBE)
    service = Varchar(
        length=80, help_text="Of the case, where the visit stands on its way.", **MAYBE
    )
    title_th = Varchar(length=200, help_text="Of such a visit, as it was booked.", **MAYBE)
    title_en = Varchar(length=200, **MAYBE)
    state = Varchar(length=10, choices=Visit, **MUST)
    language = Varchar(length=2, **MUST)
    booked_at = Timestamptz(**MUST)
    changed_at = Timestamptz(**MUST)


class Ticket(OfTenant, Table, tablename="ticket", schema="oss"):
    """A place in the queue of one day."""

    id = UUID(primary_key=True, **MUST)
    issued_on = Date(**MUST)
    series = Varchar(length=1, help_text="A for who walks in, B for appointments.", **MUST)
    number = Integer(help_text="Without gaps within day and series.", **MUST)
    kind = Varchar(length=40, **MUST)
    state = Varchar(length=10, choices=Turn, **MUST)
    due_at = Timestamptz(help_text="Its turn is by this, not by when it was issued.", **MUST)
    issued_at = Timestamptz(**MUST)
    appointment_id = UUID(**MAYBE)
    counter = SmallInt(help_text="Where it was called to.", **MAYBE)
    for_counter = SmallInt(help_text="The only counter that calls it.", **MAYBE)
    officer = UUID(**MAYBE)
    calls = SmallInt(help_text="How often it was called.", **MUST)
    called_at = Timestamptz(help_text="The last time.", **MAYBE)
    ended_at = Timestamptz(**MAYBE)


class Seat(OfTenant, Table, tablename="seat", schema="oss"):
    """Who sits at a counter on a day; the next day everybody chooses again."""

    counter = SmallInt(primary_key=True, **MUST)
    officer = UUID(**MUST)
    officer_name = Varchar(length=200, **MUST)
    sits_on = Date(**MUST)
