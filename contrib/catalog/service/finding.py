"""Find submissions: by plugin, sender or curator, and by where they stand; the newest first."""

from typing import Any

import msgspec

from contrib.catalog.service.publishers import my_publisher
from contrib.catalog.service.rights import CURATE
from core.api import Context, transaction

PAGE = 50

_FITTING = """
FROM catalog.submission
WHERE tenant_id = $1 AND ($2::uuid IS NULL OR publisher_id = $2) AND ($3 = '' OR state = $3)
  AND NOT EXISTS (SELECT FROM unnest($4::text[]) AS word WHERE strpos(
    lower(concat_ws(' ', plugin, version, sender_name, curator_name)), word) = 0)
"""
_PAGE = f"""
SELECT id, plugin, version, state, sent_at, sender_name, curator_name {_FITTING}
ORDER BY id DESC LIMIT $5 OFFSET $6
"""
_TOTAL = f"SELECT count(*) {_FITTING}"


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for; empty is anything.

    :param words: each stands somewhere in the plugin, version, sender or curator.
    :param page: from 1.
    """

    words: str = ""
    state: str = ""
    page: int = 1


class Found(msgspec.Struct, frozen=True):
    """A page of submissions.

    :ivar total: how many there are on all pages.
    :ivar first: place of the first of this page, from 1.
    """

    submissions: list[dict[str, Any]]
    total: int
    first: int

    @property
    def last(self) -> int:
        """Place of the last of this page."""
        return self.first + len(self.submissions) - 1


async def find_submissions(ctx: Context, sought: Sought) -> Found:
    """Return a page of submissions: of all for a curator, of their own for a publisher."""
    skipped = (sought.page - 1) * PAGE
    whose = None
    if not ctx.actor.may(CURATE):
        publisher = await my_publisher(ctx)
        if publisher is None:
            return Found([], 0, skipped + 1)
        whose = publisher["id"]
    asked = (ctx.tenant.id, whose, sought.state, sought.words.lower().split())
    async with transaction(ctx) as connection:
        total = await connection.fetchval(_TOTAL, *asked)
        rows = await connection.fetch(_PAGE, *asked, PAGE, skipped)
    return Found([dict(row) for row in rows], total, skipped + 1)
