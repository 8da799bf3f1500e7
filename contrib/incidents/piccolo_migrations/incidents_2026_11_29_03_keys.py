from core.api import sql_migration

ID = "2026-11-29T03:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Keys of other programs."

UP = """
CREATE TABLE incidents.api_key (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  holder varchar(200) NOT NULL,
  email varchar(254) NOT NULL,
  mark bytea NOT NULL,
  given_at timestamptz NOT NULL,
  given_by_name varchar(200) NOT NULL,
  withdrawn_at timestamptz,
  withdrawn_by_name varchar(200),
  CONSTRAINT api_key_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT api_key_mark_key UNIQUE (tenant_id, mark)
);
SELECT core.keep_within_tenant('incidents.api_key');
REVOKE DELETE ON incidents.api_key FROM thongthin_app;
"""

DOWN = """
DROP TABLE incidents.api_key;
"""


async def forwards():
    return sql_migration("incidents", ID, UP, DOWN)
