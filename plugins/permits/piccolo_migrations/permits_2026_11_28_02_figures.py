from core.api import sql_migration

ID = "2026-11-28T08:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Figures of law that an office has set for itself."

UP = """
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
  CONSTRAINT figure_pkey PRIMARY KEY (tenant_id, id)
);
SELECT core.keep_within_tenant('permits.figure');
REVOKE DELETE ON permits.figure FROM thongthin_app;
"""

DOWN = """
DROP TABLE permits.figure;
"""


async def forwards():
    return sql_migration("permits", ID, UP, DOWN)
