from core.api import sql_migration

ID = "2026-11-29T10:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "By which endorsement somebody reads a secret letter, so that it can be called back."

UP = """
ALTER TABLE eoffice.reader ADD COLUMN given_by uuid;
ALTER TABLE eoffice.reader ADD CONSTRAINT reader_given_by FOREIGN KEY (tenant_id, given_by)
  REFERENCES eoffice.endorsement (tenant_id, id);
"""

DOWN = """
ALTER TABLE eoffice.reader DROP COLUMN given_by;
"""


async def forwards():
    return sql_migration("eoffice", ID, UP, DOWN)
