"""Checks of work in the background, and of the demonstration."""

from collections.abc import AsyncIterator

from core.behalf import on_behalf
from core.conformance.check import Level, Shelf
from core.conformance.trial import Trial
from core.text import Text

SHELF = Shelf()


@SHELF.check(
    "work.repeated",
    Level.GOLD,
    Text("งานตามเวลาทำซ้ำได้", "Its jobs by the clock can be done again"),
    Text("ให้งานดูก่อนว่าทำไปแล้วหรือยัง", "Have the job look first what is done already."),
)
async def repeated(trial: Trial) -> AsyncIterator[str]:
    """Each job by the clock is done twice; the second time changes no row."""
    for job in trial.subject.given("register_jobs") or ():
        if job.every is None:
            continue
        ctx = await trial.renewed(trial.here)
        try:
            with on_behalf(ctx.host.behalf(ctx, trial.name)):
                await job.run(ctx)
                before = await trial.rows()
                await job.run(ctx)
        except Exception as problem:
            yield f"{job.name}: {type(problem).__name__}: {problem}"
            continue
        if await trial.rows() != before:
            yield f"{job.name} changed rows again when it was done twice"


@SHELF.check(
    "work.shown",
    Level.GOLD,
    Text("ข้อมูลสาธิตสร้างได้", "Its demonstration can be made"),
    Text("แก้ seed_demo ตามข้อผิดพลาด", "Mend seed_demo by the error that is told."),
)
async def shown(trial: Trial) -> AsyncIterator[str]:
    """``seed_demo`` does not fail."""
    if trial.seeding is not None:
        yield f"{type(trial.seeding).__name__}: {trial.seeding}"


@SHELF.check(
    "work.filled",
    Level.PLATINUM,
    Text("มีข้อมูลสาธิตให้ลอง", "There is something to try"),
    Text("เพิ่ม seed_demo ที่เรียกบริการของปลั๊กอินเอง", "Add seed_demo, which calls its own services."),
)
async def filled(trial: Trial) -> AsyncIterator[str]:
    """A plugin with tables fills some of them for the demonstration."""
    rows = await trial.rows()
    if rows and not any(rows.values()):
        yield "it has tables, and none of them is filled in a demonstration"
