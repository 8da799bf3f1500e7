from core.api import sql_migration

ID = "2026-11-29T08:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What installations tell of failures, by version and day."

UP = """
CREATE TABLE catalog.failure_day (
  tenant_id varchar(32) NOT NULL,
  installation varchar(32) NOT NULL,
  plugin varchar(31) NOT NULL,
  version varchar(23) NOT NULL,
  day date NOT NULL,
  calls bigint NOT NULL,
  failures bigint NOT NULL,
  rests bigint NOT NULL,
  CONSTRAINT failure_day_pkey PRIMARY KEY (tenant_id, installation, day, plugin, version)
);
CREATE INDEX failure_day_by_day ON catalog.failure_day (tenant_id, day);
SELECT core.keep_within_tenant('catalog.failure_day');
REVOKE UPDATE ON catalog.failure_day FROM thongthin_app;
"""

DOWN = """
DROP TABLE catalog.failure_day;
"""


async def forwards():
    return sql_migration("catalog", ID, UP, DOWN)
