from core.migrations import sql_migration

ID = "2026-11-20T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Municipalities, their calendar, their divisions, their plugins."

UP = """
CREATE TABLE core.tenant (
  id varchar(32) NOT NULL CONSTRAINT tenant_pkey PRIMARY KEY
    CONSTRAINT tenant_id_form CHECK (id ~ '^[a-z][a-z0-9-]{1,30}$'),
  kind varchar(40) NOT NULL,
  code varchar(8) NOT NULL,
  name_th varchar(200) NOT NULL,
  name_en varchar(200) NOT NULL,
  place_th varchar(200) NOT NULL,
  place_en varchar(200) NOT NULL,
  address_th varchar(400) NOT NULL,
  address_en varchar(400) NOT NULL,
  phone varchar(20) NOT NULL,
  email varchar(200) NOT NULL,
  subdistricts varchar(6)[] NOT NULL,
  brand varchar(7) NOT NULL,
  hosts varchar(200)[] NOT NULL,
  opens integer NOT NULL,
  closes integer NOT NULL,
  weekdays integer[] NOT NULL,
  created_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON core.tenant TO thongthin_app;

CREATE TABLE core.holiday (
  "on" date NOT NULL CONSTRAINT holiday_pkey PRIMARY KEY,
  name_th varchar(200) NOT NULL,
  name_en varchar(200) NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON core.holiday TO thongthin_app;

CREATE TABLE core.office_day (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  "on" date NOT NULL,
  open boolean NOT NULL,
  name_th varchar(200) NOT NULL,
  name_en varchar(200) NOT NULL,
  CONSTRAINT office_day_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT office_day_on_key UNIQUE (tenant_id, "on")
);
SELECT core.keep_within_tenant('core.office_day');

CREATE TABLE core.unit (
  tenant_id varchar(32) NOT NULL,
  id varchar(40) NOT NULL,
  parent varchar(40),
  kind varchar(40) NOT NULL,
  name_th varchar(200) NOT NULL,
  name_en varchar(200) NOT NULL,
  position integer NOT NULL,
  CONSTRAINT unit_pkey PRIMARY KEY (tenant_id, id)
);
ALTER TABLE core.unit ADD CONSTRAINT unit_parent_fkey
  FOREIGN KEY (tenant_id, parent) REFERENCES core.unit (tenant_id, id);
SELECT core.keep_within_tenant('core.unit');

CREATE TABLE core.plugin_switch (
  tenant_id varchar(32) NOT NULL,
  plugin varchar(40) NOT NULL,
  "on" boolean NOT NULL,
  settings jsonb NOT NULL,
  resting_since timestamptz,
  resting_cause varchar(500),
  changed_at timestamptz NOT NULL,
  CONSTRAINT plugin_switch_pkey PRIMARY KEY (tenant_id, plugin)
);
SELECT core.keep_within_tenant('core.plugin_switch');

CREATE TABLE core.counter (
  tenant_id varchar(32) NOT NULL,
  series varchar(80) NOT NULL,
  last bigint NOT NULL,
  CONSTRAINT counter_pkey PRIMARY KEY (tenant_id, series)
);
SELECT core.keep_within_tenant('core.counter');
"""

DOWN = """
DROP TABLE core.counter, core.plugin_switch, core.unit, core.office_day, core.holiday, core.tenant;
"""


async def forwards():
    return sql_migration("core", ID, UP, DOWN)
