from core.api import sql_migration

ID = "2026-11-28T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Appointments on the way of a case."

# One number has one visit a day, and one case one visit of a kind; who acts for many may bring
# several cases on one day.
UP = """
ALTER TABLE oss.appointment ALTER COLUMN name TYPE varchar(200);
ALTER TABLE oss.appointment ADD COLUMN service varchar(80);
ALTER TABLE oss.appointment ADD COLUMN title_th varchar(200);
ALTER TABLE oss.appointment ADD COLUMN title_en varchar(200);
DROP INDEX oss.appointment_phone_key;
CREATE UNIQUE INDEX appointment_phone_key ON oss.appointment (tenant_id, phone, visit_on)
  WHERE state = 'booked' AND service IS NULL;
CREATE UNIQUE INDEX appointment_case_key ON oss.appointment (tenant_id, case_id, kind)
  WHERE state = 'booked' AND service IS NOT NULL;
CREATE INDEX appointment_case ON oss.appointment (tenant_id, case_id, visit_on)
  WHERE service IS NOT NULL;
"""

DOWN = """
DROP INDEX oss.appointment_case, oss.appointment_case_key, oss.appointment_phone_key;
CREATE UNIQUE INDEX appointment_phone_key ON oss.appointment (tenant_id, phone, visit_on)
  WHERE state = 'booked';
ALTER TABLE oss.appointment DROP COLUMN service, DROP COLUMN title_th, DROP COLUMN title_en;
ALTER TABLE oss.appointment ALTER COLUMN name TYPE varchar(160);
"""


async def forwards():
    return sql_migration("oss", ID, UP, DOWN)
