from core.api import sql_migration

ID = "2026-11-29T11:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Tickets of what was weighed, and the books of the members' money."

UP = """
CREATE TABLE recycling.ticket (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  number varchar(20) NOT NULL,
  member_id uuid NOT NULL,
  call_id uuid,
  collector uuid NOT NULL,
  collector_name varchar(200) NOT NULL,
  weighed_at timestamptz NOT NULL,
  sent_at timestamptz NOT NULL,
  total bigint NOT NULL,
  cash bigint NOT NULL,
  said bigint,
  photos jsonb NOT NULL,
  CONSTRAINT ticket_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT ticket_number_key UNIQUE (tenant_id, number),
  CONSTRAINT ticket_call_key UNIQUE (tenant_id, call_id),
  CONSTRAINT ticket_of FOREIGN KEY (tenant_id, member_id)
    REFERENCES recycling.member (tenant_id, id),
  CONSTRAINT ticket_call FOREIGN KEY (tenant_id, call_id)
    REFERENCES recycling.call (tenant_id, id),
  CONSTRAINT ticket_cash CHECK (cash BETWEEN 0 AND total)
);
CREATE INDEX ticket_of_member ON recycling.ticket (tenant_id, member_id, weighed_at);
CREATE INDEX ticket_of_collector ON recycling.ticket (tenant_id, collector, weighed_at);
CREATE INDEX ticket_by_time ON recycling.ticket (tenant_id, weighed_at);
CREATE TABLE recycling.line (
  tenant_id varchar(32) NOT NULL,
  ticket_id uuid NOT NULL,
  position smallint NOT NULL,
  material varchar(20) NOT NULL,
  quantity bigint NOT NULL,
  price bigint NOT NULL,
  amount bigint NOT NULL,
  CONSTRAINT line_pkey PRIMARY KEY (tenant_id, ticket_id, position),
  CONSTRAINT line_of FOREIGN KEY (tenant_id, ticket_id)
    REFERENCES recycling.ticket (tenant_id, id),
  CONSTRAINT line_quantity CHECK (quantity > 0)
);
CREATE TABLE recycling.posting (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  debit varchar(12) NOT NULL,
  credit varchar(12) NOT NULL,
  amount bigint NOT NULL,
  member_id uuid,
  what varchar(12) NOT NULL,
  subject uuid NOT NULL,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT posting_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT posting_of FOREIGN KEY (tenant_id, member_id)
    REFERENCES recycling.member (tenant_id, id),
  CONSTRAINT posting_amount CHECK (amount > 0 AND debit <> credit),
  CONSTRAINT posting_member CHECK ((member_id IS NOT NULL) = ('member' IN (debit, credit)))
);
CREATE INDEX posting_of_member ON recycling.posting (tenant_id, member_id, id);
CREATE TABLE recycling.withdrawal (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  key varchar(80) NOT NULL,
  member_id uuid NOT NULL,
  amount bigint NOT NULL,
  way varchar(10) NOT NULL,
  shown varchar(12) NOT NULL,
  note varchar(200) NOT NULL,
  at timestamptz NOT NULL,
  officer uuid,
  officer_name varchar(200) NOT NULL,
  CONSTRAINT withdrawal_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT withdrawal_number_key UNIQUE (tenant_id, number),
  CONSTRAINT withdrawal_key_key UNIQUE (tenant_id, key),
  CONSTRAINT withdrawal_of FOREIGN KEY (tenant_id, member_id)
    REFERENCES recycling.member (tenant_id, id)
);
SELECT core.keep_within_tenant('recycling.ticket');
SELECT core.keep_within_tenant('recycling.line');
SELECT core.keep_within_tenant('recycling.posting');
SELECT core.keep_within_tenant('recycling.withdrawal');
REVOKE UPDATE, DELETE ON recycling.ticket, recycling.line, recycling.posting,
  recycling.withdrawal FROM thongthin_app;
"""

DOWN = """
DROP TABLE recycling.withdrawal, recycling.posting, recycling.line, recycling.ticket;
"""


async def forwards():
    return sql_migration("recycling", ID, UP, DOWN)
