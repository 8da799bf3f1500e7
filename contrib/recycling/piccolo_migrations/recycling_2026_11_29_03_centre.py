from core.api import sql_migration

ID = "2026-11-29T11:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Loads that the centre weighs again, its stock, lots that are sold, dividends."

UP = """
CREATE TABLE recycling.load (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  collector uuid NOT NULL,
  collector_name varchar(200) NOT NULL,
  state varchar(10) NOT NULL,
  lines jsonb NOT NULL,
  tolerance integer NOT NULL,
  at timestamptz NOT NULL,
  weigher_name varchar(200) NOT NULL,
  bearer varchar(10) NOT NULL,
  why varchar(500) NOT NULL,
  settled_at timestamptz,
  settled_by_name varchar(200) NOT NULL,
  CONSTRAINT load_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT load_number_key UNIQUE (tenant_id, number)
);
CREATE TABLE recycling.closed (
  tenant_id varchar(32) NOT NULL,
  ticket_id uuid NOT NULL,
  load_id uuid,
  why varchar(300) NOT NULL,
  at timestamptz NOT NULL,
  by_name varchar(200) NOT NULL,
  CONSTRAINT closed_pkey PRIMARY KEY (tenant_id, ticket_id),
  CONSTRAINT closed_ticket FOREIGN KEY (tenant_id, ticket_id)
    REFERENCES recycling.ticket (tenant_id, id),
  CONSTRAINT closed_load FOREIGN KEY (tenant_id, load_id)
    REFERENCES recycling.load (tenant_id, id)
);
CREATE INDEX closed_with ON recycling.closed (tenant_id, load_id);
CREATE TABLE recycling.movement (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  material varchar(20) NOT NULL,
  quantity bigint NOT NULL,
  cost bigint NOT NULL,
  subject uuid NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT movement_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT movement_of FOREIGN KEY (tenant_id, material)
    REFERENCES recycling.material (tenant_id, code)
);
CREATE INDEX movement_of_material ON recycling.movement (tenant_id, material);
CREATE TABLE recycling.lot (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  key varchar(80) NOT NULL,
  sold_on date NOT NULL,
  factory varchar(200) NOT NULL,
  note varchar(60) NOT NULL,
  truck varchar(60) NOT NULL,
  lines jsonb NOT NULL,
  total bigint NOT NULL,
  cost bigint NOT NULL,
  at timestamptz NOT NULL,
  seller_name varchar(200) NOT NULL,
  CONSTRAINT lot_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT lot_number_key UNIQUE (tenant_id, number),
  CONSTRAINT lot_key_key UNIQUE (tenant_id, key)
);
CREATE TABLE recycling.dividend (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  number smallint NOT NULL,
  first_on date NOT NULL,
  last_on date NOT NULL,
  margin bigint NOT NULL,
  percent integer NOT NULL,
  pool bigint NOT NULL,
  members integer NOT NULL,
  at timestamptz NOT NULL,
  made_by_name varchar(200) NOT NULL,
  CONSTRAINT dividend_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT dividend_number_key UNIQUE (tenant_id, number),
  CONSTRAINT dividend_days CHECK (last_on >= first_on)
);
SELECT core.keep_within_tenant('recycling.load');
SELECT core.keep_within_tenant('recycling.closed');
SELECT core.keep_within_tenant('recycling.movement');
SELECT core.keep_within_tenant('recycling.lot');
SELECT core.keep_within_tenant('recycling.dividend');
REVOKE UPDATE, DELETE ON recycling.closed, recycling.movement, recycling.lot, recycling.dividend
  FROM thongthin_app;
"""

DOWN = """
DROP TABLE recycling.dividend, recycling.lot, recycling.movement, recycling.closed, recycling.load;
"""


async def forwards():
    return sql_migration("recycling", ID, UP, DOWN)
