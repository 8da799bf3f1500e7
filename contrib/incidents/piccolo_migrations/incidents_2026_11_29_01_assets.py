from core.api import sql_migration

ID = "2026-11-29T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The register of public assets."

UP = """
CREATE TABLE incidents.asset (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  code varchar(30) NOT NULL,
  kind varchar(20) NOT NULL,
  owner varchar(20) NOT NULL,
  lamp varchar(100) NOT NULL,
  place varchar(300) NOT NULL,
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  repaired_on date,
  state varchar(7) NOT NULL,
  revision integer NOT NULL,
  changed_at timestamptz NOT NULL,
  CONSTRAINT asset_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT asset_code_key UNIQUE (tenant_id, code)
);
CREATE INDEX asset_by_kind ON incidents.asset (tenant_id, kind, code);
CREATE TABLE incidents.imported (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  digest varchar(64) NOT NULL,
  name varchar(200) NOT NULL,
  state varchar(6) NOT NULL,
  read integer NOT NULL,
  good integer NOT NULL,
  known integer NOT NULL,
  bad integer NOT NULL,
  report jsonb NOT NULL,
  looked_at timestamptz NOT NULL,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT imported_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT imported_digest_key UNIQUE (tenant_id, digest)
);
SELECT core.keep_within_tenant('incidents.asset');
SELECT core.keep_within_tenant('incidents.imported');
REVOKE DELETE ON incidents.asset, incidents.imported FROM thongthin_app;
"""

DOWN = """
DROP TABLE incidents.imported, incidents.asset;
"""


async def forwards():
    return sql_migration("incidents", ID, UP, DOWN)
