"""What is done about incidents by the clock: officers hear of what is late, names are forgotten."""

from datetime import timedelta

from contrib.incidents.service.finding import counts
from contrib.incidents.service.limits import limits_on
from contrib.incidents.service.rights import SCREEN
from core.api import Context, Job, audit, notifications, people, transaction

_FORGET = """
UPDATE incidents.voice v SET name = '', phone = '', email = '', account = NULL, media_url = '',
  words = '', rating_words = ''
FROM incidents.report r
WHERE v.tenant_id = $1 AND r.tenant_id = v.tenant_id AND r.id = v.report_id AND r.closed_at < $2
  AND (v.account IS NOT NULL OR concat(v.name, v.phone, v.email, v.media_url, v.words,
    v.rating_words) <> '')
"""


async def remind_late(ctx: Context) -> None:
    """Tell those who screen how many reports are late, once a day."""
    _, late = await counts(ctx)
    if not late:
        return
    key = f"incidents/late/{ctx.today.isoformat()}"
    async with transaction(ctx):
        for officer in await people.holders_of(ctx, SCREEN):
            await notifications.send(
                ctx,
                to=officer["id"],
                template="incidents.late",
                key=key,
                href="/desk/incidents?state=late",
                count=late,
            )


async def forget(ctx: Context) -> None:
    """Remove who sent reports that were closed long ago; what was done stays.

    Law: Personal Data Protection Act B.E. 2562 (2019), s. 37 (3) (unverified in its wording).
    """
    days = (await limits_on(ctx, ctx.today))["keep.days"].whole
    async with transaction(ctx) as connection:
        done = await connection.execute(_FORGET, ctx.tenant.id, ctx.now - timedelta(days=days))
        count = int(done.rpartition(" ")[2])
        if count:
            subject = f"tenant/{ctx.tenant.id}"
            await audit.record(ctx, "incidents.reporters.forgotten", subject, count=count)


JOBS = (
    Job(name="incidents.remind_late", run=remind_late, every="0 8 * * *"),
    Job(name="incidents.forget", run=forget, every="40 2 * * *"),
)
