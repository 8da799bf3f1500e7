from core.api import sql_migration

ID = "2026-11-28T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Search in a tsvector: a third of the pieces, and of the work of filing; see ADR 0021."

UP = """
ALTER TABLE casework."case" ADD COLUMN pieces tsvector;
UPDATE casework."case" c SET pieces = coalesce((
  SELECT array_to_tsvector(array_agg(c.tenant_id || '/' || piece)) FROM unnest(c.search) piece), '');
ALTER TABLE casework."case" DROP COLUMN search;
ALTER TABLE casework."case" RENAME COLUMN pieces TO search;
ALTER TABLE casework."case" ALTER COLUMN search SET NOT NULL;
CREATE INDEX case_search ON casework."case" USING gin (search);
CREATE FUNCTION casework.cases_about(wanted tsquery) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog AS $$
  SELECT id FROM casework."case"
  WHERE tenant_id = current_setting('thongthin.tenant', true) AND search @@ wanted
$$;
REVOKE ALL ON FUNCTION casework.cases_about(tsquery) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework.cases_about(tsquery) TO thongthin_app;
"""

DOWN = """
DROP FUNCTION casework.cases_about(tsquery);
ALTER TABLE casework."case" ADD COLUMN pieces varchar[];
UPDATE casework."case" SET pieces = ARRAY(
  SELECT split_part(lexeme, '/', 2) FROM unnest(search));
ALTER TABLE casework."case" DROP COLUMN search;
ALTER TABLE casework."case" RENAME COLUMN pieces TO search;
ALTER TABLE casework."case" ALTER COLUMN search SET NOT NULL;
CREATE INDEX case_search ON casework."case" USING gin (search);
"""


async def forwards():
    return sql_migration("casework", ID, UP, DOWN)
