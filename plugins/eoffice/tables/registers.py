"""Rows of registers: each number with what was entered under it, and the codes of letters."""

from piccolo.columns import UUID, Date, Integer, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Entry(OfTenant, Table, tablename="entry", schema="eoffice"):
    """A number of a register and year, used, reserved or void; never removed."""

    register = Varchar(length=60, primary_key=True, help_text="See rules.registers.", **MUST)
    year = SmallInt(help_text="Buddhist Era, calendar year in the municipality.", **MUST)
    number = Integer(help_text="From 1 without gaps.", **MUST)
    state = Varchar(length=8, help_text="used, reserved, void", **MUST)
    letter_id = UUID(**MAYBE)
    entered_at = Timestamptz(**MUST)
    entered_by = UUID(**MAYBE)
    entered_by_name = Varchar(length=200, **MUST)
    letter_number = Varchar(length=80, help_text="Of the letter itself.", **MUST)
    dated_on = Date(**MAYBE)
    sender = Varchar(length=300, **MUST)
    recipient = Varchar(length=500, **MUST)
    subject = Varchar(length=500, help_text="Masked of a secret one.", **MUST)
    action = Varchar(length=300, help_text="What was done with it.", **MUST)
    remark = Varchar(length=500, help_text="Also why it is reserved or void.", **MUST)


class LetterCode(OfTenant, Table, tablename="letter_code", schema="eoffice"):
    """What stands before the number of a division's letters."""

    unit = Varchar(length=40, primary_key=True, help_text="Empty: the whole office.", **MUST)
    code = Varchar(length=40, **MUST)
