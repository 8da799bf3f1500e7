"""Rows of the operator's tenant, and those that it shares with a municipality side by side."""

from piccolo.columns import UUID, Timestamptz, Varchar
from piccolo.table import Table

from core.db import MUST, OfTenant


class LocalOffice(OfTenant, Table, tablename="local_office", schema="core"):
    """A local administrative organisation (อปท.) of the official list, as it was read last."""

    code = Varchar(length=8, primary_key=True, help_text="Eight digits of the DLA.", **MUST)
    kind = Varchar(length=40, **MUST)
    name = Varchar(length=200, help_text="Official, with its kind.", **MUST)
    district = Varchar(length=100, **MUST)
    province = Varchar(length=100, **MUST)


class Noted(OfTenant, Table, tablename="noted", schema="core"):
    """What came from another tenant's trail: by this row it is entered once."""

    id = UUID(primary_key=True, **MUST)
    at = Timestamptz(**MUST)
