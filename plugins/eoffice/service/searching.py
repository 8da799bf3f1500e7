"""Find letters by words of their heads and files, among those that one may see.

Pieces of words find candidates by the index; the words themselves are looked at again, since a
long file has the pieces of many words in it (ADR 0021).
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.api import Context, add_later, defer, into, transaction
from kit.thai import search_form, search_query, search_vector
from plugins.eoffice.service.access import SEEN, seeing
from plugins.eoffice.service.files import words_in
from plugins.eoffice.tables.letters import Letter, Words

PAGE = 50
MOST_PIECES = 300_000  # characters of a vector, of which PostgreSQL takes a megabyte
READ = "eoffice.read_files"

_WORDS = into(Words)
_HEAD = ("number", "subject", "sender", "recipient", "keywords")
_READ = """
UPDATE eoffice.words SET words = $3, search = $4::text::tsvector
WHERE tenant_id = $1 AND letter_id = $2
"""
_FOUND = (
    "SELECT l.* FROM eoffice.letter l JOIN eoffice.words w"  # noqa: S608 - our own words
    " ON w.tenant_id = $1 AND w.letter_id = l.id"
    " WHERE l.tenant_id = $1 AND l.id IN (SELECT eoffice.letters_about($6::text::tsquery))"
    " AND w.words LIKE ALL ($7) AND (l.id < $8 OR $8 IS NULL) AND "
    + SEEN
    + " ORDER BY l.id DESC LIMIT $9"
)


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
    while len(vector := search_vector(text, within=ctx.tenant.id)) > MOST_PIECES:
        text = text[: len(text) // 2]
    return search_form(text), vector


async def search(
    ctx: Context, query: str, *, before: UUID | None = None
) -> list[Mapping[str, Any]]:
    """Return letters that have every word of a query, the newest first, of those one may see.

    :param before: only those that came before this letter.
    """
    wanted = search_query(query[:200], within=ctx.tenant.id)
    if not wanted:
        return []
    like = [f"%{_escaped(search_form(word))}%" for word in query[:200].split()]
    values = await seeing(ctx)
    async with transaction(ctx) as connection:
        return list(await connection.fetch(_FOUND, *values, wanted, like, before, PAGE))


def _escaped(word: str) -> str:
    return word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
