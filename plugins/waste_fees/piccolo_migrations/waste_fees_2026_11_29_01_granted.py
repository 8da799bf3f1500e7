from core.api import sql_migration

ID = "2026-11-29T05:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Casework keeps what was granted."

UP = """
INSERT INTO casework.granted (tenant_id, case_id, plugin, service, number, target, state,
  problem_th, problem_en, at, ended_at, ended_by_name, ended_why)
SELECT tenant_id, case_id, 'waste_fees', service, number, point_id, state,
  problem_th, problem_en, at, ended_at, ended_by_name, ended_why
FROM waste_fees.granted;
DROP TABLE waste_fees.granted;
"""

DOWN = """
CREATE TABLE waste_fees.granted (
  tenant_id varchar(32) NOT NULL,
  case_id uuid NOT NULL,
  service varchar(80) NOT NULL,
  number varchar(20) NOT NULL,
  point_id uuid,
  state varchar(10) NOT NULL,
  problem_th varchar(500) NOT NULL,
  problem_en varchar(500) NOT NULL,
  at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by_name varchar(200) NOT NULL,
  ended_why varchar(500) NOT NULL,
  CONSTRAINT granted_pkey PRIMARY KEY (tenant_id, case_id)
);
CREATE INDEX granted_waits ON waste_fees.granted (tenant_id, at) WHERE state = 'waits';
SELECT core.keep_within_tenant('waste_fees.granted');
REVOKE DELETE ON waste_fees.granted FROM thongthin_app;
INSERT INTO waste_fees.granted (tenant_id, case_id, service, number, point_id, state,
  problem_th, problem_en, at, ended_at, ended_by_name, ended_why)
SELECT tenant_id, case_id, service, number, target, state,
  problem_th, problem_en, at, ended_at, ended_by_name, ended_why
FROM casework.granted WHERE plugin = 'waste_fees';
DELETE FROM casework.granted WHERE plugin = 'waste_fees';
"""


async def forwards():
    return sql_migration("waste_fees", ID, UP, DOWN)
