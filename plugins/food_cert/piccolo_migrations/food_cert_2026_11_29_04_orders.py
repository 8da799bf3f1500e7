from core.api import sql_migration

ID = "2026-11-29T04:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Orders about food premises."

UP = """
CREATE TABLE food_cert.premises_order (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  number varchar(20) NOT NULL,
  kind varchar(7) NOT NULL,
  code varchar(20) NOT NULL,
  ground jsonb NOT NULL,
  place_id uuid,
  before varchar(9) NOT NULL,
  holder varchar(200) NOT NULL,
  to_name varchar(200) NOT NULL,
  place varchar(620) NOT NULL,
  facts varchar(3000) NOT NULL,
  wanted varchar(1000) NOT NULL,
  days smallint NOT NULL,
  until date,
  follows uuid,
  paper uuid NOT NULL,
  issued_on date NOT NULL,
  issued_at timestamptz NOT NULL,
  made_by_name varchar(200) NOT NULL,
  served_how varchar(10) NOT NULL,
  served_on date,
  served_note varchar(300) NOT NULL,
  served_by_name varchar(200) NOT NULL,
  due_on date,
  state varchar(9) NOT NULL,
  closed_on date,
  closed_why varchar(500) NOT NULL,
  closed_by_name varchar(200) NOT NULL,
  CONSTRAINT premises_order_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT premises_order_number_key UNIQUE (tenant_id, number),
  CONSTRAINT premises_order_of FOREIGN KEY (tenant_id, place_id)
    REFERENCES food_cert.place (tenant_id, id)
);
CREATE INDEX premises_order_open ON food_cert.premises_order (tenant_id, issued_on, id)
  WHERE state = 'open';
CREATE INDEX premises_order_by_place ON food_cert.premises_order (tenant_id, place_id, id)
  WHERE place_id IS NOT NULL;
CREATE INDEX premises_order_revoked ON food_cert.premises_order (tenant_id, issued_on)
  WHERE kind = 'revoke';
SELECT core.keep_within_tenant('food_cert.premises_order');
REVOKE DELETE ON food_cert.premises_order FROM thongthin_app;
"""

DOWN = """
DROP TABLE food_cert.premises_order;
"""


async def forwards():
    return sql_migration("food_cert", ID, UP, DOWN)
