from core.migrations import sql_migration

ID = "2026-11-29T03:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "How often plugins failed, by the hour."

UP = """
CREATE TABLE core.plugin_failure (
  tenant_id varchar(32) NOT NULL,
  plugin varchar(40) NOT NULL,
  hour timestamptz NOT NULL,
  failures integer NOT NULL,
  cause varchar(500) NOT NULL,
  CONSTRAINT plugin_failure_pkey PRIMARY KEY (tenant_id, plugin, hour)
);
SELECT core.keep_within_tenant('core.plugin_failure');
"""

DOWN = "DROP TABLE core.plugin_failure;"


async def forwards():
    return sql_migration("core", ID, UP, DOWN)
