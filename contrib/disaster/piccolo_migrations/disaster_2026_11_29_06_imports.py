from core.api import sql_migration

ID = "2026-11-29T06:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Lists of households as the kit keeps files of registers; those that were sent stay."

UP = """
ALTER TABLE disaster.imported ADD COLUMN seen jsonb NOT NULL DEFAULT '{}';
ALTER TABLE disaster.imported ALTER COLUMN seen DROP DEFAULT;
UPDATE disaster.imported SET report = (
  SELECT jsonb_agg(line || '{"fault": true}' ORDER BY at)
  FROM jsonb_array_elements(report) WITH ORDINALITY AS lines (line, at))
WHERE report <> '[]';
"""

DOWN = """
UPDATE disaster.imported SET report = coalesce((
  SELECT jsonb_agg(line - 'fault' ORDER BY at)
  FROM jsonb_array_elements(report) WITH ORDINALITY AS lines (line, at)
  WHERE (line ->> 'fault')::boolean), '[]');
ALTER TABLE disaster.imported DROP COLUMN seen;
"""


async def forwards():
    return sql_migration("disaster", ID, UP, DOWN)
