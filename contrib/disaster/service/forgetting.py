"""Contacts of requests for help are removed when nobody needs them any more.

Law: Personal Data Protection Act B.E. 2562, s. 37 (3) (kept no longer than is needed).
"""

from contrib.disaster.service.limits import limits_on
from core.api import Context, audit, transaction
from kit.thai import years_later

JOB = "disaster.forget"
_FORGET = """
UPDATE disaster.request r SET name = '', phone = '', address = '', note = '', pin = NULL,
  household_id = NULL, flags = '{}'
FROM disaster.event e
WHERE r.tenant_id = $1 AND e.tenant_id = r.tenant_id AND e.id = r.event_id
  AND e.ended_on < $2 AND r.phone <> ''
RETURNING r.id
"""


async def forget(ctx: Context) -> None:
    """Remove them where the disaster ended so long ago; every night, again without harm."""
    years = (await limits_on(ctx, ctx.today))["keep.years"].whole
    before = years_later(ctx.today, -years)
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_FORGET, ctx.tenant.id, before)
        if rows:
            subject = f"request/{rows[0]['id']}"
            await audit.record(ctx, "disaster.requests.forgotten", subject, count=len(rows))
