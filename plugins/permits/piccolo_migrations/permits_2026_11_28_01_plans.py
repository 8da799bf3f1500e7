from core.api import sql_migration

ID = "2026-11-28T07:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The library of standard plans: plans, their versions, their files."

UP = """
CREATE TABLE permits.plan (
  tenant_id varchar(32) NOT NULL,
  code varchar(40) NOT NULL,
  latest integer NOT NULL,
  made_at timestamptz NOT NULL,
  withdrawn_from date,
  withdrawn_why varchar(500) NOT NULL,
  withdrawn_at timestamptz,
  withdrawn_by_name varchar(200) NOT NULL,
  CONSTRAINT plan_pkey PRIMARY KEY (tenant_id, code)
);
CREATE TABLE permits.plan_file (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  what varchar(12) NOT NULL,
  digest varchar(64) NOT NULL,
  thumbnail varchar(64),
  name varchar(255) NOT NULL,
  media_type varchar(40) NOT NULL,
  size integer NOT NULL,
  pages integer NOT NULL,
  at timestamptz NOT NULL,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT plan_file_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TABLE permits.plan_version (
  tenant_id varchar(32) NOT NULL,
  code varchar(40) NOT NULL,
  number integer NOT NULL,
  from_on date NOT NULL,
  facts jsonb NOT NULL,
  drawings uuid NOT NULL,
  calculations uuid NOT NULL,
  picture uuid,
  why varchar(500) NOT NULL,
  made_at timestamptz NOT NULL,
  made_by_name varchar(200) NOT NULL,
  CONSTRAINT plan_version_pkey PRIMARY KEY (tenant_id, code, number),
  CONSTRAINT plan_version_of FOREIGN KEY (tenant_id, code)
    REFERENCES permits.plan (tenant_id, code),
  CONSTRAINT plan_version_drawings FOREIGN KEY (tenant_id, drawings)
    REFERENCES permits.plan_file (tenant_id, id),
  CONSTRAINT plan_version_calculations FOREIGN KEY (tenant_id, calculations)
    REFERENCES permits.plan_file (tenant_id, id),
  CONSTRAINT plan_version_picture FOREIGN KEY (tenant_id, picture)
    REFERENCES permits.plan_file (tenant_id, id)
);
SELECT core.keep_within_tenant('permits.plan');
SELECT core.keep_within_tenant('permits.plan_file');
SELECT core.keep_within_tenant('permits.plan_version');
REVOKE UPDATE, DELETE ON permits.plan_file, permits.plan_version FROM thongthin_app;
REVOKE DELETE ON permits.plan FROM thongthin_app;
"""

DOWN = """
DROP TABLE permits.plan_version, permits.plan_file, permits.plan;
"""


async def forwards():
    return sql_migration("permits", ID, UP, DOWN)
