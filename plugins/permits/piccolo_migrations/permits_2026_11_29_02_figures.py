from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.api import sql_migration

ID = "2026-11-29T03:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Figures of law move to the room of the kit that keeps those of every plugin."

COLUMNS = (
    "tenant_id, id, code, number, since, value, law, why, made_at, made_by_name, "
    "withdrawn_at, withdrawn_why, withdrawn_by_name"
)

# The kit's rooms are migrated before the plugins (core.registry.apps).
UP = f"""
INSERT INTO law.figure (plugin, {COLUMNS}) SELECT 'permits', {COLUMNS} FROM permits.figure;
DROP TABLE permits.figure;
"""

DOWN = f"""
CREATE TABLE permits.figure (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  code varchar(60) NOT NULL,
  since date NOT NULL,
  value varchar(100) NOT NULL,
  law varchar(300) NOT NULL,
  why varchar(500) NOT NULL,
  made_at timestamptz NOT NULL,
  made_by_name varchar(200) NOT NULL,
  withdrawn_at timestamptz,
  number integer NOT NULL,
  withdrawn_why varchar(500),
  withdrawn_by_name varchar(200),
  CONSTRAINT figure_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT figure_number_key UNIQUE (tenant_id, code, number)
);
SELECT core.keep_within_tenant('permits.figure');
REVOKE UPDATE, DELETE ON permits.figure FROM thongthin_app;
GRANT UPDATE (withdrawn_at, withdrawn_why, withdrawn_by_name) ON permits.figure TO thongthin_app;
INSERT INTO permits.figure ({COLUMNS}) SELECT {COLUMNS} FROM law.figure WHERE plugin = 'permits';
DELETE FROM law.figure WHERE plugin = 'permits';
"""


async def forwards() -> MigrationManager:
    return sql_migration("permits", ID, UP, DOWN)
