from core.api import sql_migration

ID = "2026-11-29T10:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Where documents are kept, their holds and loans, lists to destroy them, and exports."

UP = """
CREATE TABLE eoffice.handover (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  unit varchar(40) NOT NULL,
  state varchar(8) NOT NULL,
  lines jsonb NOT NULL,
  made_on date NOT NULL,
  made_by uuid,
  made_by_name varchar(200) NOT NULL,
  made_by_post varchar(200) NOT NULL,
  taken_on date,
  taken_by_name varchar(200) NOT NULL,
  taken_by_post varchar(200) NOT NULL,
  why varchar(500) NOT NULL,
  CONSTRAINT handover_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TABLE eoffice.disposal (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  kind varchar(8) NOT NULL,
  year smallint NOT NULL,
  state varchar(12) NOT NULL,
  drawn_on date NOT NULL,
  drawn_by_name varchar(200) NOT NULL,
  committee jsonb NOT NULL,
  order_number varchar(80) NOT NULL,
  order_on date,
  dissents jsonb NOT NULL,
  reported_on date,
  agreement jsonb,
  agreed_at timestamptz,
  sent_number varchar(80) NOT NULL,
  sent_on date,
  reply varchar(8) NOT NULL,
  reply_number varchar(80) NOT NULL,
  replied_on date,
  approval jsonb,
  approved_at timestamptz,
  done_on date,
  method varchar(300) NOT NULL,
  why varchar(500) NOT NULL,
  revision integer NOT NULL,
  CONSTRAINT disposal_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX disposal_year_key ON eoffice.disposal (tenant_id, kind, year)
  WHERE state <> 'dropped';
CREATE TABLE eoffice.kept (
  tenant_id varchar(32) NOT NULL,
  letter_id uuid NOT NULL,
  stage varchar(10) NOT NULL,
  paper boolean NOT NULL,
  until smallint,
  why varchar(500) NOT NULL,
  keeper varchar(200) NOT NULL,
  handover uuid,
  year smallint,
  number integer,
  stored_on date,
  file_code varchar(40) NOT NULL,
  place varchar(200) NOT NULL,
  disposal uuid,
  ended_on date,
  CONSTRAINT kept_pkey PRIMARY KEY (tenant_id, letter_id),
  CONSTRAINT kept_letter FOREIGN KEY (tenant_id, letter_id)
    REFERENCES eoffice.letter (tenant_id, id),
  CONSTRAINT kept_handover FOREIGN KEY (tenant_id, handover)
    REFERENCES eoffice.handover (tenant_id, id),
  CONSTRAINT kept_disposal FOREIGN KEY (tenant_id, disposal)
    REFERENCES eoffice.disposal (tenant_id, id),
  CONSTRAINT kept_numbered CHECK ((number IS NULL) = (year IS NULL)),
  CONSTRAINT kept_ended CHECK ((stage IN ('destroyed', 'archived')) = (ended_on IS NOT NULL))
);
CREATE UNIQUE INDEX kept_number_key ON eoffice.kept (tenant_id, year, number)
  WHERE number IS NOT NULL;
CREATE INDEX kept_handed ON eoffice.kept (tenant_id, handover) WHERE handover IS NOT NULL;
CREATE INDEX kept_listed ON eoffice.kept (tenant_id, disposal) WHERE disposal IS NOT NULL;
CREATE INDEX letter_closed ON eoffice.letter (tenant_id, closed_on) WHERE state = 'closed';
CREATE TABLE eoffice.hold (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  letter_id uuid NOT NULL,
  ordered_by varchar(200) NOT NULL,
  why varchar(500) NOT NULL,
  placed_at timestamptz NOT NULL,
  placed_by uuid,
  placed_by_name varchar(200) NOT NULL,
  lifted_at timestamptz,
  lifted_by_name varchar(200) NOT NULL,
  lifted_why varchar(500) NOT NULL,
  CONSTRAINT hold_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT hold_letter FOREIGN KEY (tenant_id, letter_id)
    REFERENCES eoffice.letter (tenant_id, id)
);
CREATE INDEX hold_of_letter ON eoffice.hold (tenant_id, letter_id);
CREATE TABLE eoffice.loan (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  letter_id uuid NOT NULL,
  state varchar(8) NOT NULL,
  account uuid,
  agency varchar(200) NOT NULL,
  name varchar(200) NOT NULL,
  post varchar(200) NOT NULL,
  purpose varchar(500) NOT NULL,
  due_on date NOT NULL,
  asked_at timestamptz NOT NULL,
  asked_by uuid,
  asked_by_name varchar(200) NOT NULL,
  decided_at timestamptz,
  decided_by_name varchar(200) NOT NULL,
  decided_by_post varchar(200) NOT NULL,
  why varchar(500) NOT NULL,
  lent_on date,
  returned_on date,
  returned_by varchar(200) NOT NULL,
  taken_by_name varchar(200) NOT NULL,
  reminded_on date,
  CONSTRAINT loan_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT loan_letter FOREIGN KEY (tenant_id, letter_id)
    REFERENCES eoffice.letter (tenant_id, id)
);
CREATE UNIQUE INDEX loan_open_key ON eoffice.loan (tenant_id, letter_id)
  WHERE state IN ('asked', 'lent');
CREATE INDEX loan_of_letter ON eoffice.loan (tenant_id, letter_id);
CREATE INDEX loan_due ON eoffice.loan (tenant_id, due_on) WHERE state = 'lent';
CREATE TABLE eoffice.disposal_item (
  tenant_id varchar(32) NOT NULL,
  disposal_id uuid NOT NULL,
  turn integer NOT NULL,
  letter_id uuid NOT NULL,
  decision varchar(8) NOT NULL,
  until smallint,
  why varchar(500) NOT NULL,
  outcome varchar(9) NOT NULL,
  CONSTRAINT disposal_item_pkey PRIMARY KEY (tenant_id, disposal_id, turn),
  CONSTRAINT disposal_item_letter_key UNIQUE (tenant_id, disposal_id, letter_id),
  CONSTRAINT disposal_item_list FOREIGN KEY (tenant_id, disposal_id)
    REFERENCES eoffice.disposal (tenant_id, id),
  CONSTRAINT disposal_item_letter FOREIGN KEY (tenant_id, letter_id)
    REFERENCES eoffice.letter (tenant_id, id),
  CONSTRAINT disposal_item_until CHECK ((decision = 'keep') = (until IS NOT NULL))
);
CREATE INDEX disposal_item_of_letter ON eoffice.disposal_item (tenant_id, letter_id);
CREATE TABLE eoffice.export (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  register varchar(60) NOT NULL,
  year smallint NOT NULL,
  state varchar(8) NOT NULL,
  asked_at timestamptz NOT NULL,
  asked_by uuid,
  asked_by_name varchar(200) NOT NULL,
  made_at timestamptz,
  entries integer NOT NULL,
  letters integer NOT NULL,
  files integer NOT NULL,
  secret integer NOT NULL,
  size bigint NOT NULL,
  digest varchar(64) NOT NULL,
  problem jsonb,
  CONSTRAINT export_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX export_waiting_key ON eoffice.export (tenant_id, register, year)
  WHERE state = 'waiting';
SELECT core.keep_within_tenant('eoffice.kept');
SELECT core.keep_within_tenant('eoffice.handover');
SELECT core.keep_within_tenant('eoffice.hold');
SELECT core.keep_within_tenant('eoffice.loan');
SELECT core.keep_within_tenant('eoffice.disposal');
SELECT core.keep_within_tenant('eoffice.disposal_item');
SELECT core.keep_within_tenant('eoffice.export');
REVOKE DELETE ON eoffice.kept, eoffice.handover, eoffice.hold, eoffice.loan, eoffice.disposal,
  eoffice.disposal_item, eoffice.export FROM thongthin_app;
"""

DOWN = """
DROP TABLE eoffice.export, eoffice.disposal_item, eoffice.loan, eoffice.hold, eoffice.kept,
  eoffice.disposal, eoffice.handover;
DROP INDEX eoffice.letter_closed;
"""


async def forwards():
    return sql_migration("eoffice", ID, UP, DOWN)
