from core.api import sql_migration

ID = "2026-11-28T11:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Inspections of sites."

UP = """
CREATE TABLE permits.inspection (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  number varchar(20) NOT NULL,
  key varchar(80) NOT NULL,
  made_at timestamptz NOT NULL,
  sent_at timestamptz NOT NULL,
  late boolean NOT NULL,
  result varchar(10) NOT NULL,
  found jsonb NOT NULL,
  stated jsonb NOT NULL,
  photos jsonb NOT NULL,
  account uuid,
  made_by_name varchar(200) NOT NULL,
  made_by_post varchar(200) NOT NULL,
  CONSTRAINT inspection_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT inspection_key_key UNIQUE (tenant_id, key)
);
CREATE INDEX inspection_case ON permits.inspection (tenant_id, case_id, id);
SELECT core.keep_within_tenant('permits.inspection');
REVOKE UPDATE, DELETE ON permits.inspection FROM thongthin_app;
"""

DOWN = """
DROP TABLE permits.inspection;
"""


async def forwards():
    return sql_migration("permits", ID, UP, DOWN)
