from core.api import sql_migration

ID = "2026-11-29T03:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Yearly fees of food premises: bands, waivers, the fee of each year."

UP = """
CREATE TABLE food_cert.band_tariff (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  from_on date NOT NULL,
  bands jsonb NOT NULL,
  source varchar(500) NOT NULL,
  made_at timestamptz NOT NULL,
  made_by_name varchar(200) NOT NULL,
  withdrawn_at timestamptz,
  CONSTRAINT band_tariff_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX band_tariff_day ON food_cert.band_tariff (tenant_id, from_on)
  WHERE withdrawn_at IS NULL;
CREATE TABLE food_cert.waiver (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  from_on date NOT NULL,
  until_on date NOT NULL,
  percent smallint NOT NULL,
  instrument varchar(11) NOT NULL,
  law varchar(500) NOT NULL,
  why varchar(500) NOT NULL,
  made_at timestamptz NOT NULL,
  made_by_name varchar(200) NOT NULL,
  withdrawn_at timestamptz,
  CONSTRAINT waiver_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TABLE food_cert.fee_year (
  tenant_id varchar(32) NOT NULL,
  place_id uuid NOT NULL,
  year smallint NOT NULL,
  from_on date NOT NULL,
  until_on date NOT NULL,
  due_on date NOT NULL,
  area numeric(8, 2) NOT NULL,
  instrument varchar(11) NOT NULL,
  amount bigint NOT NULL,
  waived bigint NOT NULL,
  bill uuid,
  surcharge bigint NOT NULL,
  surcharge_bill uuid,
  told_on date,
  state varchar(7) NOT NULL,
  settled_on date,
  made_at timestamptz NOT NULL,
  CONSTRAINT fee_year_pkey PRIMARY KEY (tenant_id, place_id, year),
  CONSTRAINT fee_year_of FOREIGN KEY (tenant_id, place_id)
    REFERENCES food_cert.place (tenant_id, id)
);
CREATE UNIQUE INDEX fee_year_bill ON food_cert.fee_year (tenant_id, bill) WHERE bill IS NOT NULL;
CREATE UNIQUE INDEX fee_year_surcharge ON food_cert.fee_year (tenant_id, surcharge_bill)
  WHERE surcharge_bill IS NOT NULL;
CREATE INDEX fee_year_due ON food_cert.fee_year (tenant_id, due_on) WHERE state = 'billed';
CREATE TABLE food_cert.fee_reminded (
  tenant_id varchar(32) NOT NULL,
  bill uuid NOT NULL,
  due_on date NOT NULL,
  turn varchar(6) NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT fee_reminded_pkey PRIMARY KEY (tenant_id, bill, due_on, turn)
);
SELECT core.keep_within_tenant('food_cert.band_tariff');
SELECT core.keep_within_tenant('food_cert.waiver');
SELECT core.keep_within_tenant('food_cert.fee_year');
SELECT core.keep_within_tenant('food_cert.fee_reminded');
REVOKE DELETE ON food_cert.band_tariff, food_cert.waiver, food_cert.fee_year FROM thongthin_app;
REVOKE UPDATE, DELETE ON food_cert.fee_reminded FROM thongthin_app;
"""

DOWN = """
DROP TABLE food_cert.fee_reminded, food_cert.fee_year, food_cert.waiver, food_cert.band_tariff;
"""


async def forwards():
    return sql_migration("food_cert", ID, UP, DOWN)
