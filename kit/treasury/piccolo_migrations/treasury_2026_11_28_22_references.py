from core.api import sql_migration

ID = "2026-11-28T22:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Room for the mark behind the reference of a charge whose bill is cancelled."

UP = """
ALTER TABLE treasury.charge ALTER COLUMN reference TYPE varchar(160);
"""

DOWN = """
ALTER TABLE treasury.charge ALTER COLUMN reference TYPE varchar(120) USING left(reference, 120);
"""


async def forwards():
    return sql_migration("treasury", ID, UP, DOWN)
