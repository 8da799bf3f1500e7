from core.api import sql_migration

ID = "2026-11-28T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Service points and their history, tariffs, meter readings, billing runs."

UP = """
CREATE TABLE waste_fees.point (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  code varchar(14) NOT NULL,
  mark varchar(40),
  since date NOT NULL,
  facts_on date NOT NULL,
  open boolean NOT NULL,
  "use" varchar(12) NOT NULL,
  address varchar(400) NOT NULL,
  zone varchar(60) NOT NULL,
  route varchar(60) NOT NULL,
  bins smallint NOT NULL,
  litres integer NOT NULL,
  meter varchar(40) NOT NULL,
  owner varchar(200) NOT NULL,
  payer uuid NOT NULL,
  payer_name varchar(200) NOT NULL,
  payer_address varchar(400) NOT NULL,
  payer_phone varchar(16) NOT NULL,
  pin jsonb,
  changed_at timestamptz NOT NULL,
  CONSTRAINT point_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT point_number_key UNIQUE (tenant_id, number),
  CONSTRAINT point_code_key UNIQUE (tenant_id, code),
  CONSTRAINT point_mark_key UNIQUE (tenant_id, mark)
);
CREATE INDEX point_of_route ON waste_fees.point (tenant_id, zone, route, number);
CREATE TABLE waste_fees.change (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  point_id uuid NOT NULL,
  from_on date NOT NULL,
  what varchar(12) NOT NULL,
  facts jsonb NOT NULL,
  why varchar(500) NOT NULL,
  at timestamptz NOT NULL,
  actor uuid,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT change_pkey PRIMARY KEY (tenant_id, id)
);
ALTER TABLE waste_fees.change ADD CONSTRAINT change_of_point
  FOREIGN KEY (tenant_id, point_id) REFERENCES waste_fees.point (tenant_id, id);
CREATE INDEX change_in_order ON waste_fees.change (tenant_id, point_id, from_on, id);
CREATE TABLE waste_fees.fee_kind (
  tenant_id varchar(32) NOT NULL,
  code varchar(20) NOT NULL,
  title_th varchar(150) NOT NULL,
  title_en varchar(150) NOT NULL,
  revenue varchar(60) NOT NULL,
  measure varchar(10) NOT NULL,
  factor smallint NOT NULL,
  made_at timestamptz NOT NULL,
  CONSTRAINT fee_kind_pkey PRIMARY KEY (tenant_id, code)
);
CREATE TABLE waste_fees.tariff (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  kind varchar(20) NOT NULL,
  from_on date NOT NULL,
  content jsonb NOT NULL,
  source varchar(500) NOT NULL,
  made_at timestamptz NOT NULL,
  made_by_name varchar(200) NOT NULL,
  withdrawn_at timestamptz,
  CONSTRAINT tariff_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT tariff_kind FOREIGN KEY (tenant_id, kind)
    REFERENCES waste_fees.fee_kind (tenant_id, code)
);
CREATE UNIQUE INDEX tariff_day_key ON waste_fees.tariff (tenant_id, kind, from_on)
  WHERE withdrawn_at IS NULL;
CREATE TABLE waste_fees.privilege (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  point_id uuid NOT NULL,
  kind varchar(20) NOT NULL,
  programme varchar(40) NOT NULL,
  from_on date NOT NULL,
  until_on date,
  barred_until date,
  why varchar(500) NOT NULL,
  ended_why varchar(500) NOT NULL,
  at timestamptz NOT NULL,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT privilege_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT privilege_of_point FOREIGN KEY (tenant_id, point_id)
    REFERENCES waste_fees.point (tenant_id, id)
);
CREATE INDEX privilege_in_order ON waste_fees.privilege (tenant_id, point_id, kind, from_on);
CREATE TABLE waste_fees.reading (
  tenant_id varchar(32) NOT NULL,
  point_id uuid NOT NULL,
  kind varchar(20) NOT NULL,
  month date NOT NULL,
  id uuid NOT NULL,
  before integer NOT NULL,
  after integer NOT NULL,
  read_on date NOT NULL,
  at timestamptz NOT NULL,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT reading_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT reading_month_key UNIQUE (tenant_id, point_id, kind, month),
  CONSTRAINT reading_of_point FOREIGN KEY (tenant_id, point_id)
    REFERENCES waste_fees.point (tenant_id, id),
  CONSTRAINT reading_runs_forward CHECK (after >= before)
);
CREATE TABLE waste_fees.imported (
  tenant_id varchar(32) NOT NULL,
  digest varchar(64) NOT NULL,
  points integer NOT NULL,
  at timestamptz NOT NULL,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT imported_pkey PRIMARY KEY (tenant_id, digest)
);
CREATE TABLE waste_fees.run (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  kind varchar(20) NOT NULL,
  first_month date NOT NULL,
  months smallint NOT NULL,
  zone varchar(60) NOT NULL,
  due_on date NOT NULL,
  state varchar(10) NOT NULL,
  "cursor" uuid,
  looked_at integer NOT NULL,
  points integer NOT NULL,
  bills integer NOT NULL,
  amount bigint NOT NULL,
  odd jsonb NOT NULL,
  samples jsonb NOT NULL,
  begun_at timestamptz NOT NULL,
  begun_by uuid,
  begun_by_name varchar(200) NOT NULL,
  ended_at timestamptz,
  CONSTRAINT run_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT run_kind FOREIGN KEY (tenant_id, kind)
    REFERENCES waste_fees.fee_kind (tenant_id, code)
);
CREATE TABLE waste_fees.billed (
  tenant_id varchar(32) NOT NULL,
  bill_id uuid NOT NULL,
  run_id uuid NOT NULL,
  point_id uuid NOT NULL,
  lines jsonb NOT NULL,
  CONSTRAINT billed_pkey PRIMARY KEY (tenant_id, bill_id),
  CONSTRAINT billed_run FOREIGN KEY (tenant_id, run_id) REFERENCES waste_fees.run (tenant_id, id)
);
CREATE INDEX billed_of_run ON waste_fees.billed (tenant_id, run_id, bill_id);
CREATE INDEX billed_of_point ON waste_fees.billed (tenant_id, point_id, bill_id);
CREATE TABLE waste_fees.sheets (
  tenant_id varchar(32) NOT NULL,
  run_id uuid NOT NULL,
  what varchar(10) NOT NULL,
  part integer NOT NULL,
  id uuid NOT NULL,
  items jsonb NOT NULL,
  digest varchar(64),
  CONSTRAINT sheets_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT sheets_part_key UNIQUE (tenant_id, run_id, what, part),
  CONSTRAINT sheets_run FOREIGN KEY (tenant_id, run_id) REFERENCES waste_fees.run (tenant_id, id)
);
SELECT core.keep_within_tenant('waste_fees.point');
SELECT core.keep_within_tenant('waste_fees.change');
SELECT core.keep_within_tenant('waste_fees.fee_kind');
SELECT core.keep_within_tenant('waste_fees.tariff');
SELECT core.keep_within_tenant('waste_fees.privilege');
SELECT core.keep_within_tenant('waste_fees.reading');
SELECT core.keep_within_tenant('waste_fees.imported');
SELECT core.keep_within_tenant('waste_fees.run');
SELECT core.keep_within_tenant('waste_fees.billed');
SELECT core.keep_within_tenant('waste_fees.sheets');
REVOKE UPDATE, DELETE ON waste_fees.change, waste_fees.billed FROM thongthin_app;
REVOKE DELETE ON waste_fees.point, waste_fees.tariff, waste_fees.run FROM thongthin_app;
"""

DOWN = """
DROP TABLE waste_fees.sheets, waste_fees.billed, waste_fees.run, waste_fees.imported,
  waste_fees.reading, waste_fees.privilege, waste_fees.tariff, waste_fees.fee_kind,
  waste_fees.change, waste_fees.point;
"""


async def forwards():
    return sql_migration("waste_fees", ID, UP, DOWN)
