from core.api import sql_migration

ID = "2026-11-29T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Disasters with their zones, and households."

UP = """
CREATE TABLE disaster.event (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  kind varchar(20) NOT NULL,
  title varchar(200) NOT NULL,
  cause varchar(1000) NOT NULL,
  begun_on date NOT NULL,
  ended_on date,
  state varchar(6) NOT NULL,
  revision integer NOT NULL,
  changed_at timestamptz NOT NULL,
  CONSTRAINT event_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TABLE disaster.zone (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  event_id uuid NOT NULL,
  name varchar(100) NOT NULL,
  corners jsonb NOT NULL,
  villages jsonb NOT NULL,
  subdistrict varchar(6) NOT NULL,
  depth_cm smallint NOT NULL,
  revision integer NOT NULL,
  told_at timestamptz NOT NULL,
  told_by_name varchar(200) NOT NULL,
  CONSTRAINT zone_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT zone_of FOREIGN KEY (tenant_id, event_id) REFERENCES disaster.event (tenant_id, id)
);
CREATE INDEX zone_by_event ON disaster.zone (tenant_id, event_id, id);
CREATE TABLE disaster.household (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  house_code varchar(11) NOT NULL,
  name varchar(200) NOT NULL,
  phone varchar(16) NOT NULL,
  address varchar(300) NOT NULL,
  village varchar(100) NOT NULL,
  subdistrict varchar(6) NOT NULL,
  pin jsonb,
  floor_cm smallint NOT NULL,
  members smallint NOT NULL,
  flags jsonb NOT NULL,
  sameness varchar(400) NOT NULL,
  revision integer NOT NULL,
  changed_at timestamptz NOT NULL,
  CONSTRAINT household_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT household_sameness_key UNIQUE (tenant_id, sameness)
);
CREATE INDEX household_by_village ON disaster.household (tenant_id, village, id);
CREATE INDEX household_by_phone ON disaster.household (tenant_id, phone) WHERE phone <> '';
CREATE UNIQUE INDEX household_house_code ON disaster.household (tenant_id, house_code)
  WHERE house_code <> '';
CREATE TABLE disaster.imported (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  digest varchar(64) NOT NULL,
  name varchar(200) NOT NULL,
  state varchar(6) NOT NULL,
  read integer NOT NULL,
  good integer NOT NULL,
  known integer NOT NULL,
  bad integer NOT NULL,
  report jsonb NOT NULL,
  looked_at timestamptz NOT NULL,
  taken_at timestamptz,
  actor_name varchar(200) NOT NULL,
  CONSTRAINT imported_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT imported_digest_key UNIQUE (tenant_id, digest)
);
SELECT core.keep_within_tenant('disaster.event');
SELECT core.keep_within_tenant('disaster.zone');
SELECT core.keep_within_tenant('disaster.household');
SELECT core.keep_within_tenant('disaster.imported');
REVOKE DELETE ON disaster.event, disaster.zone, disaster.household, disaster.imported
  FROM thongthin_app;
"""

DOWN = """
DROP TABLE disaster.imported, disaster.household, disaster.zone, disaster.event;
"""


async def forwards():
    return sql_migration("disaster", ID, UP, DOWN)
