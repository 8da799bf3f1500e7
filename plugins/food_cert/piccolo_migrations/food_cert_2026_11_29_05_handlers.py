from core.api import sql_migration

ID = "2026-11-29T05:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Operators and food handlers of a place."

UP = """
CREATE TABLE food_cert.handler (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  place_id uuid NOT NULL,
  name varchar(200) NOT NULL,
  role varchar(8) NOT NULL,
  organiser varchar(200) NOT NULL,
  card varchar(40) NOT NULL,
  trained_on date NOT NULL,
  expires_on date NOT NULL,
  reminded_on date,
  left_on date,
  revision integer NOT NULL,
  added_at timestamptz NOT NULL,
  changed_by_name varchar(200) NOT NULL,
  CONSTRAINT handler_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT handler_of FOREIGN KEY (tenant_id, place_id)
    REFERENCES food_cert.place (tenant_id, id)
);
CREATE INDEX handler_by_place ON food_cert.handler (tenant_id, place_id, expires_on);
CREATE INDEX handler_due ON food_cert.handler (tenant_id, expires_on)
  WHERE left_on IS NULL AND reminded_on IS NULL;
SELECT core.keep_within_tenant('food_cert.handler');
REVOKE DELETE ON food_cert.handler FROM thongthin_app;
"""

DOWN = """
DROP TABLE food_cert.handler;
"""


async def forwards():
    return sql_migration("food_cert", ID, UP, DOWN)
