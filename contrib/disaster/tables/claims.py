"""Rows of claims for aid, what the committee resolved, and what the bank did."""

from piccolo.columns import (
    JSONB,
    UUID,
    BigInt,
    Bytea,
    Date,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from core.api import MAYBE, MUST, OfTenant


class Resolution(OfTenant, Table, tablename="resolution", schema="disaster"):
    """What a committee resolved about a list of claims."""

    id = UUID(primary_key=True, **MUST)
    event_id = UUID(**MUST)
    committee = Varchar(length=10, help_text="A key of COMMITTEES of the rules.", **MUST)
    number = Varchar(length=40, help_text="As the committee quotes it.", **MUST)
    resolved_on = Date(**MUST)
    approved = Integer(help_text="Claims.", **MUST)
    total = BigInt(help_text="Satang.", **MUST)
    noted_at = Timestamptz(**MUST)
    noted_by_name = Varchar(length=200, **MUST)


class Claim(OfTenant, Table, tablename="claim", schema="disaster"):
    """A claim for aid: one of a household in a disaster under a scheme, and never a second one."""

    id = UUID(primary_key=True, **MUST)
    number = Integer(help_text="Within the office, from 1.", **MUST)
    event_id = UUID(**MUST)
    household_id = UUID(**MUST)
    scheme = Varchar(length=10, help_text="living, repair", **MUST)
    case_id = UUID(help_text="By which it was filed; None where an officer took it.", **MAYBE)
    name = Varchar(length=200, help_text="Of the claimant.", **MUST)
    phone = Varchar(length=16, help_text="E.164.", **MUST)
    bank = Varchar(length=3, help_text="Code of the bank.", **MUST)
    account = Bytea(help_text="Its number, sealed.", **MUST)
    account_end = Varchar(length=4, help_text="Its last digits.", **MUST)
    account_name = Varchar(length=200, **MUST)
    told = JSONB(help_text="The damage as the claimant says it.", **MUST)
    found = JSONB(help_text="A Damage of the rules, as it was inspected.", **MAYBE)
    lines = JSONB(help_text="How the amount was reckoned.", **MUST)
    photos = JSONB(help_text="Of the inspection.", **MUST)
    amount = BigInt(help_text="Satang; 0 before it is valued.", **MUST)
    state = Varchar(length=9, help_text="A State of the rules.", **MUST)
    why = Varchar(length=500, help_text="Of a refusal.", **MUST)
    resolution_id = UUID(**MAYBE)
    filed_on = Date(**MUST)
    inspected_at = Timestamptz(**MAYBE)
    inspected_by_name = Varchar(length=200, **MUST)
    revision = Integer(help_text="Counts changes; of two at once the second is told.", **MUST)
    changed_at = Timestamptz(**MUST)


class Clash(OfTenant, Table, tablename="clash", schema="disaster"):
    """A case that claims what another claim has already."""

    case_id = UUID(primary_key=True, **MUST)
    claim_id = UUID(**MUST)
    at = Timestamptz(**MUST)


class Batch(OfTenant, Table, tablename="batch", schema="disaster"):
    """A list of payments that goes to the bank as one file."""

    id = UUID(primary_key=True, **MUST)
    number = Integer(help_text="Within the office, from 1.", **MUST)
    event_id = UUID(**MUST)
    payments = Integer(**MUST)
    total = BigInt(help_text="Satang.", **MUST)
    made_at = Timestamptz(**MUST)
    made_by_name = Varchar(length=200, **MUST)


class Payment(OfTenant, Table, tablename="payment", schema="disaster"):
    """One payment of a batch. A claim has one that waits or was paid, at most."""

    id = UUID(primary_key=True, **MUST)
    batch_id = UUID(**MUST)
    claim_id = UUID(**MUST)
    turn = SmallInt(help_text="In the file, from 1.", **MUST)
    reference = Varchar(length=10, help_text="By which the bank tells of it.", **MUST)
    amount = BigInt(help_text="Satang.", **MUST)
    bank = Varchar(length=3, **MUST)
    account = Bytea(help_text="As of the claim, when the batch was made.", **MUST)
    account_end = Varchar(length=4, **MUST)
    account_name = Varchar(length=200, **MUST)
    state = Varchar(length=7, help_text="waiting, paid, refused", **MUST)
    reason = Varchar(length=300, help_text="Of a refusal, as the bank says it.", **MUST)
    settled_on = Date(**MAYBE)
