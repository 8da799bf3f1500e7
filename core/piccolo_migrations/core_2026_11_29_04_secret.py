"""The secrets of municipalities that came from another installation."""

from core.migrations import sql_migration

ID = "2026-11-29T04:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The secrets of municipalities that came from another installation."

UP = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM core.tenant) THEN
    RAISE EXCEPTION 'this database was made before municipalities had keys of their own, by a '
      'version that was never released: what it locks cannot be read any more'
      USING HINT = 'Begin with an empty one: make demo-reset, or another data folder.';
  END IF;
END $$;
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
