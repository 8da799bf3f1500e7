from core.api import sql_migration

ID = "2026-11-29T10:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Channels, whom the office writes to, what goes out and comes in, its key."

UP = """
CREATE TABLE eoffice.correspondent (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  name varchar(200) NOT NULL,
  post varchar(200) NOT NULL,
  channel varchar(10) NOT NULL,
  mailbox varchar(254) NOT NULL,
  department varchar(5) NOT NULL,
  node varchar(300) NOT NULL,
  key varchar(64) NOT NULL,
  neighbour varchar(32) NOT NULL,
  active boolean NOT NULL,
  changed_at timestamptz NOT NULL,
  CONSTRAINT correspondent_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX correspondent_neighbour_key ON eoffice.correspondent (tenant_id, neighbour)
  WHERE neighbour <> '' AND active;
CREATE UNIQUE INDEX correspondent_node_key ON eoffice.correspondent (tenant_id, node)
  WHERE channel = 'direct' AND active;
CREATE UNIQUE INDEX correspondent_department_key ON eoffice.correspondent (tenant_id, department)
  WHERE channel = 'ecms' AND active;
CREATE TABLE eoffice.channel (
  tenant_id varchar(32) NOT NULL,
  code varchar(10) NOT NULL,
  config jsonb NOT NULL,
  secret bytea,
  active boolean NOT NULL,
  changed_at timestamptz NOT NULL,
  collected_at timestamptz,
  problem jsonb,
  CONSTRAINT channel_pkey PRIMARY KEY (tenant_id, code)
);
CREATE TABLE eoffice.dispatch (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  letter_id uuid NOT NULL,
  what varchar(12) NOT NULL,
  correspondent uuid NOT NULL,
  receiver varchar(200) NOT NULL,
  channel varchar(10) NOT NULL,
  state varchar(12) NOT NULL,
  content jsonb NOT NULL,
  message bytea,
  proof bytea,
  attempts integer NOT NULL,
  problem jsonb,
  created_at timestamptz NOT NULL,
  created_by uuid,
  sent_at timestamptz,
  received_at timestamptz,
  answered_at timestamptz,
  accept_number varchar(80) NOT NULL,
  why varchar(500) NOT NULL,
  asked_at timestamptz,
  behind uuid,
  CONSTRAINT dispatch_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT dispatch_letter FOREIGN KEY (tenant_id, letter_id)
    REFERENCES eoffice.letter (tenant_id, id),
  CONSTRAINT dispatch_correspondent FOREIGN KEY (tenant_id, correspondent)
    REFERENCES eoffice.correspondent (tenant_id, id),
  CONSTRAINT dispatch_behind FOREIGN KEY (tenant_id, behind)
    REFERENCES eoffice.dispatch (tenant_id, id)
);
CREATE INDEX dispatch_of_letter ON eoffice.dispatch (tenant_id, letter_id);
CREATE INDEX dispatch_by_day ON eoffice.dispatch (tenant_id, (content ->> 'dated_on'));
CREATE INDEX dispatch_waits_behind ON eoffice.dispatch (tenant_id, behind) WHERE behind IS NOT NULL;
CREATE INDEX dispatch_open ON eoffice.dispatch (tenant_id, state, created_at);
CREATE TABLE eoffice.arrival (
  tenant_id varchar(32) NOT NULL,
  channel varchar(10) NOT NULL,
  key varchar(200) NOT NULL,
  letter_id uuid,
  correspondent uuid,
  content jsonb NOT NULL,
  proof bytea,
  receipt bytea,
  doubt jsonb,
  arrived_at timestamptz NOT NULL,
  CONSTRAINT arrival_pkey PRIMARY KEY (tenant_id, channel, key),
  CONSTRAINT arrival_letter FOREIGN KEY (tenant_id, letter_id)
    REFERENCES eoffice.letter (tenant_id, id),
  CONSTRAINT arrival_correspondent FOREIGN KEY (tenant_id, correspondent)
    REFERENCES eoffice.correspondent (tenant_id, id)
);
CREATE INDEX arrival_of_letter ON eoffice.arrival (tenant_id, letter_id);
CREATE INDEX arrival_by_day ON eoffice.arrival (tenant_id, (content ->> 'dated_on'));
CREATE INDEX arrival_by_id ON eoffice.arrival (tenant_id, (content ->> 'id'));
CREATE INDEX arrival_untaken ON eoffice.arrival (tenant_id, arrived_at)
  WHERE doubt IS NOT NULL AND letter_id IS NULL;
CREATE TABLE eoffice.seal (
  tenant_id varchar(32) NOT NULL,
  key varchar(64) NOT NULL,
  private bytea NOT NULL,
  made_at timestamptz NOT NULL,
  CONSTRAINT seal_pkey PRIMARY KEY (tenant_id)
);
SELECT core.keep_within_tenant('eoffice.correspondent');
SELECT core.keep_within_tenant('eoffice.channel');
SELECT core.keep_within_tenant('eoffice.dispatch');
SELECT core.keep_within_tenant('eoffice.arrival');
SELECT core.keep_within_tenant('eoffice.seal');
REVOKE DELETE ON eoffice.correspondent, eoffice.channel, eoffice.dispatch, eoffice.arrival,
  eoffice.seal FROM thongthin_app;
"""

DOWN = """
DROP TABLE eoffice.seal, eoffice.arrival, eoffice.dispatch, eoffice.channel,
  eoffice.correspondent;
"""


async def forwards():
    return sql_migration("eoffice", ID, UP, DOWN)
