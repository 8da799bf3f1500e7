from core.api import sql_migration

ID = "2026-11-29T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Reports, those who speak of them, and what was done in what time."

UP = """
CREATE TABLE incidents.report (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  code varchar(12) NOT NULL,
  category varchar(20) NOT NULL,
  description varchar(4000) NOT NULL,
  summary varchar(4000) NOT NULL,
  asset_id uuid,
  lat double precision,
  lon double precision,
  address varchar(300) NOT NULL,
  channel varchar(7) NOT NULL,
  state varchar(8) NOT NULL,
  unit varchar(40) NOT NULL,
  crew uuid,
  crew_name varchar(200) NOT NULL,
  agency varchar(200) NOT NULL,
  merged_into uuid,
  answer varchar(1000) NOT NULL,
  reopened smallint NOT NULL,
  cost bigint,
  sent_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  closed_at timestamptz,
  due_at timestamptz,
  expected_at timestamptz NOT NULL,
  revision integer NOT NULL,
  CONSTRAINT report_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT report_code_key UNIQUE (tenant_id, code),
  CONSTRAINT report_asset FOREIGN KEY (tenant_id, asset_id)
    REFERENCES incidents.asset (tenant_id, id)
);
CREATE INDEX report_near ON incidents.report (tenant_id, category, lat, lon);
CREATE INDEX report_state ON incidents.report (tenant_id, state, due_at);
CREATE INDEX report_sent ON incidents.report (tenant_id, sent_at);
CREATE INDEX report_asset_of ON incidents.report (tenant_id, asset_id) WHERE asset_id IS NOT NULL;
CREATE TABLE incidents.voice (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  report_id uuid NOT NULL,
  sent_to uuid NOT NULL,
  track varchar(14) NOT NULL,
  key varchar(80) NOT NULL,
  name varchar(200) NOT NULL,
  phone varchar(16) NOT NULL,
  email varchar(254) NOT NULL,
  account uuid,
  api_key uuid,
  media_url varchar(500) NOT NULL,
  words varchar(4000) NOT NULL,
  rating smallint,
  rating_words varchar(500) NOT NULL,
  sent_at timestamptz NOT NULL,
  CONSTRAINT voice_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT voice_track_key UNIQUE (tenant_id, track),
  CONSTRAINT voice_key_key UNIQUE (tenant_id, key),
  CONSTRAINT voice_of FOREIGN KEY (tenant_id, report_id)
    REFERENCES incidents.report (tenant_id, id)
);
CREATE INDEX voice_by_report ON incidents.voice (tenant_id, report_id);
CREATE TABLE incidents.photo (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  report_id uuid NOT NULL,
  voice_id uuid,
  shows varchar(6) NOT NULL,
  digest varchar(64) NOT NULL,
  small varchar(64) NOT NULL,
  name varchar(200) NOT NULL,
  media_type varchar(100) NOT NULL,
  made_at timestamptz NOT NULL,
  CONSTRAINT photo_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT photo_of FOREIGN KEY (tenant_id, report_id)
    REFERENCES incidents.report (tenant_id, id)
);
CREATE INDEX photo_by_report ON incidents.photo (tenant_id, report_id);
CREATE TABLE incidents.period (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  report_id uuid NOT NULL,
  stage varchar(6) NOT NULL,
  category varchar(20) NOT NULL,
  unit varchar(40) NOT NULL,
  begun_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  ended_at timestamptz,
  in_time boolean,
  CONSTRAINT period_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT period_of FOREIGN KEY (tenant_id, report_id)
    REFERENCES incidents.report (tenant_id, id)
);
CREATE INDEX period_by_report ON incidents.period (tenant_id, report_id);
CREATE INDEX period_begun ON incidents.period (tenant_id, begun_at);
CREATE TABLE incidents.event (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  report_id uuid NOT NULL,
  act varchar(9) NOT NULL,
  state varchar(8) NOT NULL,
  words varchar(1000) NOT NULL,
  for_all boolean NOT NULL,
  key varchar(80),
  made_at timestamptz NOT NULL,
  at timestamptz NOT NULL,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT event_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT event_key_key UNIQUE (tenant_id, key),
  CONSTRAINT event_of FOREIGN KEY (tenant_id, report_id)
    REFERENCES incidents.report (tenant_id, id)
);
CREATE INDEX event_by_report ON incidents.event (tenant_id, report_id, id);
SELECT core.keep_within_tenant('incidents.report');
SELECT core.keep_within_tenant('incidents.voice');
SELECT core.keep_within_tenant('incidents.photo');
SELECT core.keep_within_tenant('incidents.period');
SELECT core.keep_within_tenant('incidents.event');
REVOKE DELETE ON incidents.report, incidents.voice, incidents.photo, incidents.period FROM thongthin_app;
REVOKE UPDATE, DELETE ON incidents.event FROM thongthin_app;
"""

DOWN = """
DROP TABLE incidents.event, incidents.period, incidents.photo, incidents.voice, incidents.report;
"""


async def forwards():
    return sql_migration("incidents", ID, UP, DOWN)
