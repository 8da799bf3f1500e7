from core.api import sql_migration

ID = "2026-11-28T10:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Who was reminded that a permit expires."

UP = """
CREATE TABLE permits.reminded (
  tenant_id varchar(32) NOT NULL,
  case_id uuid NOT NULL,
  until date NOT NULL,
  days smallint NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT reminded_pkey PRIMARY KEY (tenant_id, case_id, until, days),
  CONSTRAINT reminded_permit_fkey FOREIGN KEY (tenant_id, case_id)
    REFERENCES permits.permit (tenant_id, case_id)
);
SELECT core.keep_within_tenant('permits.reminded');
REVOKE UPDATE, DELETE ON permits.reminded FROM thongthin_app;
"""

DOWN = """
DROP TABLE permits.reminded;
"""


async def forwards():
    return sql_migration("permits", ID, UP, DOWN)
