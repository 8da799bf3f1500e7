from core.api import sql_migration

ID = "2026-11-29T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Inspections of hygiene."

UP = """
CREATE TABLE food_cert.inspection (
  tenant_id varchar(32) NOT NULL,
  id uuid NOT NULL,
  place_id uuid NOT NULL,
  key varchar(80) NOT NULL,
  checklist varchar(20) NOT NULL,
  reason varchar(10) NOT NULL,
  case_id uuid,
  made_at timestamptz NOT NULL,
  sent_at timestamptz NOT NULL,
  answers jsonb NOT NULL,
  score smallint NOT NULL,
  passed boolean NOT NULL,
  grade varchar(10) NOT NULL,
  remarks varchar(2000) NOT NULL,
  told jsonb NOT NULL,
  photos jsonb NOT NULL,
  follow_by date,
  next_by date,
  account uuid,
  made_by_name varchar(200) NOT NULL,
  made_by_post varchar(200) NOT NULL,
  CONSTRAINT inspection_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT inspection_key_key UNIQUE (tenant_id, key),
  CONSTRAINT inspection_of FOREIGN KEY (tenant_id, place_id)
    REFERENCES food_cert.place (tenant_id, id)
);
CREATE INDEX inspection_by_place ON food_cert.inspection (tenant_id, place_id, made_at, id);
SELECT core.keep_within_tenant('food_cert.inspection');
REVOKE UPDATE, DELETE ON food_cert.inspection FROM thongthin_app;
"""

DOWN = """
DROP TABLE food_cert.inspection;
"""


async def forwards():
    return sql_migration("food_cert", ID, UP, DOWN)
