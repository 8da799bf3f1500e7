from core.api import sql_migration

ID = "2026-11-28T14:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Figures of an office: their turn, who withdrew them and why; and the fast lane's clock."

UP = """
ALTER TABLE permits.figure ADD COLUMN number integer;
ALTER TABLE permits.figure ADD COLUMN withdrawn_why varchar(500);
ALTER TABLE permits.figure ADD COLUMN withdrawn_by_name varchar(200);
UPDATE permits.figure f SET number = counted.number FROM (
  SELECT tenant_id, id, row_number() OVER (PARTITION BY tenant_id, code ORDER BY id) AS number
  FROM permits.figure
) counted WHERE counted.tenant_id = f.tenant_id AND counted.id = f.id;
ALTER TABLE permits.figure ALTER COLUMN number SET NOT NULL;
ALTER TABLE permits.figure ADD CONSTRAINT figure_number_key UNIQUE (tenant_id, code, number);
REVOKE UPDATE ON permits.figure FROM thongthin_app;
GRANT UPDATE (withdrawn_at, withdrawn_why, withdrawn_by_name) ON permits.figure TO thongthin_app;
CREATE TABLE permits.counter (
  tenant_id varchar(32) NOT NULL,
  case_id uuid NOT NULL,
  number varchar(20) NOT NULL,
  filed_at timestamptz NOT NULL,
  booked_for timestamptz,
  visit_at timestamptz,
  arrived_at timestamptz,
  approved_at timestamptz,
  issued_at timestamptz,
  ended_at timestamptz,
  CONSTRAINT counter_pkey PRIMARY KEY (tenant_id, case_id)
);
CREATE INDEX counter_issued ON permits.counter (tenant_id, issued_at);
CREATE INDEX counter_waiting ON permits.counter (tenant_id, case_id)
  WHERE issued_at IS NULL AND ended_at IS NULL;
SELECT core.keep_within_tenant('permits.counter');
REVOKE DELETE ON permits.counter FROM thongthin_app;
"""

DOWN = """
DROP TABLE permits.counter;
REVOKE UPDATE (withdrawn_at, withdrawn_why, withdrawn_by_name)
  ON permits.figure FROM thongthin_app;
GRANT UPDATE ON permits.figure TO thongthin_app;
ALTER TABLE permits.figure DROP COLUMN number, DROP COLUMN withdrawn_why,
  DROP COLUMN withdrawn_by_name;
"""


async def forwards():
    return sql_migration("permits", ID, UP, DOWN)
