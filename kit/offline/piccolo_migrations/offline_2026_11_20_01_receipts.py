from core.api import sql_migration

ID = "2026-11-20T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What was sent, by its key."

UP = """
CREATE TABLE offline.receipt (
  tenant_id varchar(32) NOT NULL,
  key varchar(80) NOT NULL,
  account uuid,
  fingerprint bytea NOT NULL,
  location varchar(500) NOT NULL,
  words_th varchar(300) NOT NULL,
  words_en varchar(300) NOT NULL,
  made_at timestamptz NOT NULL,
  CONSTRAINT receipt_pkey PRIMARY KEY (tenant_id, key)
);
CREATE INDEX receipt_made ON offline.receipt (tenant_id, made_at);
SELECT core.keep_within_tenant('offline.receipt');
"""

DOWN = "DROP TABLE offline.receipt;"


async def forwards():
    return sql_migration("offline", ID, UP, DOWN)
