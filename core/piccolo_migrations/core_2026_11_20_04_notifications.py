from core.migrations import sql_migration

ID = "2026-11-20T04:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Messages, failed work, and which municipalities the worker has work for."

UP = """
CREATE TABLE core.message (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  key varchar(200) NOT NULL,
  recipient varchar(320) NOT NULL,
  channel varchar(20) NOT NULL,
  account uuid,
  address varchar(320) NOT NULL,
  language varchar(2) NOT NULL,
  template varchar(80) NOT NULL,
  subject_th varchar(300) NOT NULL,
  subject_en varchar(300) NOT NULL,
  body_th text NOT NULL,
  body_en text NOT NULL,
  href varchar(300) NOT NULL,
  state varchar(10) NOT NULL CONSTRAINT message_state_known
    CHECK (state IN ('queued', 'waiting', 'sent', 'failed', 'dropped')),
  attempts integer NOT NULL,
  error varchar(500),
  receipt varchar(200),
  created_at timestamptz NOT NULL,
  sent_at timestamptz,
  read_at timestamptz,
  CONSTRAINT message_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT message_once UNIQUE (tenant_id, key, recipient, channel)
);
CREATE INDEX message_inbox ON core.message (tenant_id, account, id) WHERE channel = 'inbox';
CREATE INDEX message_unread ON core.message (tenant_id, account)
  WHERE channel = 'inbox' AND read_at IS NULL;
CREATE INDEX message_open ON core.message (tenant_id, state, id)
  WHERE state IN ('queued', 'waiting', 'failed');
SELECT core.keep_within_tenant('core.message');

CREATE TABLE core.undelivered (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  job varchar(80) NOT NULL,
  plugin varchar(40) NOT NULL,
  hook varchar(80),
  arguments jsonb NOT NULL,
  error varchar(500) NOT NULL,
  failed_at timestamptz NOT NULL,
  CONSTRAINT undelivered_pkey PRIMARY KEY (tenant_id, id)
);
SELECT core.keep_within_tenant('core.undelivered');

-- The worker serves all municipalities and may see the rows of none at once: these two
-- functions of the owner tell it the ids of those for which there is something to do.
CREATE FUNCTION core.tenants_with_plugin(wanted text) RETURNS SETOF varchar
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $f$
  SELECT tenant_id FROM core.plugin_switch
  WHERE plugin = wanted AND "on" AND resting_since IS NULL ORDER BY tenant_id
$f$;
CREATE FUNCTION core.tenants_with_waiting_messages() RETURNS SETOF varchar
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $f$
  SELECT DISTINCT tenant_id FROM core.message WHERE state = 'waiting'
$f$;
REVOKE ALL ON FUNCTION core.tenants_with_plugin(text), core.tenants_with_waiting_messages()
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.tenants_with_plugin(text), core.tenants_with_waiting_messages()
  TO thongthin_app;
"""

DOWN = """
DROP FUNCTION core.tenants_with_plugin(text), core.tenants_with_waiting_messages();
DROP TABLE core.undelivered, core.message;
"""


async def forwards():
    return sql_migration("core", ID, UP, DOWN)
