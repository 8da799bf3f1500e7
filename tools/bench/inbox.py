"""The officer's inbox with a million cases against a thousand, and with narrow rights."""

from core import db
from core.context import Context
from kit.casework.service import inbox
from kit.casework.service.inbox import Wanted
from kit.casework.service.lines import lines_of
from tools.bench.ground import officer, rounds

SMALL, LARGE, TURNS, PAGES = 1_000, 1_000_000, 7, 20

# Rows in bulk, as the owner: every twentieth case is open; what is measured only reads them.
_FILL = """
INSERT INTO casework."case"
SELECT tenant_id, gen_random_uuid(), number + g, year, service, version, subject,
  (ARRAY['clerk','finance','works','education','health','welfare','strategy'])[1 + g % 7],
  CASE WHEN g % 20 = 0 THEN 'considering' ELSE 'issued' END,
  CASE WHEN g % 20 = 0 THEN 'consider' END,
  CASE WHEN g % 20 = 0 THEN 'officer' ELSE 'applicant' END,
  NULL, NULL, applicant_name, NULL, NULL, phone, NULL, answers, channel, NULL, filed_at,
  current_date - 3, current_date - 3 + g % 40, NULL, 0, NULL, NULL, NULL,
  CASE WHEN g % 20 = 0 THEN NULL ELSE filed_at END,
  NULL, 'X' || $2 || g, $2 || g, 1, filed_at, changed_by, language, NULL, NULL, search
FROM casework."case" JOIN generate_series(1, $1) g ON true
WHERE number = 1
"""


async def _fill(ctx: Context, count: int, mark: str) -> None:
    async with db.across_tenants() as connection:
        await connection.execute("RESET ROLE")
        await connection.execute(_FILL, count, mark)
    async with db.across_tenants() as connection:
        await connection.execute('ANALYZE casework."case"')


async def _page(ctx: Context) -> None:
    for _ in range(PAGES):
        found = await inbox.find_cases(ctx, Wanted(view="mine"))
        await lines_of(ctx, found.cases)
        await inbox.count_views(ctx)
