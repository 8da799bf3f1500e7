"""The officer's inbox with a million cases against a thousand, and with narrow rights."""

from collections.abc import Awaitable, Callable

import asyncpg

from core import db
from core.context import Context
from kit.casework.service import inbox
from kit.casework.service.catalogue import known_titles
from kit.casework.service.inbox import Wanted
from kit.casework.service.lines import lines_of
from kit.casework.service.tallying import week_of
from kit.thai import search_vector
from tools.bench.ground import UNITS, officer, rounds

FIRST = 10_000_000  # beyond every number that was drawn
SMALL, LARGE, TURNS, PAGES, MOST_QUERIES = 1_000, 1_000_000, 7, 20, 12

WORDS = "สุนัขจรจัด"

# Copies of the first case, in bulk; every twentieth is open, one is about something else.
_FILL = """
INSERT INTO casework."case"
SELECT copy.* FROM casework."case" c, generate_series(1, $2::int) g,
LATERAL jsonb_populate_record(c, jsonb_build_object(
  'id', gen_random_uuid(), 'number', $1::int + g, 'track', 'T' || $1::int + g,
  'key', 'k' || $1::int + g, 'unit', ($3::text[])[1 + g % cardinality($3::text[])],
  'complete_on', current_date - 3, 'due_on', current_date - 3 + g % 40,
  'status', CASE WHEN g % 20 = 0 THEN 'considering' ELSE 'issued' END,
  'step', CASE WHEN g % 20 = 0 THEN 'consider' END,
  'waits_for', CASE WHEN g % 20 = 0 THEN 'officer' ELSE 'applicant' END,
  'closed_at', CASE WHEN g % 20 <> 0 THEN c.filed_at END,
  'search', CASE WHEN g = 500 THEN $4::text ELSE c.search::text END)) copy
WHERE c.number = 1
"""


# Made anew at the end, which takes a tenth of the time of keeping them up to date.
_INDEXES = """
SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
FROM pg_index WHERE indrelid = 'casework."case"'::regclass AND NOT indisunique
"""


async def _fill(ctx: Context, begin: int, count: int) -> None:
    connection = await asyncpg.connect(str(db.engine.config["dsn"]))
    rare = search_vector(WORDS, within=ctx.tenant.id)
    try:
        indexes = await connection.fetch(_INDEXES)
        await connection.execute("SET maintenance_work_mem = '1GB'")
        for index in indexes:
            await connection.execute(f"DROP INDEX {index['name']}")
        await connection.execute(_FILL, begin, count, list(UNITS), rare, timeout=900)
        for index in indexes:
            await connection.execute(index["definition"], timeout=900)
        await connection.execute('VACUUM (ANALYZE) casework."case"', timeout=900)
    finally:
        await connection.close()


def _pages(ctx: Context) -> Callable[[], Awaitable[None]]:
    async def show() -> None:
        for _ in range(PAGES):
            found = await inbox.find_cases(ctx, Wanted(view="mine"))
            if len(found.cases) != inbox.PAGE:
                raise RuntimeError(f"{len(found.cases)} cases instead of a full page")
            await lines_of(ctx, found.cases, {})
            await week_of(ctx, await inbox.count_views(ctx))
            await known_titles(ctx)

    return show


def _search(ctx: Context) -> Callable[[], Awaitable[None]]:
    async def show() -> None:
        for _ in range(PAGES):
            if not (await inbox.find_cases(ctx, Wanted(view="all", words=WORDS))).cases:
                raise RuntimeError("nothing was found")

    return show


async def measure(ctx: Context) -> list[str]:
    """Return the lines about the inbox; one case has been filed before."""
    everywhere, works = officer(ctx), officer(ctx, units=frozenset({"works"}))
    await _fill(ctx, FIRST, SMALL)
    sides = {"all": _pages(everywhere), "search": _search(everywhere)}
    small = await rounds(sides, turns=TURNS)
    await _fill(ctx, FIRST + SMALL, LARGE - SMALL)
    large = await rounds(sides | {"works": _pages(works)}, turns=TURNS)
    grown, narrow = large["all"] / small["all"], large["works"] / large["all"]
    return [
        f"inbox: {large['all'] / PAGES * 1000:.1f} ms a page at {LARGE:,} cases = {grown:.2f} "
        f"times that at {SMALL:,} (asked: at most 1.3), {await _queries(everywhere)} queries "
        f"(asked: at most {MOST_QUERIES})",
        f"restricted officer: {narrow:.2f} times an administrator (asked: at most 1.1)",
        f"search of the inbox: {large['search'] / PAGES * 1000:.1f} ms at {LARGE:,} cases = "
        f"{large['search'] / small['search']:.2f} times that at {SMALL:,}",
    ]


async def _queries(ctx: Context) -> int:
    """Return how many statements a page of the inbox sends, by asyncpg's own count."""
    seen: list[str] = []
    async with db.transaction(ctx) as connection:
        connection.add_query_logger(lambda record: seen.append(record.query))
        await _pages(ctx)()
    return len(seen) // PAGES
