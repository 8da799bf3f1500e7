from core.api import sql_migration

ID = "2026-11-28T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Let a large change have the planner look at the tables again."

UP = """
CREATE FUNCTION treasury.look_again() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  ANALYZE treasury.bill, treasury.charge, treasury.posting;
END
$$;
REVOKE ALL ON FUNCTION treasury.look_again() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION treasury.look_again() TO thongthin_app;
"""

DOWN = """
DROP FUNCTION treasury.look_again();
"""


async def forwards():
    return sql_migration("treasury", ID, UP, DOWN)
