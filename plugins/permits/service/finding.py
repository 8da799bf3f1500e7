"""Find permits in the register: by number, holder or deed, by work and by how they stand.

Whether a permit has expired follows from its last day and the day of today; it is not written.

The public register holds what is known of the building and nothing of a person: no name, no
deed, no house number. Its places are rounded by the database, so that an exact one does not leave
it: three decimals of a degree are the middle of a square of about 110 metres.

Law: Building Control Act B.E. 2522, s. 35 (the last day of a permit); Official Information Act
B.E. 2540, s. 9 (1) and 24, and Personal Data Protection Act B.E. 2562 (what is public and what
is not; unverified, for the office to confirm).
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, Language, Text, transaction
from kit.geo import subdistrict
from kit.thai import ascii_digits
from plugins.permits.services.work import USE, WHAT

PAGE, AT_ONCE = 50, 1_000
SOON = 30  # days
ROUNDED = 3  # decimals of a degree
_LONGEST = 100

WORKS: Mapping[str, Text] = {one.code: one.label for one in WHAT.options}
USES: Mapping[str, Text] = {one.code: one.label for one in USE.options}
STANDS: Mapping[str, Text] = {
    "valid": Text("ใช้ได้", "Valid"),
    "expiring": Text(f"หมดอายุใน {SOON} วัน", f"Expires within {SOON} days"),
    "expired": Text("หมดอายุแล้ว", "Expired"),
    "completed": Text("ก่อสร้างเสร็จแล้ว", "Completed"),
    "revoked": Text("เพิกถอนแล้ว", "Revoked"),
}

_STANDS = f"""CASE WHEN state <> 'valid' THEN state WHEN until < $2::date THEN 'expired'
  WHEN until <= $2::date + {SOON} THEN 'expiring' ELSE 'valid' END"""
_FITTING = f"""
FROM (SELECT *, {_STANDS} AS stands FROM permits.permit WHERE tenant_id = $1) AS p
WHERE ($3 = '' OR work = $3)
  AND ($4 = '' OR stands = $4 OR ($4 = 'valid' AND stands = 'expiring'))
  AND ($5 = '' OR number = $5 OR starts_with(number, $5 || '/')
    OR ($6 <> '' AND (holder ILIKE $6 OR deed ILIKE $6 OR place ILIKE $6)))
"""  # noqa: S608 (no value of a request is part of it)
# What each reader is given; the columns of the public are all that leaves the database for it.
_OFFICERS = """case_id, number, work, use, storeys, area, holder, phone, subdistrict, place, deed,
  plan, (pin->>'lat')::float8 AS lat, (pin->>'lon')::float8 AS lon, fee, issued_on, until,
  renewed, stands"""
_PUBLIC = f"""case_id, number, work, use, storeys, area, subdistrict,
  round((pin->>'lat')::numeric, {ROUNDED})::float8 AS lat,
  round((pin->>'lon')::numeric, {ROUNDED})::float8 AS lon, issued_on, until, stands"""


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for; empty is anything.

    :param public: the reader is anybody, who searches by number only.
    :param page: from 1.
    """

    words: str = ""
    work: str = ""
    stands: str = ""
    public: bool = False
    page: int = 1


class Found(msgspec.Struct, frozen=True):
    """A page of the register, the newest first.

    :ivar total: how many there are on all pages.
    :ivar first: place of the first of this page, from 1.
    """

    permits: list[dict[str, Any]]
    total: int
    first: int

    @property
    def last(self) -> int:
        """Place of the last of this page."""
        return self.first + len(self.permits) - 1


def _asked(ctx: Context, sought: Sought) -> tuple[Any, ...]:
    """Return the first six values of a query."""
    words = " ".join(ascii_digits(sought.words).split())[:_LONGEST]
    like = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    everywhere = f"%{like}%" if words and not sought.public else ""
    return ctx.tenant.id, ctx.today, sought.work, sought.stands, words, everywhere


def _columns(sought: Sought) -> str:
    return _PUBLIC if sought.public else _OFFICERS


async def find_permits(ctx: Context, sought: Sought) -> Found:
    """Return a page of permits."""
    asked, skipped = _asked(ctx, sought), (sought.page - 1) * PAGE
    query = f"""SELECT {_columns(sought)} {_FITTING}
ORDER BY issued_on DESC, case_id DESC LIMIT $7 OFFSET $8"""
    async with transaction(ctx) as connection:
        total = await connection.fetchval(f"SELECT count(*) {_FITTING}", *asked)
        rows = await connection.fetch(query, *asked, PAGE, skipped)
    return Found([dict(row) for row in rows], total, skipped + 1)


async def all_permits(ctx: Context, sought: Sought) -> AsyncIterator[Sequence[Mapping[str, Any]]]:
    """Yield all permits that fit, the oldest first, some at a time."""
    asked, after = _asked(ctx, sought), (date.min, UUID(int=0))
    query = f"""SELECT {_columns(sought)} {_FITTING}
AND (issued_on, case_id) > ($7, $8) ORDER BY issued_on, case_id LIMIT $9"""
    while True:
        async with transaction(ctx) as connection:
            rows = await connection.fetch(query, *asked, *after, AT_ONCE)
        if not rows:
            return
        yield rows
        after = (rows[-1]["issued_on"], rows[-1]["case_id"])


def district_of(permit: Mapping[str, Any], language: Language) -> str:
    """Return the sub-district of a permit with all that it lies in."""
    found = subdistrict(permit["subdistrict"])
    return found.full_name(language) if found else permit["subdistrict"]


def names_of(permits: Sequence[Mapping[str, Any]], language: Language) -> dict[str, str]:
    """Return the bare names of the sub-districts of some permits, by their codes."""
    known = {code: subdistrict(code) for code in {one["subdistrict"] for one in permits}}
    return {code: one.name.to(language) if one else code for code, one in known.items()}


async def mapped_permits(ctx: Context, sought: Sought, most: int) -> list[dict[str, Any]]:
    """Return what a map needs of the permits that fit, the newest first."""
    query = f"""SELECT case_id, number, holder, place, work, stands,
  (pin->>'lat')::float8 AS lat, (pin->>'lon')::float8 AS lon, until {_FITTING}
ORDER BY issued_on DESC, case_id DESC LIMIT $7"""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(query, *_asked(ctx, sought), most)
    return [dict(row) for row in rows]


async def stands_of(ctx: Context, case: UUID) -> str:
    """Return how a permit stands today; empty where there is none."""
    query = f"SELECT {_STANDS} FROM permits.permit WHERE tenant_id = $1 AND case_id = $3"  # noqa: S608
    async with transaction(ctx) as connection:
        return await connection.fetchval(query, ctx.tenant.id, ctx.today, case) or ""
