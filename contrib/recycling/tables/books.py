"""Rows of the books: postings, and what was paid out."""

from piccolo.columns import UUID, BigInt, Integer, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Posting(OfTenant, Table, tablename="posting", schema="recycling"):
    """One amount from one account to another; never changed, never deleted."""

    id = UUID(primary_key=True, **MUST)
    at = Timestamptz(**MUST)
    debit = Varchar(length=12, help_text="The account that receives.", **MUST)
    credit = Varchar(length=12, help_text="The account that gives.", **MUST)
    amount = BigInt(help_text="Satang, more than 0.", **MUST)
    member_id = UUID(help_text="Whose, where a side is the members'.", **MAYBE)
    what = Varchar(length=12, **MUST)
    subject = UUID(help_text="The ticket, withdrawal, load, lot or dividend.", **MUST)
    actor_name = Varchar(length=200, **MUST)


class Withdrawal(OfTenant, Table, tablename="withdrawal", schema="recycling"):
    """Money that a member took out; never changed, never deleted."""

    id = UUID(primary_key=True, **MUST)
    number = Integer(help_text="Without gaps.", **MUST)
    key = Varchar(length=80, help_text="The same key is the same withdrawal.", **MUST)
    member_id = UUID(**MUST)
    amount = BigInt(help_text="Satang.", **MUST)
    way = Varchar(length=10, help_text="cash, promptpay, bank", **MUST)
    shown = Varchar(length=12, help_text="The document by which the officer knew them.", **MUST)
    note = Varchar(length=200, **MUST)
    at = Timestamptz(**MUST)
    officer = UUID(**MAYBE)
    officer_name = Varchar(length=200, **MUST)
