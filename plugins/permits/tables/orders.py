"""Rows of orders to stop, to put right, to demolish."""

from piccolo.columns import JSONB, UUID, Date, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Order(OfTenant, Table, tablename="building_order", schema="permits"):
    """An order of the local official, and what became of it."""

    id = UUID(primary_key=True, **MUST)
    number = Varchar(length=20, help_text="Of the letter.", **MUST)
    kind = Varchar(length=10, help_text="stop, fix, demolish", **MUST)
    ground = JSONB(help_text="A Ground of the rules, as it held when it was issued.", **MUST)
    permit = Varchar(length=20, help_text="Number; empty where there is none.", **MUST)
    case_id = UUID(help_text="Of the permit.", **MAYBE)
    to_name = Varchar(length=200, help_text="May be empty: nobody knows.", **MUST)
    place = Varchar(length=400, **MUST)
    pin = JSONB(help_text="lat and lon, degrees.", **MAYBE)
    facts = Varchar(length=3000, **MUST)
    wanted = Varchar(length=1000, help_text="What exactly is to be done.", **MUST)
    days = SmallInt(help_text="To obey, from the day it is known; 0: at once.", **MUST)
    follows = UUID(help_text="The order to stop that it decides.", **MAYBE)
    paper = UUID(**MUST)
    issued_on = Date(**MUST)
    issued_at = Timestamptz(**MUST)
    made_by_name = Varchar(length=200, **MUST)
    decide_by = Date(help_text="The office decides what follows.", **MAYBE)
    decided_on = Date(**MAYBE)
    served_how = Varchar(length=10, help_text="signed, post, posted", **MUST)
    served_on = Date(**MAYBE)
    served_note = Varchar(length=300, **MUST)
    served_by_name = Varchar(length=200, **MUST)
    known_on = Date(help_text="It counts as known.", **MAYBE)
    due_on = Date(help_text="The last day to obey.", **MAYBE)
    state = Varchar(length=10, help_text="open, complied, withdrawn", **MUST)
    closed_on = Date(**MAYBE)
    closed_why = Varchar(length=500, **MUST)
    closed_by_name = Varchar(length=200, **MUST)
