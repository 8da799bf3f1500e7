from core.api import sql_migration

ID = "2026-11-29T11:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Requests as letters, and the archive searched by periods (ADR 0028)."

# A piece of an old letter is given the period of its letter, see rules.periods.
BY_PERIOD = """
UPDATE eoffice.words SET search = array_to_tsvector(ARRAY(
  SELECT tenant_id || '/'
    || lpad(to_hex(('x' || left(letter_id::text, 4))::bit(16)::int >> 1), 4, '0')
    || substr(piece, length(tenant_id) + 1)
  FROM unnest(tsvector_to_array(search)) AS piece));
"""
WHOLE = """
UPDATE eoffice.words SET search = array_to_tsvector(ARRAY(
  SELECT tenant_id || substr(piece, length(tenant_id) + 6)
  FROM unnest(tsvector_to_array(search)) AS piece));
"""
UP = f"""
ALTER TABLE eoffice.letter ADD COLUMN given_at timestamptz;
CREATE UNIQUE INDEX letter_petition_key ON eoffice.letter (tenant_id, case_id)
  WHERE kind = 'petition';
CREATE INDEX letter_of_unit ON eoffice.letter (tenant_id, unit, id);
CREATE INDEX letter_of_author ON eoffice.letter (tenant_id, created_by, id);
{BY_PERIOD}ALTER INDEX eoffice.words_search SET (fastupdate = off);
ALTER FUNCTION eoffice.letters_about(tsquery) ROWS 1000;
"""

DOWN = f"""
ALTER FUNCTION eoffice.letters_about(tsquery) ROWS 50;
ALTER INDEX eoffice.words_search RESET (fastupdate);
{WHOLE}DROP INDEX eoffice.letter_of_author, eoffice.letter_of_unit, eoffice.letter_petition_key;
ALTER TABLE eoffice.letter DROP COLUMN given_at;
"""


async def forwards():
    return sql_migration("eoffice", ID, UP, DOWN)
