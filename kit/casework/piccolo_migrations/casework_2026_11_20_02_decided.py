from core.api import sql_migration

ID = "2026-11-20T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Find the decisions of a month without reading all cases."

UP = """
CREATE INDEX case_decided ON casework."case" (tenant_id, decided_on) INCLUDE (due_on)
  WHERE decided_on IS NOT NULL;
"""

DOWN = "DROP INDEX casework.case_decided;"


async def forwards():
    return sql_migration("casework", ID, UP, DOWN)
