from core.migrations import sql_migration

ID = "2026-11-28T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The logo of an office."

UP = """
CREATE TABLE core.logo (
  tenant_id varchar(32) NOT NULL,
  digest varchar(16) NOT NULL,
  data bytea NOT NULL,
  CONSTRAINT logo_pkey PRIMARY KEY (tenant_id, digest)
);
SELECT core.keep_within_tenant('core.logo');
"""

DOWN = """
DROP TABLE core.logo;
"""


async def forwards():
    return sql_migration("core", ID, UP, DOWN)
