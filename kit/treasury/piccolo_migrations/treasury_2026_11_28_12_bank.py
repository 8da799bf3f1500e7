from core.api import sql_migration

ID = "2026-11-28T12:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What banks say: events, files, and how an office knows its banks."

UP = """
CREATE TABLE treasury.bank_file (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  digest varchar(64) NOT NULL,
  name varchar(200) NOT NULL,
  size bigint NOT NULL,
  format varchar(3) NOT NULL,
  bank varchar(3) NOT NULL,
  account varchar(20) NOT NULL,
  day date,
  paid_count integer NOT NULL,
  paid bigint NOT NULL,
  reversed_count integer NOT NULL,
  reversed bigint NOT NULL,
  standing varchar(10) NOT NULL,
  done integer NOT NULL,
  outcome jsonb NOT NULL,
  faults jsonb NOT NULL,
  fault_count integer NOT NULL,
  imported_by uuid,
  imported_by_name varchar(200) NOT NULL,
  imported_at timestamptz NOT NULL,
  ended_at timestamptz,
  CONSTRAINT bank_file_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT bank_file_digest_key UNIQUE (tenant_id, digest)
);
CREATE INDEX bank_file_of_day ON treasury.bank_file (tenant_id, day);
CREATE TABLE treasury.event (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  way varchar(10) NOT NULL,
  key varchar(200) NOT NULL,
  bank varchar(3) NOT NULL,
  account varchar(20) NOT NULL,
  kind varchar(6) NOT NULL,
  amount bigint NOT NULL,
  paid_at timestamptz NOT NULL,
  on_day date NOT NULL,
  ref1 varchar(20) NOT NULL,
  ref2 varchar(20) NOT NULL,
  ref3 varchar(20) NOT NULL,
  payer_name varchar(200) NOT NULL,
  told text NOT NULL,
  place integer NOT NULL,
  stands varchar(20) NOT NULL,
  payment_id uuid,
  file_id uuid,
  noted_at timestamptz NOT NULL,
  CONSTRAINT event_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT event_amount CHECK (amount > 0)
);
-- Lines of files have no key: their ids are made of what they say.
CREATE UNIQUE INDEX event_key_key ON treasury.event (tenant_id, key) WHERE key <> '';
CREATE INDEX event_of_file ON treasury.event (tenant_id, file_id) WHERE file_id IS NOT NULL;
CREATE INDEX event_of_payment ON treasury.event (tenant_id, payment_id) WHERE way = 'callback';
CREATE INDEX event_unpaired ON treasury.event (tenant_id, on_day, id) WHERE payment_id IS NULL;
CREATE TABLE treasury.bank_access (
  tenant_id varchar(32) NOT NULL,
  bank varchar(20) NOT NULL,
  secret bytea NOT NULL,
  before bytea,
  sources varchar(1000) NOT NULL,
  changed_at timestamptz NOT NULL,
  CONSTRAINT bank_access_pkey PRIMARY KEY (tenant_id, bank)
);
-- Only the counter has keys; its days are looked up by account, those of banks never.
ALTER TABLE treasury.payment DROP CONSTRAINT payment_key_key;
CREATE UNIQUE INDEX payment_key_key ON treasury.payment (tenant_id, key) WHERE key <> '';
DROP INDEX treasury.payment_of_day;
CREATE INDEX payment_of_day ON treasury.payment (tenant_id, on_day, account)
  WHERE way <> 'bank';
CREATE INDEX payment_of_ref ON treasury.payment (tenant_id, ref1, amount, on_day)
  WHERE way = 'bank';
CREATE INDEX payment_said ON treasury.payment (tenant_id, on_day, id)
  WHERE standing = 'provisional';
ALTER TABLE treasury.receipt DROP CONSTRAINT receipt_payment_key;
CREATE UNIQUE INDEX receipt_payment_key ON treasury.receipt (tenant_id, payment_id)
  WHERE cancelled_at IS NULL;
CREATE FUNCTION treasury.look_at_payments() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  ANALYZE treasury.payment, treasury.posting, treasury.receipt, treasury.event;
END
$$;
REVOKE ALL ON FUNCTION treasury.look_at_payments() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION treasury.look_at_payments() TO thongthin_app;
SELECT core.keep_within_tenant('treasury.bank_file');
SELECT core.keep_within_tenant('treasury.event');
SELECT core.keep_within_tenant('treasury.bank_access');
REVOKE UPDATE, DELETE ON treasury.event FROM thongthin_app;
GRANT UPDATE (payment_id) ON treasury.event TO thongthin_app;
REVOKE DELETE ON treasury.bank_file FROM thongthin_app;
"""

DOWN = """
DROP INDEX treasury.payment_of_ref, treasury.payment_said, treasury.receipt_payment_key;
DROP INDEX treasury.payment_key_key, treasury.payment_of_day;
UPDATE treasury.payment SET key = 'bank/' || id WHERE way = 'bank';
ALTER TABLE treasury.payment ADD CONSTRAINT payment_key_key UNIQUE (tenant_id, key);
CREATE INDEX payment_of_day ON treasury.payment (tenant_id, on_day, account);
ALTER TABLE treasury.receipt
  ADD CONSTRAINT receipt_payment_key UNIQUE (tenant_id, payment_id);
DROP FUNCTION treasury.look_at_payments();
DROP TABLE treasury.event, treasury.bank_file, treasury.bank_access;
"""


async def forwards():
    return sql_migration("treasury", ID, UP, DOWN)
