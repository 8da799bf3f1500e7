"""Rows about municipalities: reference data that all share, and each one's own."""

from piccolo.columns import JSONB, UUID, Array, Boolean, Bytea, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table

from core.db import MUST, OfTenant


class Municipality(Table, tablename="tenant", schema="core"):
    """A municipality. The table belongs to no tenant: it is what tenants are."""

    id = Varchar(length=32, primary_key=True, help_text="For ever; part of every key.", **MUST)
    kind = Varchar(length=40, **MUST)
    code = Varchar(length=8, help_text="Eight digits of the DLA; empty when unknown.", **MUST)
    name_th = Varchar(length=200, **MUST)
    name_en = Varchar(length=200, **MUST)
    place_th = Varchar(length=200, **MUST)
    place_en = Varchar(length=200, **MUST)
    address_th = Varchar(length=400, **MUST)
    address_en = Varchar(length=400, **MUST)
    phone = Varchar(length=20, **MUST)
    email = Varchar(length=200, **MUST)
    subdistricts = Array(base_column=Varchar(length=6), help_text="Six-digit codes.", **MUST)
    brand = Varchar(length=7, help_text="#rrggbb", **MUST)
    hosts = Array(base_column=Varchar(length=200), help_text="Host names beside its own.", **MUST)
    opens = Integer(help_text="Minutes after midnight, local.", **MUST)
    closes = Integer(help_text="Minutes after midnight, local.", **MUST)
    weekdays = Array(base_column=Integer(), help_text="Open days; Monday is 0.", **MUST)
    created_at = Timestamptz(**MUST)
    suspended_at = Timestamptz(null=True, default=None, help_text="Rests since, by the operator.")
    suspended_why_th = Varchar(length=500, null=True, default=None)
    suspended_why_en = Varchar(length=500, null=True, default=None)


class Holiday(Table, tablename="holiday", schema="core"):
    """A day on which every office of the country is closed."""

    on = Date(primary_key=True, **MUST)
    name_th = Varchar(length=200, **MUST)
    name_en = Varchar(length=200, **MUST)


class OfficeDay(OfTenant, Table, tablename="office_day", schema="core"):
    """A day on which one office differs: closed by its own order, or open after all."""

    id = UUID(primary_key=True, **MUST)
    on = Date(**MUST)
    open = Boolean(**MUST)
    name_th = Varchar(length=200, **MUST)
    name_en = Varchar(length=200, **MUST)


class Division(OfTenant, Table, tablename="unit", schema="core"):
    """A division of the office; ``id`` is a short word such as ``works``."""

    id = Varchar(length=40, primary_key=True, **MUST)
    parent = Varchar(length=40, null=True, default=None)
    kind = Varchar(length=40, **MUST)
    name_th = Varchar(length=200, **MUST)
    name_en = Varchar(length=200, **MUST)
    position = Integer(help_text="Order in lists.", **MUST)


class Logo(OfTenant, Table, tablename="logo", schema="core"):
    """The picture that stands for the office. Replaced ones are deleted."""

    digest = Varchar(length=16, primary_key=True, help_text="Of the data; in its address.", **MUST)
    data = Bytea(help_text="PNG, written anew by us.", **MUST)


class TenantSecret(OfTenant, Table, tablename="tenant_secret", schema="core"):
    """The secret of a municipality that came from another installation, see ``core.keys``.

    One that was founded here has no row: its secret is drawn from the installation's.
    """

    tenant_id = Varchar(length=32, primary_key=True, **MUST)
    secret = Bytea(help_text="Locked with the secret of this installation.", **MUST)


class Switch(OfTenant, Table, tablename="plugin_switch", schema="core"):
    """Whether a plugin is on for a municipality, and what the office has set in it."""

    plugin = Varchar(length=40, primary_key=True, **MUST)
    on = Boolean(**MUST)
    settings = JSONB(**MUST)
    resting_since = Timestamptz(null=True, default=None, help_text="In quarantine since.")
    resting_cause = Varchar(length=500, null=True, default=None)
    changed_at = Timestamptz(**MUST)


class Stop(Table, tablename="plugin_stop", schema="core"):
    """A version of a plugin that the catalog stopped, for every municipality."""

    plugin = Varchar(length=40, primary_key=True, **MUST)
    version = Varchar(length=40, primary_key=True, **MUST)
    reason_th = Varchar(length=2000, **MUST)
    reason_en = Varchar(length=2000, **MUST)
    stopped_at = Timestamptz(**MUST)
