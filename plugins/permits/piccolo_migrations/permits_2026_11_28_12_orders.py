from core.api import sql_migration

ID = "2026-11-28T12:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Orders to stop, to put right, to demolish."

UP = """
CREATE TABLE permits.building_order (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  number varchar(20) NOT NULL,
  kind varchar(10) NOT NULL,
  ground jsonb NOT NULL,
  permit varchar(20) NOT NULL,
  case_id uuid,
  to_name varchar(200) NOT NULL,
  place varchar(400) NOT NULL,
  pin jsonb,
  facts varchar(3000) NOT NULL,
  wanted varchar(1000) NOT NULL,
  days smallint NOT NULL,
  follows uuid,
  paper uuid NOT NULL,
  issued_on date NOT NULL,
  issued_at timestamptz NOT NULL,
  made_by_name varchar(200) NOT NULL,
  decide_by date,
  decided_on date,
  served_how varchar(10) NOT NULL,
  served_on date,
  served_note varchar(300) NOT NULL,
  served_by_name varchar(200) NOT NULL,
  known_on date,
  due_on date,
  state varchar(10) NOT NULL,
  closed_on date,
  closed_why varchar(500) NOT NULL,
  closed_by_name varchar(200) NOT NULL,
  CONSTRAINT building_order_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT building_order_number_key UNIQUE (tenant_id, number)
);
CREATE INDEX building_order_open ON permits.building_order (tenant_id, issued_on, id)
  WHERE state = 'open';
SELECT core.keep_within_tenant('permits.building_order');
REVOKE DELETE ON permits.building_order FROM thongthin_app;
"""

DOWN = """
DROP TABLE permits.building_order;
"""


async def forwards():
    return sql_migration("permits", ID, UP, DOWN)
