from core.api import sql_migration

ID = "2026-11-28T04:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What rules found in a request, what officers judged of it, and its fee."

UP = """
ALTER TABLE casework."case" ADD COLUMN examined jsonb, ADD COLUMN signer jsonb,
  ADD COLUMN bill uuid;

CREATE TABLE casework.judgement (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  rule varchar(60) NOT NULL,
  holds boolean NOT NULL,
  why varchar(500) NOT NULL,
  at timestamptz NOT NULL,
  actor uuid,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT judgement_pkey PRIMARY KEY (tenant_id, id)
);
ALTER TABLE casework.judgement ADD CONSTRAINT judgement_case_fkey
  FOREIGN KEY (tenant_id, case_id) REFERENCES casework."case" (tenant_id, id);
CREATE INDEX judgement_case ON casework.judgement (tenant_id, case_id);
SELECT core.keep_within_tenant('casework.judgement');
REVOKE UPDATE, DELETE ON casework.judgement FROM thongthin_app;
"""

DOWN = """
DROP TABLE casework.judgement;
ALTER TABLE casework."case" DROP COLUMN examined, DROP COLUMN signer, DROP COLUMN bill;
"""


async def forwards():
    return sql_migration("casework", ID, UP, DOWN)
