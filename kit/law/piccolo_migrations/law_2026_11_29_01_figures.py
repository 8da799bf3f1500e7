from core.api import sql_migration

ID = "2026-11-29T03:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Figures of law that an office has set for itself."

UP = """
CREATE TABLE law.figure (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  plugin varchar(31) NOT NULL,
  code varchar(60) NOT NULL,
  number integer NOT NULL,
  since date NOT NULL,
  value varchar(100) NOT NULL,
  law varchar(300) NOT NULL,
  why varchar(500) NOT NULL,
  made_at timestamptz NOT NULL,
  made_by_name varchar(200) NOT NULL,
  withdrawn_at timestamptz,
  withdrawn_why varchar(500),
  withdrawn_by_name varchar(200),
  CONSTRAINT figure_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT figure_number_key UNIQUE (tenant_id, plugin, code, number)
);
SELECT core.keep_within_tenant('law.figure');
REVOKE UPDATE, DELETE ON law.figure FROM thongthin_app;
GRANT UPDATE (withdrawn_at, withdrawn_why, withdrawn_by_name) ON law.figure TO thongthin_app;
"""

DOWN = """
DROP TABLE law.figure;
"""


async def forwards():
    return sql_migration("law", ID, UP, DOWN)
