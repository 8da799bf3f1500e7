from core.migrations import sql_migration

ID = "2026-11-29T10:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What the operator keeps of municipalities, and that one rests."

UP = """
ALTER TABLE core.tenant
  ADD COLUMN suspended_at timestamptz,
  ADD COLUMN suspended_why_th varchar(500),
  ADD COLUMN suspended_why_en varchar(500);
CREATE UNIQUE INDEX tenant_code_key ON core.tenant (code) WHERE code <> '';

CREATE TABLE core.local_office (
  tenant_id varchar(32) NOT NULL,
  code varchar(8) NOT NULL,
  kind varchar(40) NOT NULL,
  name varchar(200) NOT NULL,
  district varchar(100) NOT NULL,
  province varchar(100) NOT NULL,
  CONSTRAINT local_office_pkey PRIMARY KEY (tenant_id, code)
);
SELECT core.keep_within_tenant('core.local_office');

CREATE TABLE core.noted (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT noted_pkey PRIMARY KEY (tenant_id, id)
);
SELECT core.keep_within_tenant('core.noted');
"""

DOWN = """
DROP TABLE core.noted, core.local_office;
DROP INDEX core.tenant_code_key;
ALTER TABLE core.tenant
  DROP COLUMN suspended_at, DROP COLUMN suspended_why_th, DROP COLUMN suspended_why_en;
"""


async def forwards():
    return sql_migration("core", ID, UP, DOWN)
