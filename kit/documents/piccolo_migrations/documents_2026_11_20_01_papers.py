from core.api import sql_migration

ID = "2026-11-20T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Papers that were issued."

UP = """
CREATE TABLE documents.paper (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  template varchar(80) NOT NULL,
  series varchar(80) NOT NULL,
  number varchar(40) NOT NULL,
  code varchar(14) NOT NULL,
  subject varchar(200) NOT NULL,
  contents jsonb NOT NULL,
  issued_at timestamptz NOT NULL,
  issued_by uuid,
  digest varchar(64),
  revoked_at timestamptz,
  revoked_why varchar(500),
  CONSTRAINT paper_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT paper_code_key UNIQUE (tenant_id, code)
);
CREATE UNIQUE INDEX paper_number_key ON documents.paper (tenant_id, series, number)
  WHERE series <> '';
CREATE INDEX paper_subject ON documents.paper (tenant_id, subject, issued_at);
SELECT core.keep_within_tenant('documents.paper');
REVOKE UPDATE, DELETE ON documents.paper FROM thongthin_app;
GRANT UPDATE (digest, revoked_at, revoked_why) ON documents.paper TO thongthin_app;
"""

DOWN = "DROP TABLE documents.paper;"


async def forwards():
    return sql_migration("documents", ID, UP, DOWN)
