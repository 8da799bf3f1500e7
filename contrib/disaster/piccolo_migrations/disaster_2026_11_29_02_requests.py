from core.api import sql_migration

ID = "2026-11-29T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Requests for help, and teams."

UP = """
CREATE TABLE disaster.team (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  name varchar(100) NOT NULL,
  leader varchar(200) NOT NULL,
  phone varchar(16) NOT NULL,
  can varchar(300) NOT NULL,
  active boolean NOT NULL,
  made_at timestamptz NOT NULL,
  CONSTRAINT team_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT team_name_key UNIQUE (tenant_id, name)
);
CREATE TABLE disaster.request (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  code varchar(14) NOT NULL,
  event_id uuid NOT NULL,
  household_id uuid,
  channel varchar(5) NOT NULL,
  name varchar(200) NOT NULL,
  phone varchar(16) NOT NULL,
  address varchar(300) NOT NULL,
  village varchar(100) NOT NULL,
  subdistrict varchar(6) NOT NULL,
  pin jsonb,
  needs jsonb NOT NULL,
  water varchar(10) NOT NULL,
  floor_cm smallint NOT NULL,
  people smallint NOT NULL,
  flags jsonb NOT NULL,
  note varchar(1000) NOT NULL,
  state varchar(8) NOT NULL,
  team_id uuid,
  points numeric(8, 2),
  points_why varchar(500) NOT NULL,
  points_by_name varchar(200) NOT NULL,
  asked_at timestamptz NOT NULL,
  assigned_at timestamptz,
  ended_at timestamptz,
  revision integer NOT NULL,
  taken_by_name varchar(200) NOT NULL,
  CONSTRAINT request_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT request_number_key UNIQUE (tenant_id, number),
  CONSTRAINT request_code_key UNIQUE (tenant_id, code),
  CONSTRAINT request_event FOREIGN KEY (tenant_id, event_id)
    REFERENCES disaster.event (tenant_id, id),
  CONSTRAINT request_household FOREIGN KEY (tenant_id, household_id)
    REFERENCES disaster.household (tenant_id, id),
  CONSTRAINT request_team FOREIGN KEY (tenant_id, team_id)
    REFERENCES disaster.team (tenant_id, id)
);
CREATE INDEX request_open ON disaster.request (tenant_id, asked_at, id)
  WHERE state IN ('new', 'assigned', 'going');
CREATE INDEX request_by_event ON disaster.request (tenant_id, event_id, id);
CREATE INDEX request_by_team ON disaster.request (tenant_id, team_id, id)
  WHERE team_id IS NOT NULL;
CREATE TABLE disaster.request_step (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  request_id uuid NOT NULL,
  what varchar(10) NOT NULL,
  words_th varchar(500) NOT NULL,
  words_en varchar(500) NOT NULL,
  note varchar(1000) NOT NULL,
  made_at timestamptz NOT NULL,
  sent_at timestamptz NOT NULL,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT request_step_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT request_step_of FOREIGN KEY (tenant_id, request_id)
    REFERENCES disaster.request (tenant_id, id)
);
CREATE INDEX request_step_by_request ON disaster.request_step (tenant_id, request_id, id);
SELECT core.keep_within_tenant('disaster.team');
SELECT core.keep_within_tenant('disaster.request');
SELECT core.keep_within_tenant('disaster.request_step');
REVOKE DELETE ON disaster.team, disaster.request FROM thongthin_app;
REVOKE UPDATE, DELETE ON disaster.request_step FROM thongthin_app;
"""

DOWN = """
DROP TABLE disaster.request_step, disaster.request, disaster.team;
"""


async def forwards():
    return sql_migration("disaster", ID, UP, DOWN)
