"""Rows of orders about food premises."""

from piccolo.columns import JSONB, UUID, Date, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Order(OfTenant, Table, tablename="premises_order", schema="food_cert"):
    """An order of the local official about a food place, and what became of it."""

    id = UUID(primary_key=True, **MUST)
    number = Varchar(length=20, help_text="Of the letter.", **MUST)
    kind = Varchar(length=7, help_text="improve, suspend, revoke, stop, ban", **MUST)
    code = Varchar(length=20, help_text="Of its ground.", **MUST)
    ground = JSONB(help_text="A Ground of the rules, as it held when it was issued.", **MUST)
    place_id = UUID(help_text="None where the register does not have it.", **MAYBE)
    before = Varchar(
        length=9, help_text="To what the place returns; empty where it stands as it did.", **MUST
    )
    holder = Varchar(length=200, help_text="Of the place, as then.", **MUST)
    to_name = Varchar(length=200, help_text="May be empty: nobody knows.", **MUST)
    place = Varchar(length=620, help_text="Name and address, as then.", **MUST)
    facts = Varchar(length=3000, **MUST)
    wanted = Varchar(length=1000, help_text="What exactly is to be done.", **MUST)
    days = SmallInt(help_text="To obey, or for which it runs; 0: at once, until its end.", **MUST)
    until = Date(help_text="The last day on which it runs.", **MAYBE)
    follows = UUID(help_text="The order that was not obeyed.", **MAYBE)
    paper = UUID(**MUST)
    issued_on = Date(**MUST)
    issued_at = Timestamptz(**MUST)
    made_by_name = Varchar(length=200, **MUST)
    served_how = Varchar(length=10, help_text="signed, post, posted", **MUST)
    served_on = Date(help_text="From when it counts as known.", **MAYBE)
    served_note = Varchar(length=300, **MUST)
    served_by_name = Varchar(length=200, **MUST)
    due_on = Date(help_text="The last day to obey.", **MAYBE)
    state = Varchar(length=9, help_text="open, complied, withdrawn", **MUST)
    closed_on = Date(**MAYBE)
    closed_why = Varchar(length=500, **MUST)
    closed_by_name = Varchar(length=200, **MUST)
