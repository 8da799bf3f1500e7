from core.api import sql_migration

ID = "2026-11-29T04:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Claims for aid, resolutions, and payments by the bank."

UP = """
CREATE TABLE disaster.resolution (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  event_id uuid NOT NULL,
  committee varchar(10) NOT NULL,
  number varchar(40) NOT NULL,
  resolved_on date NOT NULL,
  approved integer NOT NULL,
  total bigint NOT NULL,
  noted_at timestamptz NOT NULL,
  noted_by_name varchar(200) NOT NULL,
  CONSTRAINT resolution_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT resolution_event FOREIGN KEY (tenant_id, event_id)
    REFERENCES disaster.event (tenant_id, id)
);
CREATE TABLE disaster.claim (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  event_id uuid NOT NULL,
  household_id uuid NOT NULL,
  scheme varchar(10) NOT NULL,
  case_id uuid,
  name varchar(200) NOT NULL,
  phone varchar(16) NOT NULL,
  bank varchar(3) NOT NULL,
  account bytea NOT NULL,
  account_end varchar(4) NOT NULL,
  account_name varchar(200) NOT NULL,
  told jsonb NOT NULL,
  found jsonb,
  lines jsonb NOT NULL,
  photos jsonb NOT NULL,
  amount bigint NOT NULL CHECK (amount >= 0),
  state varchar(9) NOT NULL,
  why varchar(500) NOT NULL,
  resolution_id uuid,
  filed_on date NOT NULL,
  inspected_at timestamptz,
  inspected_by_name varchar(200) NOT NULL,
  revision integer NOT NULL,
  changed_at timestamptz NOT NULL,
  CONSTRAINT claim_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT claim_number_key UNIQUE (tenant_id, number),
  CONSTRAINT claim_once UNIQUE (tenant_id, event_id, household_id, scheme),
  CONSTRAINT claim_event FOREIGN KEY (tenant_id, event_id)
    REFERENCES disaster.event (tenant_id, id),
  CONSTRAINT claim_household FOREIGN KEY (tenant_id, household_id)
    REFERENCES disaster.household (tenant_id, id),
  CONSTRAINT claim_resolution FOREIGN KEY (tenant_id, resolution_id)
    REFERENCES disaster.resolution (tenant_id, id)
);
CREATE INDEX claim_state ON disaster.claim (tenant_id, state, id);
CREATE UNIQUE INDEX claim_case ON disaster.claim (tenant_id, case_id) WHERE case_id IS NOT NULL;
CREATE TABLE disaster.clash (
  tenant_id varchar(32) NOT NULL,
  case_id uuid NOT NULL,
  claim_id uuid NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT clash_pkey PRIMARY KEY (tenant_id, case_id),
  CONSTRAINT clash_with FOREIGN KEY (tenant_id, claim_id)
    REFERENCES disaster.claim (tenant_id, id)
);
CREATE TABLE disaster.batch (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  event_id uuid NOT NULL,
  payments integer NOT NULL,
  total bigint NOT NULL,
  made_at timestamptz NOT NULL,
  made_by_name varchar(200) NOT NULL,
  CONSTRAINT batch_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT batch_number_key UNIQUE (tenant_id, number),
  CONSTRAINT batch_event FOREIGN KEY (tenant_id, event_id)
    REFERENCES disaster.event (tenant_id, id)
);
CREATE TABLE disaster.payment (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  batch_id uuid NOT NULL,
  claim_id uuid NOT NULL,
  turn smallint NOT NULL,
  reference varchar(10) NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  bank varchar(3) NOT NULL,
  account bytea NOT NULL,
  account_end varchar(4) NOT NULL,
  account_name varchar(200) NOT NULL,
  state varchar(7) NOT NULL,
  reason varchar(300) NOT NULL,
  settled_on date,
  CONSTRAINT payment_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT payment_reference_key UNIQUE (tenant_id, reference),
  CONSTRAINT payment_batch FOREIGN KEY (tenant_id, batch_id)
    REFERENCES disaster.batch (tenant_id, id),
  CONSTRAINT payment_claim FOREIGN KEY (tenant_id, claim_id)
    REFERENCES disaster.claim (tenant_id, id)
);
CREATE UNIQUE INDEX payment_once ON disaster.payment (tenant_id, claim_id)
  WHERE state IN ('waiting', 'paid');
CREATE INDEX payment_by_batch ON disaster.payment (tenant_id, batch_id, turn);
SELECT core.keep_within_tenant('disaster.resolution');
SELECT core.keep_within_tenant('disaster.claim');
SELECT core.keep_within_tenant('disaster.clash');
SELECT core.keep_within_tenant('disaster.batch');
SELECT core.keep_within_tenant('disaster.payment');
REVOKE DELETE ON disaster.claim, disaster.payment FROM thongthin_app;
REVOKE UPDATE, DELETE ON disaster.resolution, disaster.batch FROM thongthin_app;
"""

DOWN = """
DROP TABLE disaster.payment, disaster.batch, disaster.clash, disaster.claim, disaster.resolution;
"""


async def forwards():
    return sql_migration("disaster", ID, UP, DOWN)
