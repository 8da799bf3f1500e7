"""The secrets of municipalities that came from another installation."""

from core.migrations import sql_migration

ID = "2026-11-29T04:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The secrets of municipalities that came from another installation."

UP = """
CREATE TABLE core.tenant_secret (
  tenant_id varchar(32) NOT NULL,
  secret bytea NOT NULL,
  CONSTRAINT tenant_secret_pkey PRIMARY KEY (tenant_id)
);
SELECT core.keep_within_tenant('core.tenant_secret');
REVOKE INSERT, UPDATE, DELETE ON core.tenant_secret FROM thongthin_app;
"""

DOWN = "DROP TABLE core.tenant_secret;"


async def forwards():
    return sql_migration("core", ID, UP, DOWN)
