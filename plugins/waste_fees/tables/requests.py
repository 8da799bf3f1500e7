"""Rows of requests that were approved: whether the register follows them yet."""

from piccolo.columns import UUID, Timestamptz, Varchar
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Granted(OfTenant, Table, tablename="granted", schema="waste_fees"):
    """An approved request; each is carried out once."""

    case_id = UUID(primary_key=True, help_text="Of casework.", **MUST)
    service = Varchar(length=80, **MUST)
    number = Varchar(length=20, help_text="As it is quoted.", **MUST)
    point_id = UUID(**MAYBE)
    state = Varchar(length=10, help_text="done, waits, dropped", **MUST)
    problem_th = Varchar(length=500, help_text="Why it waits; may be empty.", **MUST)
    problem_en = Varchar(length=500, **MUST)
    at = Timestamptz(**MUST)
    ended_at = Timestamptz(**MAYBE)
    ended_by_name = Varchar(length=200, **MUST)
    ended_why = Varchar(length=500, **MUST)
