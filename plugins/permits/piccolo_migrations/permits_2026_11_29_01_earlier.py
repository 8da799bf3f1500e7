from core.api import sql_migration

ID = "2026-11-29T02:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Permits that were issued on paper before, of which there is no paper here."

UP = """
ALTER TABLE permits.permit ALTER COLUMN paper DROP NOT NULL;
"""

DOWN = """
ALTER TABLE permits.permit ALTER COLUMN paper SET NOT NULL;
"""


async def forwards():
    return sql_migration("permits", ID, UP, DOWN)
