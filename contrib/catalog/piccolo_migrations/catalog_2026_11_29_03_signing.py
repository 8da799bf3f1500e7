from core.api import sql_migration

ID = "2026-11-29T21:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Checklists, the curator who agrees, and versions in the catalog."

UP = """
ALTER TABLE catalog.submission
  ALTER COLUMN state TYPE varchar(10),
  ADD COLUMN checklist jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN second uuid,
  ADD COLUMN second_name varchar(200) NOT NULL DEFAULT '';
ALTER TABLE catalog.submission
  ALTER COLUMN checklist DROP DEFAULT,
  ALTER COLUMN second_name DROP DEFAULT;
ALTER TABLE catalog.event
  ALTER COLUMN act TYPE varchar(10),
  ALTER COLUMN state TYPE varchar(10);
CREATE INDEX submission_by_state ON catalog.submission (tenant_id, state);
"""

DOWN = """
DROP INDEX catalog.submission_by_state;
ALTER TABLE catalog.submission DROP COLUMN checklist, DROP COLUMN second, DROP COLUMN second_name;
"""


async def forwards():
    return sql_migration("catalog", ID, UP, DOWN)
