from core.api import sql_migration

ID = "2026-11-29T07:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Files of the register that an office has kept so far."

UP = """
CREATE TABLE food_cert.imported (
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
  seen jsonb NOT NULL,
  looked_at timestamptz NOT NULL,
  taken_at timestamptz,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT imported_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT imported_digest_key UNIQUE (tenant_id, digest)
);
SELECT core.keep_within_tenant('food_cert.imported');
REVOKE DELETE ON food_cert.imported FROM thongthin_app;
"""

DOWN = """
DROP TABLE food_cert.imported;
"""


async def forwards():
    return sql_migration("food_cert", ID, UP, DOWN)
