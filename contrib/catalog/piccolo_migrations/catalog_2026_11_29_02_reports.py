from core.api import sql_migration

ID = "2026-11-29T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Reports of the conformance kit."

UP = """
CREATE TABLE catalog.report (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  submission_id uuid NOT NULL,
  at timestamptz NOT NULL,
  failure varchar(6) NOT NULL,
  tier varchar(8) NOT NULL,
  passed integer NOT NULL,
  total integer NOT NULL,
  digest varchar(64) NOT NULL,
  CONSTRAINT report_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT report_of FOREIGN KEY (tenant_id, submission_id)
    REFERENCES catalog.submission (tenant_id, id)
);
CREATE INDEX report_by_submission ON catalog.report (tenant_id, submission_id, id);
SELECT core.keep_within_tenant('catalog.report');
REVOKE UPDATE, DELETE ON catalog.report FROM thongthin_app;
"""

DOWN = """
DROP TABLE catalog.report;
"""


async def forwards():
    return sql_migration("catalog", ID, UP, DOWN)
