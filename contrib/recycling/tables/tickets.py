"""Rows of what was weighed and bought."""

from piccolo.columns import JSONB, UUID, BigInt, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Ticket(OfTenant, Table, tablename="ticket", schema="recycling"):
    """What was weighed of a member at one time; never changed, never deleted."""

    id = UUID(primary_key=True, **MUST)
    number = Varchar(length=20, help_text="As quoted, e.g. 12/2569.", **MUST)
    member_id = UUID(**MUST)
    call_id = UUID(help_text="None where the member came to the centre.", **MAYBE)
    collector = UUID(**MUST)
    collector_name = Varchar(length=200, **MUST)
    weighed_at = Timestamptz(help_text="At the scale: the prices are those of then.", **MUST)
    sent_at = Timestamptz(help_text="When it arrived.", **MUST)
    total = BigInt(help_text="Satang.", **MUST)
    cash = BigInt(help_text="Satang that were paid at once.", **MUST)
    said = BigInt(help_text="The sum that the device told, if one did.", **MAYBE)
    photos = JSONB(help_text="Of the scale, with their digests in the store.", **MUST)


class Line(OfTenant, Table, tablename="line", schema="recycling"):
    """One material on a ticket; never changed, never deleted."""

    ticket_id = UUID(primary_key=True, **MUST)
    position = SmallInt(**MUST)
    material = Varchar(length=20, **MUST)
    quantity = BigInt(help_text="Grams, or pieces, or crates.", **MUST)
    price = BigInt(help_text="Satang for one unit, at the moment of weighing.", **MUST)
    amount = BigInt(help_text="Satang.", **MUST)
