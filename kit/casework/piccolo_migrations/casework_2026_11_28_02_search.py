from core.api import sql_migration

ID = "2026-11-28T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Search in a tsvector: a third of the pieces, and of the work of filing."

UP = """
DROP INDEX casework.case_search;
ALTER TABLE casework."case" ALTER COLUMN search TYPE tsvector
  USING array_to_tsvector(search::text[]);
CREATE INDEX case_search ON casework."case" USING gin (search);
"""

DOWN = """
DROP INDEX casework.case_search;
ALTER TABLE casework."case" ALTER COLUMN search TYPE varchar[] USING tsvector_to_array(search);
CREATE INDEX case_search ON casework."case" USING gin (search);
"""


async def forwards():
    return sql_migration("casework", ID, UP, DOWN)
