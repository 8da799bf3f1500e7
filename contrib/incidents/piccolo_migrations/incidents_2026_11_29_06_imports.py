from core.api import sql_migration

ID = "2026-11-29T06:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Files of assets as the kit keeps those of registers; those that were sent stay."

UP = """
ALTER TABLE incidents.imported ADD COLUMN seen jsonb NOT NULL DEFAULT '{}';
ALTER TABLE incidents.imported ALTER COLUMN seen DROP DEFAULT;
ALTER TABLE incidents.imported ADD COLUMN taken_at timestamptz;
UPDATE incidents.imported SET taken_at = looked_at WHERE state = 'taken';
"""

DOWN = """
ALTER TABLE incidents.imported DROP COLUMN seen, DROP COLUMN taken_at;
"""


async def forwards():
    return sql_migration("incidents", ID, UP, DOWN)
