from core.migrations import sql_migration

ID = "2026-11-20T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The audit trail."

UP = """
CREATE TABLE core.audit_entry (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  actor uuid,
  actor_name varchar(200) NOT NULL,
  action varchar(80) NOT NULL,
  subject varchar(200) NOT NULL,
  owner uuid,
  request varchar(40) NOT NULL,
  detail jsonb NOT NULL,
  seq bigint,
  chain bytea,
  CONSTRAINT audit_entry_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT audit_entry_seq_key UNIQUE (tenant_id, seq)
);
CREATE INDEX audit_entry_unsealed ON core.audit_entry (tenant_id) WHERE seq IS NULL;
CREATE INDEX audit_entry_owner ON core.audit_entry (tenant_id, owner, at) WHERE owner IS NOT NULL;
CREATE INDEX audit_entry_subject ON core.audit_entry (tenant_id, subject, at);
SELECT core.keep_within_tenant('core.audit_entry');
REVOKE UPDATE, DELETE ON core.audit_entry FROM thongthin_app;
GRANT UPDATE (seq, chain) ON core.audit_entry TO thongthin_app;
"""

DOWN = "DROP TABLE core.audit_entry;"


async def forwards():
    return sql_migration("core", ID, UP, DOWN)
