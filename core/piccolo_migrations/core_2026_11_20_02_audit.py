from core.migrations import sql_migration

ID = "2026-11-20T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The audit trail and its sealed ends."

UP = """
-- detail is json, not jsonb: the text stays as it was written, and so does its digest.
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
  detail json NOT NULL,
  digest bytea NOT NULL,
  seq bigint,
  chain bytea,
  CONSTRAINT audit_entry_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT audit_entry_seq_key UNIQUE (tenant_id, seq)
);
CREATE INDEX audit_entry_unsealed ON core.audit_entry (tenant_id, id) WHERE seq IS NULL;
CREATE INDEX audit_entry_at ON core.audit_entry (tenant_id, at, id);
CREATE INDEX audit_entry_owner ON core.audit_entry (tenant_id, owner, at) WHERE owner IS NOT NULL;
CREATE INDEX audit_entry_subject ON core.audit_entry (tenant_id, subject, at);
SELECT core.keep_within_tenant('core.audit_entry');
REVOKE INSERT, UPDATE, DELETE ON core.audit_entry FROM thongthin_app;
GRANT INSERT (tenant_id, id, at, actor, actor_name, action, subject, owner, request, detail,
  digest) ON core.audit_entry TO thongthin_app;
GRANT UPDATE (seq, chain) ON core.audit_entry TO thongthin_app;

CREATE TABLE core.audit_head (
  tenant_id varchar(32) NOT NULL,
  seq bigint NOT NULL,
  chain bytea NOT NULL,
  at timestamptz NOT NULL,
  signature bytea NOT NULL,
  CONSTRAINT audit_head_pkey PRIMARY KEY (tenant_id)
);
SELECT core.keep_within_tenant('core.audit_head');
REVOKE DELETE ON core.audit_head FROM thongthin_app;

-- The worker seals for all municipalities and may see the rows of none at once.
CREATE FUNCTION core.tenants_with_unsealed_entries() RETURNS SETOF varchar
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $f$
  SELECT DISTINCT tenant_id FROM core.audit_entry WHERE seq IS NULL
$f$;
REVOKE ALL ON FUNCTION core.tenants_with_unsealed_entries() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.tenants_with_unsealed_entries() TO thongthin_app;
"""

DOWN = """
DROP FUNCTION core.tenants_with_unsealed_entries();
DROP TABLE core.audit_head, core.audit_entry;
"""


async def forwards():
    return sql_migration("core", ID, UP, DOWN)
