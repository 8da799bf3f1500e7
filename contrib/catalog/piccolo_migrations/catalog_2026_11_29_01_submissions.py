from core.api import sql_migration

ID = "2026-11-29T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Publishers, their plugins, and the versions that they hand in."

UP = """
CREATE TABLE catalog.publisher (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  code varchar(40) NOT NULL,
  title varchar(200) NOT NULL,
  email varchar(254) NOT NULL,
  account uuid NOT NULL,
  registered_at timestamptz NOT NULL,
  CONSTRAINT publisher_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT publisher_code_key UNIQUE (tenant_id, code),
  CONSTRAINT publisher_account_key UNIQUE (tenant_id, account)
);
CREATE TABLE catalog.plugin (
  tenant_id varchar(32) NOT NULL,
  name varchar(31) NOT NULL,
  publisher_id uuid NOT NULL,
  CONSTRAINT plugin_pkey PRIMARY KEY (tenant_id, name),
  CONSTRAINT plugin_of FOREIGN KEY (tenant_id, publisher_id)
    REFERENCES catalog.publisher (tenant_id, id)
);
CREATE TABLE catalog.submission (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  publisher_id uuid NOT NULL,
  plugin varchar(31) NOT NULL,
  version varchar(23) NOT NULL,
  api integer NOT NULL,
  capabilities jsonb NOT NULL,
  unsourced jsonb NOT NULL,
  answers jsonb NOT NULL,
  wheel_name varchar(200) NOT NULL,
  wheel varchar(64) NOT NULL,
  source_name varchar(200) NOT NULL,
  source varchar(64) NOT NULL,
  state varchar(9) NOT NULL,
  curator uuid,
  curator_name varchar(200) NOT NULL,
  sent_at timestamptz NOT NULL,
  sender uuid NOT NULL,
  sender_name varchar(200) NOT NULL,
  changed_at timestamptz NOT NULL,
  revision integer NOT NULL,
  CONSTRAINT submission_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT submission_publisher FOREIGN KEY (tenant_id, publisher_id)
    REFERENCES catalog.publisher (tenant_id, id),
  CONSTRAINT submission_plugin FOREIGN KEY (tenant_id, plugin)
    REFERENCES catalog.plugin (tenant_id, name)
);
CREATE INDEX submission_by_plugin ON catalog.submission (tenant_id, plugin, id);
CREATE INDEX submission_by_publisher ON catalog.submission (tenant_id, publisher_id, id);
CREATE TABLE catalog.event (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  submission_id uuid NOT NULL,
  act varchar(9) NOT NULL,
  state varchar(9) NOT NULL,
  words varchar(1000) NOT NULL,
  at timestamptz NOT NULL,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT event_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT event_of FOREIGN KEY (tenant_id, submission_id)
    REFERENCES catalog.submission (tenant_id, id)
);
CREATE INDEX event_by_submission ON catalog.event (tenant_id, submission_id, id);
SELECT core.keep_within_tenant('catalog.publisher');
SELECT core.keep_within_tenant('catalog.plugin');
SELECT core.keep_within_tenant('catalog.submission');
SELECT core.keep_within_tenant('catalog.event');
REVOKE DELETE ON catalog.publisher, catalog.plugin, catalog.submission FROM thongthin_app;
REVOKE UPDATE, DELETE ON catalog.event FROM thongthin_app;
"""

DOWN = """
DROP TABLE catalog.event, catalog.submission, catalog.plugin, catalog.publisher;
"""


async def forwards():
    return sql_migration("catalog", ID, UP, DOWN)
