"""Jobs that are done and charged once, such as fetching what no lorry takes on its round."""

from datetime import date
from uuid import UUID

from core.api import Context, NotFound, Text, audit, need, transaction
from kit.thai import amount
from kit.treasury import Asked, Due, make_bill, raise_charges
from plugins.waste_fees.rules.tariffs import Job, tariff_on
from plugins.waste_fees.service.entries import SOURCE
from plugins.waste_fees.service.points import read_point
from plugins.waste_fees.service.rights import BILL
from plugins.waste_fees.service.tariffs import kinds_of, tariffs_of


async def jobs_today(ctx: Context) -> dict[str, tuple[str, Job]]:
    """Return what can be charged once by the tariffs of today: the fee and the job, by a code."""
    found: dict[str, tuple[str, Job]] = {}
    for kind in await kinds_of(ctx):
        tariff = tariff_on(await tariffs_of(ctx, kind.code), ctx.today)
        for place, job in enumerate(tariff.content.jobs if tariff else ()):
            found[f"{kind.code}-{place}"] = (kind.code, job)
    return found


def said(job: Job) -> Text:
    """Return a job with its price."""
    return Text(
        f"{job.title.th} {amount(job.price, 'th')}", f"{job.title.en}, {amount(job.price, 'en')}"
    )


async def charge_job(
    ctx: Context, point: UUID, code: str, *, count: int, due_on: date, key: str
) -> Asked:
    """Charge a job to the payer of a point and make its bill.

    :param code: of :func:`jobs_today`.
    :param key: up to 40 characters; the same is charged once.
    :raises NotFound: the tariffs of today have no such job.
    :raises Conflict: it was charged under this key already.
    """
    need(ctx, BILL)
    jobs = await jobs_today(ctx)
    if code not in jobs:
        raise NotFound(Text("ไม่มีรายการนี้ในอัตราวันนี้", "No tariff of today has this job."))
    kinds = {one.code: one for one in await kinds_of(ctx)}
    kind, job = kinds[jobs[code][0]], jobs[code][1]
    async with transaction(ctx):
        row = await read_point(ctx, point)
        due = Due(
            reference=f"{point.hex}/job/{key}",
            revenue=kind.revenue,
            title=Text(f"{job.title.th} × {count}", f"{job.title.en} × {count}"),
            amount=job.price * count,
            due_on=due_on,
        )
        raised = await raise_charges(ctx, source=SOURCE, payer=row["payer"], dues=[due])
        asked = await make_bill(
            ctx,
            source=SOURCE,
            subject=f"point/{point}",
            kind=kind.digits,
            title=job.title,
            charges=[raised[due.reference]],
            due_on=due_on,
        )
        await audit.record(
            ctx, "waste_fees.job.charged", f"point/{point}", bill=asked.ref1, total=asked.total
        )
    return asked
