from core.api import sql_migration

ID = "2026-11-28T11:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "When the original of a receipt was given out; the payers of an account."

UP = """
ALTER TABLE treasury.receipt ADD COLUMN original_at timestamptz;
CREATE INDEX payer_of_account ON treasury.payer (tenant_id, account) WHERE account IS NOT NULL;
"""

DOWN = """
DROP INDEX treasury.payer_of_account;
ALTER TABLE treasury.receipt DROP COLUMN original_at;
"""


async def forwards():
    return sql_migration("treasury", ID, UP, DOWN)
