from core.api import sql_migration

ID = "2026-11-29T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The papers of a plugin are counted before it is switched."

UP = """
CREATE INDEX paper_template ON documents.paper (tenant_id, template varchar_pattern_ops);
"""

DOWN = "DROP INDEX documents.paper_template;"


async def forwards():
    return sql_migration("documents", ID, UP, DOWN)
