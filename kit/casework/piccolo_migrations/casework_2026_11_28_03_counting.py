from core.api import sql_migration

ID = "2026-11-28T03:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Count the tiles of the inbox from an index alone."

UP = """
DROP INDEX casework.case_open_due, casework.case_open_unit_due;
CREATE INDEX case_open_due ON casework."case" (tenant_id, due_on, id)
  INCLUDE (unit, waits_for, paused_on) WHERE closed_at IS NULL;
CREATE INDEX case_open_unit_due ON casework."case" (tenant_id, unit, due_on, id)
  INCLUDE (paused_on) WHERE closed_at IS NULL;
"""

DOWN = """
DROP INDEX casework.case_open_due, casework.case_open_unit_due;
CREATE INDEX case_open_due ON casework."case" (tenant_id, due_on, id) WHERE closed_at IS NULL;
CREATE INDEX case_open_unit_due ON casework."case" (tenant_id, unit, due_on, id)
  WHERE closed_at IS NULL;
"""


async def forwards():
    return sql_migration("casework", ID, UP, DOWN)
