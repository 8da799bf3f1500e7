from core.api import sql_migration

ID = "2026-11-28T13:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What became of permits after they were issued."

UP = """
CREATE TABLE permits.permit_event (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  permit_id uuid NOT NULL,
  what varchar(20) NOT NULL,
  day date NOT NULL,
  case_id uuid,
  words_th varchar(500) NOT NULL,
  words_en varchar(500) NOT NULL,
  at timestamptz NOT NULL,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT permit_event_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT permit_event_of FOREIGN KEY (tenant_id, permit_id)
    REFERENCES permits.permit (tenant_id, case_id)
);
CREATE INDEX permit_event_by_permit ON permits.permit_event (tenant_id, permit_id, id);
CREATE TABLE permits.granted (
  tenant_id varchar(32) NOT NULL,
  case_id uuid NOT NULL,
  service varchar(80) NOT NULL,
  number varchar(20) NOT NULL,
  permit_id uuid,
  state varchar(8) NOT NULL,
  problem_th varchar(500) NOT NULL,
  problem_en varchar(500) NOT NULL,
  at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by_name varchar(200) NOT NULL,
  ended_why varchar(500) NOT NULL,
  CONSTRAINT granted_pkey PRIMARY KEY (tenant_id, case_id)
);
CREATE INDEX granted_waits ON permits.granted (tenant_id, at) WHERE state = 'waits';
SELECT core.keep_within_tenant('permits.permit_event');
SELECT core.keep_within_tenant('permits.granted');
REVOKE UPDATE, DELETE ON permits.permit_event FROM thongthin_app;
REVOKE DELETE ON permits.granted FROM thongthin_app;
"""

DOWN = """
DROP TABLE permits.granted, permits.permit_event;
"""


async def forwards():
    return sql_migration("permits", ID, UP, DOWN)
