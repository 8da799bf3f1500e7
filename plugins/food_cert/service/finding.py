"""Find places in the register: by number, name, holder or address, and by how they stand.

How a place stands follows from its state and the day of today, as ``rules.places.stands`` says;
here the database works it out, so that a page of many thousand places is found at once.

The public register holds what hangs on the wall of a business that is open to everybody: its name,
its kind, its address, its paper and its grade. It holds nothing of a person: neither who runs it
nor a telephone. Who has asked for a licence and may not begin yet, or was refused, is not in it.
Places are rounded by the database, so that an exact one does not leave it: three decimals of a
degree are the middle of a square of about 110 metres, which is near enough to compare streets.
Many a small place is the house of its owner, and whoever draws it to the metre shows who lives
there; an office that has weighed that may give four decimals, about 11 metres.

Law: Official Information Act B.E. 2540, s. 9 and 24, and Personal Data Protection Act B.E. 2562
(what is public and what is not; unverified, for the office to confirm).
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import msgspec

from core.api import Context, Text, transaction
from kit.thai import ascii_digits, thai_digits
from plugins.food_cert.rules.places import STANDS
from plugins.food_cert.service.positions import decimals

PAGE, AT_ONCE = 50, 1_000
SOON = 60  # days
EXPIRING = "expiring"
SIFTED: Mapping[str, Text] = {
    **STANDS,
    EXPIRING: Text(f"ใบอนุญาตหมดอายุใน {SOON} วัน", f"Licence expires within {SOON} days"),
}
_LONGEST = 100

_DIGITS = f"'{thai_digits('0123456789')}', '0123456789'"
_STANDS = """CASE
  WHEN state <> 'valid' AND NOT (state = 'suspended' AND coalesce(state_until, $2) < $2) THEN state
  WHEN until IS NULL OR until >= $2 THEN 'valid'
  WHEN renewing IS NOT NULL THEN 'renewing' ELSE 'expired' END"""
_FITTING = f"""
FROM (SELECT *, {_STANDS} AS stands FROM food_cert.place WHERE tenant_id = $1) AS p
WHERE ($3 = '' OR kind = $3) AND ($4 = '' OR instrument = $4)
  AND ($5 = '' OR stands = $5
    OR ($5 = '{EXPIRING}' AND stands = 'valid' AND until <= $2::date + {SOON}))
  AND ($6 = '' OR grade = $6) AND ($7 = '' OR subdistrict = $7)
"""  # noqa: S608 (no value of a request is part of it)
_NUMBERED = "(paper_number = $8 OR starts_with(paper_number, $8 || '/'))"
_FOR_OFFICERS = f"""AND ($8 = '' OR {_NUMBERED} OR number::text = $8
  OR translate(concat_ws(E'\\n', name, holder, address), {_DIGITS}) ILIKE $9)"""
_FOR_ALL = f"""AND state NOT IN ('applied', 'refused')
AND ($8 = '' OR {_NUMBERED}
  OR translate(concat_ws(E'\\n', name, address), {_DIGITS}) ILIKE $9)"""
# A number that was typed whole stands before all that only holds its digits.
_ORDER = f"""ORDER BY CASE WHEN $5 = '{EXPIRING}' THEN until END,
  {_NUMBERED} DESC, number::text = $8 DESC, number DESC"""
# What each reader is given; the columns of the public are all that leaves the database for it.
_OFFICERS = """id, number, name, kind, instrument, paper_number, area, workers, holder,
  company_id, phone, address, subdistrict, (pin->>'lat')::float8 AS lat,
  (pin->>'lon')::float8 AS lon, begun_on, issued_on, until, state_until, grade, score, graded_on,
  closed_on, stands"""
_PUBLIC = """number, code, name, kind, instrument, paper_number, address, subdistrict,
  round((pin->>'lat')::numeric, {decimals})::float8 AS lat,
  round((pin->>'lon')::numeric, {decimals})::float8 AS lon, until, state_until, grade, score,
  graded_on, stands"""


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for; empty is anything.

    :param stands: a key of ``SIFTED``.
    :param subdistrict: code of six digits.
    :param public: the reader is anybody, for whom no name of a holder is searched.
    :param page: from 1.
    """

    words: str = ""
    kind: str = ""
    instrument: str = ""
    stands: str = ""
    grade: str = ""
    subdistrict: str = ""
    public: bool = False
    page: int = 1


class Found(msgspec.Struct, frozen=True):
    """A page of the register, the newest first; where it is sifted so, the first to expire.

    :ivar total: how many there are on all pages.
    :ivar first: place of the first of this page, from 1.
    """

    places: list[dict[str, Any]]
    total: int
    first: int

    @property
    def last(self) -> int:
        """Place of the last of this page."""
        return self.first + len(self.places) - 1


def _asked(ctx: Context, sought: Sought) -> tuple[Any, ...]:
    """Return the first nine values of a query."""
    words = " ".join(ascii_digits(sought.words).split())[:_LONGEST]
    like = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    chosen = (sought.kind, sought.instrument, sought.stands, sought.grade, sought.subdistrict)
    return ctx.tenant.id, ctx.today, *chosen, words, f"%{like}%"


def _fitting(sought: Sought) -> str:
    return _FITTING + (_FOR_ALL if sought.public else _FOR_OFFICERS)


def _columns(ctx: Context, sought: Sought) -> str:
    return _PUBLIC.format(decimals=decimals(ctx)) if sought.public else _OFFICERS


async def find_places(ctx: Context, sought: Sought) -> Found:
    """Return a page of places."""
    asked, skipped = _asked(ctx, sought), (sought.page - 1) * PAGE
    fitting = _fitting(sought)
    query = f"SELECT {_columns(ctx, sought)} {fitting} {_ORDER} LIMIT $10 OFFSET $11"
    async with transaction(ctx) as connection:
        total = await connection.fetchval(f"SELECT count(*) {fitting}", *asked)
        rows = await connection.fetch(query, *asked, PAGE, skipped)
    return Found([dict(row) for row in rows], total, skipped + 1)


async def all_places(ctx: Context, sought: Sought) -> AsyncIterator[Sequence[Mapping[str, Any]]]:
    """Yield all places that fit, the oldest first, some at a time."""
    asked, after = _asked(ctx, sought), 0
    query = f"""SELECT {_columns(ctx, sought)} {_fitting(sought)}
AND number > $10 ORDER BY number LIMIT $11"""
    while True:
        async with transaction(ctx) as connection:
            rows = await connection.fetch(query, *asked, after, AT_ONCE)
        if not rows:
            return
        yield rows
        after = rows[-1]["number"]


async def mapped_places(ctx: Context, sought: Sought, most: int) -> list[dict[str, Any]]:
    """Return what a map needs of the places that fit, the newest first."""
    query = f"""SELECT id, name, kind, instrument, paper_number, address, until, stands,
  (pin->>'lat')::float8 AS lat, (pin->>'lon')::float8 AS lon {_fitting(sought)}
{_ORDER} LIMIT $10"""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(query, *_asked(ctx, sought), most)
    return [dict(row) for row in rows]
