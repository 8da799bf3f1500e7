from core.api import sql_migration

ID = "2026-11-29T11:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Members of the waste bank, materials and prices, calls."

UP = """
CREATE TABLE recycling.member (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  account uuid,
  name varchar(200) NOT NULL,
  phone varchar(16) NOT NULL,
  address varchar(300) NOT NULL,
  village varchar(60) NOT NULL,
  pay varchar(10) NOT NULL,
  promptpay varchar(16) NOT NULL,
  bank varchar(60) NOT NULL,
  bank_account varchar(20) NOT NULL,
  advance bigint NOT NULL,
  open boolean NOT NULL,
  joined_at timestamptz NOT NULL,
  CONSTRAINT member_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT member_number_key UNIQUE (tenant_id, number),
  CONSTRAINT member_account_key UNIQUE (tenant_id, account),
  CONSTRAINT member_advance CHECK (advance >= 0)
);
CREATE TABLE recycling.material (
  tenant_id varchar(32) NOT NULL,
  code varchar(20) NOT NULL,
  position smallint NOT NULL,
  kind varchar(12) NOT NULL,
  title_th varchar(120) NOT NULL,
  title_en varchar(120) NOT NULL,
  grade varchar(40) NOT NULL,
  unit varchar(6) NOT NULL,
  open boolean NOT NULL,
  CONSTRAINT material_pkey PRIMARY KEY (tenant_id, code)
);
CREATE TABLE recycling.price (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  material varchar(20) NOT NULL,
  from_at timestamptz NOT NULL,
  amount bigint NOT NULL,
  source varchar(200) NOT NULL,
  made_at timestamptz NOT NULL,
  made_by_name varchar(200) NOT NULL,
  CONSTRAINT price_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT price_from_key UNIQUE (tenant_id, material, from_at),
  CONSTRAINT price_of FOREIGN KEY (tenant_id, material)
    REFERENCES recycling.material (tenant_id, code),
  CONSTRAINT price_amount CHECK (amount >= 0)
);
CREATE TABLE recycling.call (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  member_id uuid NOT NULL,
  state varchar(10) NOT NULL,
  slot_on date NOT NULL,
  slot varchar(10) NOT NULL,
  kinds jsonb NOT NULL,
  grams integer NOT NULL,
  address varchar(300) NOT NULL,
  note varchar(500) NOT NULL,
  pin jsonb,
  photos jsonb NOT NULL,
  made_at timestamptz NOT NULL,
  collector uuid,
  collector_name varchar(200) NOT NULL,
  accepted_at timestamptz,
  ended_at timestamptz,
  CONSTRAINT call_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT call_number_key UNIQUE (tenant_id, number),
  CONSTRAINT call_of FOREIGN KEY (tenant_id, member_id)
    REFERENCES recycling.member (tenant_id, id)
);
CREATE INDEX call_waiting ON recycling.call (tenant_id, state, slot_on);
CREATE INDEX call_of_member ON recycling.call (tenant_id, member_id, number);
SELECT core.keep_within_tenant('recycling.member');
SELECT core.keep_within_tenant('recycling.material');
SELECT core.keep_within_tenant('recycling.price');
SELECT core.keep_within_tenant('recycling.call');
REVOKE UPDATE, DELETE ON recycling.price FROM thongthin_app;
"""

DOWN = """
DROP TABLE recycling.call, recycling.price, recycling.material, recycling.member;
"""


async def forwards():
    return sql_migration("recycling", ID, UP, DOWN)
