from core.api import sql_migration

ID = "2026-11-29T05:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What was granted: carried out in the register of its plugin, or waiting."

UP = """
CREATE TABLE casework.granted (
  tenant_id varchar(32) NOT NULL,
  case_id uuid NOT NULL,
  plugin varchar(31) NOT NULL,
  service varchar(80) NOT NULL,
  number varchar(20) NOT NULL,
  target uuid,
  state varchar(8) NOT NULL,
  problem_th varchar(500) NOT NULL,
  problem_en varchar(500) NOT NULL,
  at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by_name varchar(200) NOT NULL,
  ended_why varchar(500) NOT NULL,
  CONSTRAINT granted_pkey PRIMARY KEY (tenant_id, case_id)
);
ALTER TABLE casework.granted ADD CONSTRAINT granted_case_fkey
  FOREIGN KEY (tenant_id, case_id) REFERENCES casework."case" (tenant_id, id);
CREATE INDEX granted_waits ON casework.granted (tenant_id, plugin, at) WHERE state = 'waits';
SELECT core.keep_within_tenant('casework.granted');
REVOKE DELETE ON casework.granted FROM thongthin_app;
"""

DOWN = """
DROP TABLE casework.granted;
"""


async def forwards():
    return sql_migration("casework", ID, UP, DOWN)
