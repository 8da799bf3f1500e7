from core.migrations import sql_migration

ID = "2026-11-29T05:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Versions of plugins that the catalog stopped, for all municipalities."

UP = """
CREATE TABLE core.plugin_stop (
  plugin varchar(40) NOT NULL,
  version varchar(40) NOT NULL,
  reason_th varchar(2000) NOT NULL,
  reason_en varchar(2000) NOT NULL,
  stopped_at timestamptz NOT NULL,
  CONSTRAINT plugin_stop_pkey PRIMARY KEY (plugin, version)
);
GRANT SELECT, INSERT, DELETE ON core.plugin_stop TO thongthin_app;
"""

DOWN = "DROP TABLE core.plugin_stop;"


async def forwards():
    return sql_migration("core", ID, UP, DOWN)
