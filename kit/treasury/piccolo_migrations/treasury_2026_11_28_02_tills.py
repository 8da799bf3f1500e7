from core.api import sql_migration

ID = "2026-11-28T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Tills, the days of their collectors, cheques, and the locked days of the office."

UP = """
CREATE TABLE treasury.till (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  code varchar(20) NOT NULL,
  name varchar(100) NOT NULL,
  unit varchar(40) NOT NULL,
  state varchar(10) NOT NULL,
  CONSTRAINT till_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT till_code_key UNIQUE (tenant_id, code)
);
CREATE TABLE treasury.closing (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  till varchar(20) NOT NULL,
  collector uuid NOT NULL,
  collector_name varchar(200) NOT NULL,
  collector_post varchar(200) NOT NULL,
  day date NOT NULL,
  opened_at timestamptz NOT NULL,
  change bigint NOT NULL,
  closed_at timestamptz,
  closed_by uuid,
  closed_by_name varchar(200),
  pieces jsonb,
  expected bigint,
  counted bigint,
  cheques bigint,
  difference bigint,
  why varchar(500),
  paper uuid,
  number varchar(20),
  received_at timestamptz,
  received_by uuid,
  received_by_name varchar(200),
  CONSTRAINT closing_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT closing_day_key UNIQUE (tenant_id, till, day, collector),
  CONSTRAINT closing_till FOREIGN KEY (tenant_id, till) REFERENCES treasury.till (tenant_id, code),
  CONSTRAINT closing_change CHECK (change >= 0),
  CONSTRAINT closing_difference CHECK (closed_at IS NULL OR
    (difference = counted - expected AND counted >= 0 AND (difference = 0 OR why <> ''))),
  CONSTRAINT closing_received CHECK (received_at IS NULL OR closed_at IS NOT NULL)
);
-- A drawer is in the hands of one person, and a person answers for one drawer at a time.
CREATE UNIQUE INDEX closing_open_till ON treasury.closing (tenant_id, till)
  WHERE closed_at IS NULL;
CREATE UNIQUE INDEX closing_open_collector ON treasury.closing (tenant_id, collector)
  WHERE closed_at IS NULL;
CREATE INDEX closing_of_day ON treasury.closing (tenant_id, day);
CREATE TABLE treasury.cheque (
  tenant_id varchar(32) NOT NULL,
  payment_id uuid NOT NULL,
  number varchar(20) NOT NULL,
  bank varchar(100) NOT NULL,
  dated_on date NOT NULL,
  bounced_at timestamptz,
  bounced_by uuid,
  bounced_by_name varchar(200),
  bounced_why varchar(500),
  CONSTRAINT cheque_pkey PRIMARY KEY (tenant_id, payment_id),
  CONSTRAINT cheque_payment FOREIGN KEY (tenant_id, payment_id)
    REFERENCES treasury.payment (tenant_id, id)
);
CREATE TABLE treasury.book_day (
  tenant_id varchar(32) NOT NULL,
  day date NOT NULL,
  locked_at timestamptz,
  locked_by uuid,
  locked_by_name varchar(200),
  CONSTRAINT book_day_pkey PRIMARY KEY (tenant_id, day)
);
CREATE INDEX payment_of_day ON treasury.payment (tenant_id, on_day, account);
CREATE INDEX posting_owed_back ON treasury.posting (tenant_id, payment_id)
  WHERE debit = 'refunds' OR credit = 'refunds';
SELECT core.keep_within_tenant('treasury.till');
SELECT core.keep_within_tenant('treasury.closing');
SELECT core.keep_within_tenant('treasury.cheque');
SELECT core.keep_within_tenant('treasury.book_day');
REVOKE DELETE ON treasury.till, treasury.closing, treasury.cheque, treasury.book_day
  FROM thongthin_app;
"""

DOWN = """
DROP INDEX treasury.posting_owed_back, treasury.payment_of_day;
DROP TABLE treasury.book_day, treasury.cheque, treasury.closing, treasury.till;
"""


async def forwards():
    return sql_migration("treasury", ID, UP, DOWN)
