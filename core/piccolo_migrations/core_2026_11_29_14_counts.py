from core.migrations import sql_migration

ID = "2026-11-29T14:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Calls and failures of plugins by day, of all municipalities, until they are reported."

UP = """
CREATE TABLE core.plugin_count (
  plugin varchar(40) NOT NULL,
  version varchar(40) NOT NULL,
  day date NOT NULL,
  calls bigint NOT NULL,
  failures bigint NOT NULL,
  rests bigint NOT NULL,
  CONSTRAINT plugin_count_pkey PRIMARY KEY (plugin, version, day)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON core.plugin_count TO thongthin_app;
"""

DOWN = "DROP TABLE core.plugin_count;"


async def forwards():
    return sql_migration("core", ID, UP, DOWN)
