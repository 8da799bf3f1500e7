from core.api import sql_migration

ID = "2026-11-29T06:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Complaints about places of the register."

UP = """
CREATE TABLE food_cert.complaint (
  tenant_id varchar(32) NOT NULL,
  case_id uuid NOT NULL,
  place_id uuid NOT NULL,
  filed_on date NOT NULL,
  CONSTRAINT complaint_pkey PRIMARY KEY (tenant_id, case_id),
  CONSTRAINT complaint_of FOREIGN KEY (tenant_id, place_id)
    REFERENCES food_cert.place (tenant_id, id)
);
CREATE INDEX complaint_by_place ON food_cert.complaint (tenant_id, place_id, case_id);
SELECT core.keep_within_tenant('food_cert.complaint');
REVOKE UPDATE, DELETE ON food_cert.complaint FROM thongthin_app;
"""

DOWN = """
DROP TABLE food_cert.complaint;
"""


async def forwards():
    return sql_migration("food_cert", ID, UP, DOWN)
