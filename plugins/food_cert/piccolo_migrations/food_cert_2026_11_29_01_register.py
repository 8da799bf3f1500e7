from core.api import sql_migration

ID = "2026-11-29T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The register of food premises."

UP = """
CREATE TABLE food_cert.place (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  code varchar(14) NOT NULL,
  name varchar(200) NOT NULL,
  kind varchar(5) NOT NULL,
  instrument varchar(11) NOT NULL,
  area numeric(8, 2) NOT NULL,
  workers integer NOT NULL,
  holder varchar(200) NOT NULL,
  company_id varchar(13) NOT NULL,
  phone varchar(16) NOT NULL,
  account uuid,
  payer uuid,
  subdistrict varchar(6) NOT NULL,
  address varchar(400) NOT NULL,
  site jsonb NOT NULL,
  pin jsonb,
  sameness varchar(400) NOT NULL,
  state varchar(9) NOT NULL,
  state_until date,
  begun_on date NOT NULL,
  opened_on date NOT NULL,
  until date,
  case_id uuid,
  renewing uuid,
  paper uuid,
  paper_number varchar(20) NOT NULL,
  issued_on date,
  grade varchar(10) NOT NULL,
  score smallint,
  graded_on date,
  closed_on date,
  revision integer NOT NULL,
  changed_at timestamptz NOT NULL,
  CONSTRAINT place_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT place_number_key UNIQUE (tenant_id, number),
  CONSTRAINT place_code_key UNIQUE (tenant_id, code)
);
CREATE UNIQUE INDEX place_sameness ON food_cert.place (tenant_id, sameness)
  WHERE state IN ('applied', 'notified', 'valid', 'suspended', 'stopped');
CREATE UNIQUE INDEX place_case ON food_cert.place (tenant_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX place_state ON food_cert.place (tenant_id, state, id);
CREATE INDEX place_account ON food_cert.place (tenant_id, account) WHERE account IS NOT NULL;
CREATE INDEX place_paper_number ON food_cert.place (tenant_id, paper_number);
CREATE INDEX place_until ON food_cert.place (tenant_id, until) WHERE until IS NOT NULL;
CREATE TABLE food_cert.place_event (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  place_id uuid NOT NULL,
  what varchar(20) NOT NULL,
  day date NOT NULL,
  case_id uuid,
  words_th varchar(500) NOT NULL,
  words_en varchar(500) NOT NULL,
  at timestamptz NOT NULL,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT place_event_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT place_event_of FOREIGN KEY (tenant_id, place_id)
    REFERENCES food_cert.place (tenant_id, id)
);
CREATE INDEX place_event_by_place ON food_cert.place_event (tenant_id, place_id, id);
CREATE TABLE food_cert.place_request (
  tenant_id varchar(32) NOT NULL,
  case_id uuid NOT NULL,
  place_id uuid NOT NULL,
  service varchar(80) NOT NULL,
  filed_on date NOT NULL,
  state varchar(5) NOT NULL,
  CONSTRAINT place_request_pkey PRIMARY KEY (tenant_id, case_id),
  CONSTRAINT place_request_of FOREIGN KEY (tenant_id, place_id)
    REFERENCES food_cert.place (tenant_id, id)
);
CREATE INDEX place_request_by_place ON food_cert.place_request (tenant_id, place_id, case_id);
CREATE TABLE food_cert.place_paper (
  tenant_id varchar(32) NOT NULL,
  paper uuid NOT NULL,
  place_id uuid NOT NULL,
  what varchar(12) NOT NULL,
  number varchar(20) NOT NULL,
  subject varchar(120) NOT NULL,
  issued_on date NOT NULL,
  CONSTRAINT place_paper_pkey PRIMARY KEY (tenant_id, paper),
  CONSTRAINT place_paper_of FOREIGN KEY (tenant_id, place_id)
    REFERENCES food_cert.place (tenant_id, id)
);
CREATE INDEX place_paper_by_place ON food_cert.place_paper (tenant_id, place_id, paper);
SELECT core.keep_within_tenant('food_cert.place');
SELECT core.keep_within_tenant('food_cert.place_event');
SELECT core.keep_within_tenant('food_cert.place_request');
SELECT core.keep_within_tenant('food_cert.place_paper');
REVOKE DELETE ON food_cert.place, food_cert.place_request FROM thongthin_app;
REVOKE UPDATE, DELETE ON food_cert.place_event, food_cert.place_paper FROM thongthin_app;
"""

DOWN = """
DROP TABLE food_cert.place_paper, food_cert.place_request, food_cert.place_event, food_cert.place;
"""


async def forwards():
    return sql_migration("food_cert", ID, UP, DOWN)
