"""An archive of letters in bulk: subjects, agencies and pages of words as an office has them.

Few words are in many letters and many in few, as Zipf has it. Three letters of ten have a page
that can be read, the others are scans. They come evenly, 100,000 in a year.
"""

import itertools
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from core import db
from core.context import Context
from kit.geo.subdistricts import every_subdistrict
from kit.thai import search_form, search_vector
from plugins.eoffice.rules.periods import period_of

POST = "officer-works"  # every sixteenth letter came to it
_APART = timedelta(days=365) / 100_000
_BEGAN = datetime(2016, 11, 1, tzinfo=UTC)
_PAGE = 70  # words
_AT_ONCE = 16  # rows of a message: while the database takes them, the next are made

# In an agency stands its province, district or sub-district.
WORDS: dict[str, list[str]] = msgspec.json.decode(
    Path(__file__).with_suffix(".json").read_bytes(), type=dict[str, list[str]]
)

# What is the same in all of them.
_ALIKE = {
    "way": "in",
    "kind": "external",
    "state": "registered",
    "recipient": "",
    "secrecy": "normal",
    "speed": "normal",
    "unit": "clerk",
    "keywords": "",
    "content": "{}",
    "signer": "",
    "retention": "ordinary",
    "twin": "",
    "revision": 2,
}
_COLUMNS = ("tenant_id", "id", "created_at", "dated_on", "number", "subject", "sender", *_ALIKE)
_TASKS = """
INSERT INTO eoffice.task (tenant_id, id, letter_id, post, post_title, asked, state, given_from,
  opened_at)
SELECT l.tenant_id, gen_random_uuid(), l.id,
  CASE WHEN right(l.id::text, 1) = '7' THEN $1 ELSE 'clerk' END, '', 'consider', 'done', '',
  l.created_at
FROM eoffice.letter l
WHERE NOT EXISTS (SELECT FROM eoffice.task t WHERE t.tenant_id = l.tenant_id AND t.letter_id = l.id)
"""
_INDEXES = """
SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
FROM pg_index WHERE NOT indisunique AND indrelid IN
  ('eoffice.letter'::regclass, 'eoffice.words'::regclass, 'eoffice.task'::regclass)
"""
_STATISTICS = "VACUUM (ANALYZE) eoffice.letter, eoffice.words, eoffice.task"


class Written(NamedTuple):
    """A letter of the archive; ``page``: what can be read in its file."""

    id: UUID
    at: datetime
    number: str
    subject: str
    sender: str
    page: str


def letters() -> Iterator[Written]:
    """Yield letters without end, the oldest first, the same in every run."""
    chance = Random(2569)  # noqa: S311 - no secret
    places = chance.sample(every_subdistrict(), len(every_subdistrict()))
    act, topic, agency = (_drawn(chance, WORDS[name]) for name in ("acts", "topics", "agencies"))
    some = (*WORDS["words"], *WORDS["topics"], *WORDS["acts"], *(one.name.th for one in places))
    place, word = _drawn(chance, places), _drawn(chance, some)
    for count in itertools.count():
        at, (sender, about) = _BEGAN + count * _APART, place(k=2)
        where = f" ตำบล{about.name.th}" if chance.random() < 0.4 else ""
        yield Written(
            id=UUID(int=int(at.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62 | count),
            at=at,
            number=f"ชม {chance.randrange(20, 900):04}/{chance.choice(('', 'ว '))}{count % 9_973}",
            subject=f"{act()[0]}{topic()[0]}{where}",
            sender=agency()[0].format(p=sender.province.th, d=sender.district.th, s=sender.name.th),
            page=" ".join(word(k=_PAGE)) if chance.random() < 0.3 else "",
        )


def _drawn(chance: Random, some: Sequence[Any]) -> Callable[..., list[Any]]:
    """Return what draws ``k`` of some, the first of them most often."""
    weights = list(itertools.accumulate(1 / (place + 3) for place in range(len(some))))
    return partial(chance.choices, some, cum_weights=weights)


async def fill(ctx: Context, first: int, count: int) -> None:
    """Put so many letters into the archive, from the first on, and take the statistics."""
    connection = await asyncpg.connect(str(db.engine.config["dsn"]))
    try:
        # Checks of keys take as long as the rows, and indexes are made faster than kept up.
        await connection.execute("SET session_replication_role = replica")
        await connection.execute("SET maintenance_work_mem = '1GB'")
        indexes = await connection.fetch(_INDEXES)
        for index in indexes:
            await connection.execute(f"DROP INDEX {index['name']}")
        await connection.copy_records_to_table(
            "letter",
            schema_name="eoffice",
            columns=_COLUMNS,
            records=(_row(ctx, one) for one in itertools.islice(letters(), first, first + count)),
            timeout=1800,
        )
        await connection.copy_to_table(
            "words",
            schema_name="eoffice",
            columns=("tenant_id", "letter_id", "words", "search"),
            source=_lines(ctx, itertools.islice(letters(), first, first + count)),
            timeout=1800,
        )
        await connection.execute(_TASKS, POST, timeout=1800)
        for index in indexes:
            await connection.execute(index["definition"], timeout=1800)
        await connection.execute(_STATISTICS, timeout=1800)
    finally:
        await connection.close()


def _row(ctx: Context, one: Written) -> tuple[Any, ...]:
    head = (one.id, one.at, one.at.date(), one.number, one.subject, one.sender)
    return (ctx.tenant.id, *head, *_ALIKE.values())


async def _lines(ctx: Context, some: Iterator[Written]) -> AsyncIterator[bytes]:
    """Yield what is searched as COPY reads it; nothing in it has a meaning to COPY."""
    while batch := list(itertools.islice(some, _AT_ONCE)):
        lines = []
        for one in batch:
            text = "\n".join((one.number, one.subject, one.sender, one.page))
            vector = search_vector(text, within=f"{ctx.tenant.id}/{period_of(one.id)}")
            lines.append(f"{ctx.tenant.id}\t{one.id}\t{search_form(text)}\t{vector}\n")
        yield "".join(lines).encode()
