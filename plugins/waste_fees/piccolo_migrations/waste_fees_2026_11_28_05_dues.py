from core.api import sql_migration

ID = "2026-11-28T05:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Requests carried out in the register, reminders, letters that demand arrears."

UP = """
ALTER TABLE waste_fees.change ADD COLUMN case_id uuid;
CREATE UNIQUE INDEX change_of_case ON waste_fees.change (tenant_id, case_id)
  WHERE case_id IS NOT NULL;
CREATE INDEX point_of_payer ON waste_fees.point (tenant_id, payer);
CREATE INDEX point_of_phone ON waste_fees.point (tenant_id, payer_phone) WHERE payer_phone <> '';
CREATE TABLE waste_fees.granted (
  tenant_id varchar(32) NOT NULL,
  case_id uuid NOT NULL,
  service varchar(80) NOT NULL,
  number varchar(20) NOT NULL,
  point_id uuid,
  state varchar(10) NOT NULL,
  problem_th varchar(500) NOT NULL,
  problem_en varchar(500) NOT NULL,
  at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by_name varchar(200) NOT NULL,
  ended_why varchar(500) NOT NULL,
  CONSTRAINT granted_pkey PRIMARY KEY (tenant_id, case_id)
);
CREATE INDEX granted_waits ON waste_fees.granted (tenant_id, at) WHERE state = 'waits';
CREATE TABLE waste_fees.reminded (
  tenant_id varchar(32) NOT NULL,
  bill_id uuid NOT NULL,
  due_on date NOT NULL,
  turn varchar(10) NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT reminded_pkey PRIMARY KEY (tenant_id, bill_id, due_on, turn)
);
CREATE TABLE waste_fees.demand_run (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  due_by date NOT NULL,
  zone varchar(60) NOT NULL,
  again_days smallint NOT NULL,
  pay_by date NOT NULL,
  state varchar(10) NOT NULL,
  letters integer NOT NULL,
  amount bigint NOT NULL,
  odd jsonb NOT NULL,
  begun_at timestamptz NOT NULL,
  begun_by_name varchar(200) NOT NULL,
  signer jsonb,
  signed_by uuid,
  ended_at timestamptz,
  CONSTRAINT demand_run_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TABLE waste_fees.demand (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  run_id uuid NOT NULL,
  place integer NOT NULL,
  point_id uuid NOT NULL,
  point_number integer NOT NULL,
  payer_id uuid NOT NULL,
  name varchar(200) NOT NULL,
  bills jsonb NOT NULL,
  amount bigint NOT NULL,
  since date NOT NULL,
  state varchar(10) NOT NULL,
  why varchar(20) NOT NULL,
  turn smallint NOT NULL,
  paper uuid,
  number varchar(20) NOT NULL,
  made_on date,
  pay_by date,
  sent_on date,
  returned_on date,
  CONSTRAINT demand_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT demand_once_key UNIQUE (tenant_id, run_id, point_id, payer_id),
  CONSTRAINT demand_run FOREIGN KEY (tenant_id, run_id)
    REFERENCES waste_fees.demand_run (tenant_id, id),
  CONSTRAINT demand_point FOREIGN KEY (tenant_id, point_id)
    REFERENCES waste_fees.point (tenant_id, id)
);
CREATE INDEX demand_in_order ON waste_fees.demand (tenant_id, run_id, state, place);
CREATE INDEX demand_of_point ON waste_fees.demand (tenant_id, point_id, payer_id, made_on);
CREATE TABLE waste_fees.demand_file (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  run_id uuid NOT NULL,
  part integer NOT NULL,
  items jsonb NOT NULL,
  digest varchar(64),
  CONSTRAINT demand_file_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT demand_file_part_key UNIQUE (tenant_id, run_id, part),
  CONSTRAINT demand_file_run FOREIGN KEY (tenant_id, run_id)
    REFERENCES waste_fees.demand_run (tenant_id, id)
);
SELECT core.keep_within_tenant('waste_fees.granted');
SELECT core.keep_within_tenant('waste_fees.reminded');
SELECT core.keep_within_tenant('waste_fees.demand_run');
SELECT core.keep_within_tenant('waste_fees.demand');
SELECT core.keep_within_tenant('waste_fees.demand_file');
REVOKE UPDATE, DELETE ON waste_fees.reminded FROM thongthin_app;
REVOKE DELETE ON waste_fees.granted, waste_fees.demand_run, waste_fees.demand FROM thongthin_app;
"""

DOWN = """
DROP TABLE waste_fees.demand_file, waste_fees.demand, waste_fees.demand_run, waste_fees.reminded,
  waste_fees.granted;
DROP INDEX waste_fees.point_of_phone, waste_fees.point_of_payer, waste_fees.change_of_case;
ALTER TABLE waste_fees.change DROP COLUMN case_id;
"""


async def forwards():
    return sql_migration("waste_fees", ID, UP, DOWN)
