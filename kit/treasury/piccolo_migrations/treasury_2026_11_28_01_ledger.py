from core.api import sql_migration

ID = "2026-11-28T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Payers, charges, bills, payments, postings, receipts."

UP = """
CREATE TABLE treasury.payer (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  source varchar(40) NOT NULL,
  subject varchar(120) NOT NULL,
  name varchar(200) NOT NULL,
  address varchar(400) NOT NULL,
  account uuid,
  phone varchar(16),
  email varchar(200),
  language varchar(2) NOT NULL,
  changed_at timestamptz NOT NULL,
  CONSTRAINT payer_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT payer_subject_key UNIQUE (tenant_id, source, subject)
);
CREATE TABLE treasury.bill (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  kind varchar(2) NOT NULL,
  year smallint NOT NULL,
  number integer NOT NULL,
  ref1 varchar(20) NOT NULL,
  ref2 varchar(20) NOT NULL,
  code varchar(14) NOT NULL,
  source varchar(40) NOT NULL,
  subject varchar(120) NOT NULL,
  payer_id uuid NOT NULL,
  payer_name varchar(200) NOT NULL,
  payer_address varchar(400) NOT NULL,
  title_th varchar(300) NOT NULL,
  title_en varchar(300) NOT NULL,
  issued_on date NOT NULL,
  due_on date NOT NULL,
  total bigint NOT NULL,
  owed bigint NOT NULL,
  state varchar(10) NOT NULL,
  issued_at timestamptz NOT NULL,
  CONSTRAINT bill_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT bill_number_key UNIQUE (tenant_id, kind, year, number),
  CONSTRAINT bill_ref1_key UNIQUE (tenant_id, ref1),
  CONSTRAINT bill_code_key UNIQUE (tenant_id, code),
  CONSTRAINT bill_payer FOREIGN KEY (tenant_id, payer_id) REFERENCES treasury.payer (tenant_id, id),
  CONSTRAINT bill_amounts CHECK (total > 0 AND owed >= 0)
);
CREATE INDEX bill_open ON treasury.bill (tenant_id, due_on, id) WHERE state = 'open';
CREATE INDEX bill_of_payer ON treasury.bill (tenant_id, payer_id, issued_on);
CREATE TABLE treasury.charge (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  source varchar(40) NOT NULL,
  reference varchar(120) NOT NULL,
  revenue varchar(60) NOT NULL,
  payer_id uuid NOT NULL,
  bill_id uuid,
  place smallint NOT NULL,
  title_th varchar(300) NOT NULL,
  title_en varchar(300) NOT NULL,
  period varchar(6) NOT NULL,
  amount bigint NOT NULL,
  due_on date NOT NULL,
  raised_at timestamptz NOT NULL,
  CONSTRAINT charge_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT charge_reference_key UNIQUE (tenant_id, source, reference),
  CONSTRAINT charge_payer FOREIGN KEY (tenant_id, payer_id)
    REFERENCES treasury.payer (tenant_id, id),
  CONSTRAINT charge_bill FOREIGN KEY (tenant_id, bill_id) REFERENCES treasury.bill (tenant_id, id),
  CONSTRAINT charge_amount CHECK (amount > 0)
);
CREATE INDEX charge_of_bill ON treasury.charge (tenant_id, bill_id, place);
CREATE INDEX charge_of_payer ON treasury.charge (tenant_id, payer_id, due_on);
CREATE TABLE treasury.payment (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  key varchar(120) NOT NULL,
  way varchar(10) NOT NULL,
  account varchar(60) NOT NULL,
  standing varchar(12) NOT NULL,
  on_day date NOT NULL,
  paid_at timestamptz NOT NULL,
  amount bigint NOT NULL,
  ref1 varchar(20) NOT NULL,
  ref2 varchar(20) NOT NULL,
  payer_name varchar(200) NOT NULL,
  bill_id uuid,
  waits varchar(20) NOT NULL,
  taken_by uuid,
  taken_by_name varchar(200) NOT NULL,
  noted_at timestamptz NOT NULL,
  CONSTRAINT payment_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT payment_key_key UNIQUE (tenant_id, key),
  CONSTRAINT payment_bill FOREIGN KEY (tenant_id, bill_id)
    REFERENCES treasury.bill (tenant_id, id),
  CONSTRAINT payment_amount CHECK (amount > 0)
);
CREATE INDEX payment_of_bill ON treasury.payment (tenant_id, bill_id, paid_at);
CREATE INDEX payment_waits ON treasury.payment (tenant_id, on_day, id) WHERE waits <> '';
CREATE TABLE treasury.posting (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  on_day date NOT NULL,
  at timestamptz NOT NULL,
  kind varchar(12) NOT NULL,
  debit varchar(80) NOT NULL,
  credit varchar(80) NOT NULL,
  amount bigint NOT NULL,
  charge_id uuid,
  payment_id uuid,
  why varchar(500) NOT NULL,
  actor uuid,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT posting_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT posting_charge FOREIGN KEY (tenant_id, charge_id)
    REFERENCES treasury.charge (tenant_id, id),
  CONSTRAINT posting_payment FOREIGN KEY (tenant_id, payment_id)
    REFERENCES treasury.payment (tenant_id, id),
  CONSTRAINT posting_amount CHECK (amount > 0),
  CONSTRAINT posting_accounts CHECK (debit <> credit)
);
CREATE INDEX posting_of_charge ON treasury.posting (tenant_id, charge_id);
CREATE INDEX posting_of_payment ON treasury.posting (tenant_id, payment_id);
CREATE INDEX posting_of_day ON treasury.posting (tenant_id, on_day);
CREATE TABLE treasury.receipt (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  series varchar(20) NOT NULL,
  year smallint NOT NULL,
  number integer NOT NULL,
  payment_id uuid NOT NULL,
  amount bigint NOT NULL,
  payer_name varchar(200) NOT NULL,
  payer_address varchar(400) NOT NULL,
  lines jsonb NOT NULL,
  issued_on date NOT NULL,
  issued_at timestamptz NOT NULL,
  issued_by uuid,
  issued_by_name varchar(200) NOT NULL,
  issued_by_post varchar(200) NOT NULL,
  paper uuid,
  cancelled_at timestamptz,
  cancelled_by uuid,
  cancelled_by_name varchar(200),
  cancelled_why varchar(500),
  CONSTRAINT receipt_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT receipt_number_key UNIQUE (tenant_id, series, year, number),
  CONSTRAINT receipt_payment_key UNIQUE (tenant_id, payment_id),
  CONSTRAINT receipt_payment FOREIGN KEY (tenant_id, payment_id)
    REFERENCES treasury.payment (tenant_id, id)
);
CREATE INDEX receipt_of_day ON treasury.receipt (tenant_id, issued_on, series, number);
SELECT core.keep_within_tenant('treasury.payer');
SELECT core.keep_within_tenant('treasury.bill');
SELECT core.keep_within_tenant('treasury.charge');
SELECT core.keep_within_tenant('treasury.payment');
SELECT core.keep_within_tenant('treasury.posting');
SELECT core.keep_within_tenant('treasury.receipt');
REVOKE UPDATE, DELETE ON treasury.posting FROM thongthin_app;
REVOKE DELETE ON treasury.bill, treasury.charge, treasury.payment, treasury.receipt
  FROM thongthin_app;
"""

DOWN = """
DROP TABLE treasury.receipt, treasury.posting, treasury.payment, treasury.charge,
  treasury.bill, treasury.payer;
"""


async def forwards():
    return sql_migration("treasury", ID, UP, DOWN)
