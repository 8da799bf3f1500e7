from core.api import sql_migration

ID = "2026-11-20T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Services that officers make in the browser, and their published versions."

UP = """
CREATE TABLE oss.own_service (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  code varchar(80) NOT NULL,
  unit varchar(40) NOT NULL,
  draft jsonb NOT NULL,
  parts integer NOT NULL,
  revision integer NOT NULL,
  changed_at timestamptz NOT NULL,
  changed_by varchar(200) NOT NULL,
  published integer,
  retired_at timestamptz,
  CONSTRAINT own_service_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT own_service_code_key UNIQUE (tenant_id, code)
);
SELECT core.keep_within_tenant('oss.own_service');

CREATE TABLE oss.own_version (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  service_id uuid NOT NULL,
  number integer NOT NULL,
  digest varchar(64) NOT NULL,
  declaration jsonb NOT NULL,
  published_at timestamptz NOT NULL,
  published_by varchar(200) NOT NULL,
  CONSTRAINT own_version_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT own_version_number_key UNIQUE (tenant_id, service_id, number)
);
ALTER TABLE oss.own_version ADD CONSTRAINT own_version_service_fkey
  FOREIGN KEY (tenant_id, service_id) REFERENCES oss.own_service (tenant_id, id);
SELECT core.keep_within_tenant('oss.own_version');
REVOKE UPDATE, DELETE ON oss.own_version FROM thongthin_app;
"""

DOWN = """
DROP TABLE oss.own_version, oss.own_service;
"""


async def forwards():
    return sql_migration("oss", ID, UP, DOWN)
