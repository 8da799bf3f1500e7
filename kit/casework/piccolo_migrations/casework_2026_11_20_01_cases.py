from core.api import sql_migration

ID = "2026-11-20T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Cases and all that belongs to them."

UP = """
CREATE TABLE casework.service_version (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  service varchar(80) NOT NULL,
  version integer NOT NULL,
  digest varchar(64) NOT NULL,
  declaration jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT service_version_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT service_version_version_key UNIQUE (tenant_id, service, version),
  CONSTRAINT service_version_digest_key UNIQUE (tenant_id, service, digest)
);
SELECT core.keep_within_tenant('casework.service_version');
REVOKE UPDATE, DELETE ON casework.service_version FROM thongthin_app;

CREATE TABLE casework."case" (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  year smallint NOT NULL,
  service varchar(80) NOT NULL,
  version integer NOT NULL,
  subject varchar(300) NOT NULL,
  unit varchar(40) NOT NULL,
  status varchar(20) NOT NULL,
  step varchar(40),
  waits_for varchar(12) NOT NULL,
  assignee uuid,
  applicant uuid,
  applicant_name varchar(200) NOT NULL,
  applicant_id bytea,
  applicant_print bytea,
  phone varchar(16),
  email varchar(200),
  answers jsonb NOT NULL,
  channel varchar(10) NOT NULL,
  filed_by uuid,
  filed_at timestamptz NOT NULL,
  complete_on date,
  due_on date,
  paused_on date,
  extensions smallint NOT NULL,
  defects_on date,
  fix_by date,
  decided_on date,
  closed_at timestamptz,
  paper uuid,
  track varchar(14) NOT NULL,
  key varchar(80) NOT NULL,
  revision integer NOT NULL,
  changed_at timestamptz NOT NULL,
  changed_by varchar(200) NOT NULL,
  language varchar(2) NOT NULL,
  rating smallint CONSTRAINT case_rating_range CHECK (rating BETWEEN 1 AND 5),
  rating_words varchar(1000),
  search varchar[] NOT NULL,
  CONSTRAINT case_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT case_number_key UNIQUE (tenant_id, year, number),
  CONSTRAINT case_track_key UNIQUE (tenant_id, track),
  CONSTRAINT case_key_key UNIQUE (tenant_id, key)
);
ALTER TABLE casework."case" ADD CONSTRAINT case_version_fkey
  FOREIGN KEY (tenant_id, service, version)
  REFERENCES casework.service_version (tenant_id, service, version);
CREATE INDEX case_open_due ON casework."case" (tenant_id, due_on, id) WHERE closed_at IS NULL;
CREATE INDEX case_open_unit ON casework."case" (tenant_id, unit, waits_for, due_on, id)
  WHERE closed_at IS NULL;
CREATE INDEX case_applicant ON casework."case" (tenant_id, applicant, filed_at)
  WHERE applicant IS NOT NULL;
CREATE INDEX case_applicant_print ON casework."case" (tenant_id, applicant_print)
  WHERE applicant_print IS NOT NULL;
CREATE INDEX case_search ON casework."case" USING gin (search);
SELECT core.keep_within_tenant('casework."case"');
REVOKE DELETE ON casework."case" FROM thongthin_app;

CREATE TABLE casework.moment (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  at timestamptz NOT NULL,
  act varchar(20) NOT NULL,
  actor uuid,
  actor_name varchar(200) NOT NULL,
  actor_post varchar(200) NOT NULL,
  public boolean NOT NULL,
  detail jsonb NOT NULL,
  CONSTRAINT moment_pkey PRIMARY KEY (tenant_id, id)
);
ALTER TABLE casework.moment ADD CONSTRAINT moment_case_fkey
  FOREIGN KEY (tenant_id, case_id) REFERENCES casework."case" (tenant_id, id);
CREATE INDEX moment_case ON casework.moment (tenant_id, case_id, id);
SELECT core.keep_within_tenant('casework.moment');
REVOKE UPDATE, DELETE ON casework.moment FROM thongthin_app;

CREATE TABLE casework.passage (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  service varchar(80) NOT NULL,
  step varchar(40) NOT NULL,
  unit varchar(40) NOT NULL,
  began_on date NOT NULL,
  due_on date NOT NULL,
  ended_on date,
  ended_by uuid,
  ended_by_name varchar(200),
  CONSTRAINT passage_pkey PRIMARY KEY (tenant_id, id)
);
ALTER TABLE casework.passage ADD CONSTRAINT passage_case_fkey
  FOREIGN KEY (tenant_id, case_id) REFERENCES casework."case" (tenant_id, id);
CREATE INDEX passage_case ON casework.passage (tenant_id, case_id);
CREATE INDEX passage_ended ON casework.passage (tenant_id, ended_on) WHERE ended_on IS NOT NULL;
SELECT core.keep_within_tenant('casework.passage');

CREATE TABLE casework.remark (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  at timestamptz NOT NULL,
  kind varchar(10) NOT NULL,
  author uuid,
  author_name varchar(200) NOT NULL,
  words varchar(5000) NOT NULL,
  CONSTRAINT remark_pkey PRIMARY KEY (tenant_id, id)
);
ALTER TABLE casework.remark ADD CONSTRAINT remark_case_fkey
  FOREIGN KEY (tenant_id, case_id) REFERENCES casework."case" (tenant_id, id);
CREATE INDEX remark_case ON casework.remark (tenant_id, case_id, id);
SELECT core.keep_within_tenant('casework.remark');

CREATE TABLE casework.draft (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  account uuid,
  token bytea NOT NULL,
  service varchar(80) NOT NULL,
  version integer NOT NULL,
  content bytea NOT NULL,
  saved_at timestamptz NOT NULL,
  expires_on date NOT NULL,
  case_id uuid,
  CONSTRAINT draft_pkey PRIMARY KEY (tenant_id, id)
);
ALTER TABLE casework.draft ADD CONSTRAINT draft_version_fkey
  FOREIGN KEY (tenant_id, service, version)
  REFERENCES casework.service_version (tenant_id, service, version);
CREATE INDEX draft_account ON casework.draft (tenant_id, account) WHERE account IS NOT NULL;
CREATE INDEX draft_expires ON casework.draft (tenant_id, expires_on);
SELECT core.keep_within_tenant('casework.draft');

CREATE TABLE casework.attachment (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  draft_id uuid,
  case_id uuid,
  document varchar(80) NOT NULL,
  digest varchar(64) NOT NULL,
  thumbnail varchar(64),
  name varchar(255) NOT NULL,
  media_type varchar(80) NOT NULL,
  size integer NOT NULL,
  pages integer NOT NULL,
  at timestamptz NOT NULL,
  removed_at timestamptz,
  CONSTRAINT attachment_pkey PRIMARY KEY (tenant_id, id)
);
ALTER TABLE casework.attachment ADD CONSTRAINT attachment_case_fkey
  FOREIGN KEY (tenant_id, case_id) REFERENCES casework."case" (tenant_id, id);
CREATE INDEX attachment_case ON casework.attachment (tenant_id, case_id)
  WHERE case_id IS NOT NULL;
CREATE INDEX attachment_draft ON casework.attachment (tenant_id, draft_id)
  WHERE draft_id IS NOT NULL;
SELECT core.keep_within_tenant('casework.attachment');

CREATE TABLE casework.task (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  kind varchar(20) NOT NULL,
  turn integer NOT NULL,
  unit varchar(40) NOT NULL,
  due_on date NOT NULL,
  done_at timestamptz,
  done_by uuid,
  CONSTRAINT task_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT task_turn_key UNIQUE (tenant_id, case_id, kind, turn)
);
ALTER TABLE casework.task ADD CONSTRAINT task_case_fkey
  FOREIGN KEY (tenant_id, case_id) REFERENCES casework."case" (tenant_id, id);
CREATE INDEX task_open ON casework.task (tenant_id, unit, due_on) WHERE done_at IS NULL;
SELECT core.keep_within_tenant('casework.task');
"""

DOWN = """
DROP TABLE casework.task, casework.attachment, casework.draft, casework.remark, casework.passage,
  casework.moment, casework."case", casework.service_version;
"""


async def forwards():
    return sql_migration("casework", ID, UP, DOWN)
