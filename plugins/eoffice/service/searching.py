"""Find letters by words of their heads and files, among those that one may see.

Pieces of words find candidates by the index, in one period of the archive after the other until a
page is full. The words themselves are looked at again, since a long file has the pieces of many
words in it (ADR 0021, 0028).
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.api import Context, add_later, defer, into, transaction
from kit.thai import search_form, search_queries, search_vector
from plugins.eoffice.rules.periods import period_of, periods_between
from plugins.eoffice.service.access import OWN, SEEN, seeing
from plugins.eoffice.service.files import words_in
from plugins.eoffice.tables.letters import Letter, Words

PAGE = 50
FEW = 1_000  # letters of one's own: so many are looked at one by one
LONGEST = 200  # characters of a query
MOST_PIECES = 600_000  # characters of a vector, of which PostgreSQL takes a megabyte
READ = "eoffice.read_files"

_WORDS = into(Words)
_HEAD = ("number", "subject", "sender", "recipient", "keywords")
_READ = """
UPDATE eoffice.words SET words = $3, search = $4::text::tsvector
WHERE tenant_id = $1 AND letter_id = $2
"""

# How far the letters reach, and whether those of one's own are few.
_REACH = f"""
SELECT NOT $5 AND (SELECT count(*) FROM (SELECT FROM ({OWN}) own LIMIT $6) counted) < $6 AS few,
  (SELECT letter_id FROM eoffice.words WHERE tenant_id = $1 ORDER BY letter_id LIMIT 1) AS oldest,
  (SELECT letter_id FROM eoffice.words WHERE tenant_id = $1
   ORDER BY letter_id DESC LIMIT 1) AS newest
"""  # noqa: S608 - our own words
_FEW = f"(SELECT DISTINCT id FROM ({OWN}) own WHERE id < $8 ORDER BY id DESC) AS found"  # noqa: S608
_PERIODS = """
unnest($8::text[], $9::uuid[], $10::uuid[]) AS period (wanted, since, until),
LATERAL (SELECT id FROM eoffice.letters_about(wanted::tsquery) AS id
         WHERE id >= since AND id < until{own} ORDER BY id DESC) AS found
"""
_AMONG_OWN = f" AND id IN (SELECT id FROM ({OWN}) own WHERE id >= since AND id < until)"  # noqa: S608


def _page(found: str) -> str:
    """Return the statement that looks at what is found, in its order, until a page is full."""
    return f"""
SELECT l.* FROM {found},
LATERAL (SELECT w.letter_id AS id FROM eoffice.words w
         WHERE w.tenant_id = $1 AND w.letter_id = found.id AND w.words LIKE ALL ($7)
         OFFSET 0) AS right_one,
LATERAL (SELECT l.* FROM eoffice.letter l
         WHERE l.tenant_id = $1 AND l.id = right_one.id AND {SEEN} OFFSET 0) AS l
LIMIT $6
"""  # noqa: S608 - our own words


_OF_FEW = _page(_FEW)
_OF_OWN = _page(_PERIODS.format(own=_AMONG_OWN))
_OF_ALL = _page(_PERIODS.format(own=""))


async def add_words(ctx: Context, letter: Mapping[str, Any], *, filed: bool) -> None:
    """Have a letter found by its head, in the transaction that is open; soon by its files too."""
    words, search = _pieces(ctx, letter, "")
    row = {"tenant_id": ctx.tenant.id, "letter_id": letter["id"], "words": words, "search": search}
    add_later(_WORDS, row)
    if filed:
        await defer(ctx, READ, letter=str(letter["id"]))


async def read_files(ctx: Context, letter: str) -> None:
    """Have a letter found by the words of its files too; the job of the worker.

    The words of a secret letter are not read.
    """
    wanted = (Letter.of(ctx), Letter.id == UUID(letter), Letter.secrecy == "normal")
    async with transaction(ctx):
        row = await Letter.select("id", *_HEAD).where(*wanted).first()
    if row is None or not (found := await words_in(ctx, row["id"])):
        return
    async with transaction(ctx) as connection:
        await connection.execute(_READ, ctx.tenant.id, row["id"], *_pieces(ctx, row, found))


def _pieces(ctx: Context, letter: Mapping[str, Any], words: str) -> tuple[str, str]:
    """Return what is compared of a letter, and the pieces of it."""
    text = "\n".join((*(letter[name] for name in _HEAD), words))
    within = _within(ctx, period_of(letter["id"]))
    while len(vector := search_vector(text, within=within)) > MOST_PIECES:
        text = text[: len(text) // 2]
    return search_form(text), vector


def _within(ctx: Context, period: str) -> str:
    return f"{ctx.tenant.id}/{period}"


async def search(
    ctx: Context, query: str, *, before: UUID | None = None
) -> list[Mapping[str, Any]]:
    """Return letters that have every word of a query, the newest first, of those one may see.

    :param before: only those that came before this letter.
    """
    wanted = query[:LONGEST]
    words = [f"%{_escaped(form)}%" for word in wanted.split() if (form := search_form(word))]
    if not words:
        return []
    async with transaction(ctx) as connection:
        values = await seeing(ctx)
        reach = await connection.fetchrow(_REACH, *values, FEW + 1)
        if reach["newest"] is None:
            return []
        until = UUID(int=reach["newest"].int + 1)
        if before is not None:
            until = min(before, until)
        if reach["few"]:
            return list(await connection.fetch(_OF_FEW, *values, PAGE, words, until))
        periods = list(periods_between(reach["oldest"], until))
        queries = search_queries(wanted, within=[_within(ctx, one.name) for one in periods])
        since, ends = [one.since for one in periods], [one.until for one in periods]
        found = _OF_ALL if values[4] else _OF_OWN
        return list(await connection.fetch(found, *values, PAGE, words, queries, since, ends))


def _escaped(word: str) -> str:
    return word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
