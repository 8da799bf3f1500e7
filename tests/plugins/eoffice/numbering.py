"""A process of writers who enter letters in one register; the test kills it and begins another.

It says each number on a line of its own once it is given. Half of its letters come before New Year
in Bangkok, half after.
"""

import asyncio
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from core import db
from core.context import Context
from core.runtime import make_runtime
from core.settings import read_settings
from plugins.eoffice.service import registers
from plugins.eoffice.service.arrivals import Intake, put_in
from plugins.eoffice.service.registers import Drawn

MIDNIGHT = datetime.fromisoformat("2027-01-01T00:00:00+07:00")


async def enter(ctx: Context) -> Drawn:
    """Enter a letter that has just come."""
    intake = Intake(number="มท 0808.3/1", subject="ทดสอบ", sender="กรม", dated_on=ctx.today)
    async with db.transaction(ctx):
        letter = put_in(ctx, intake)
    return await registers.enter(ctx, "receive", {"letter_id": letter}, nothing_more)


async def nothing_more(drawn: Drawn) -> None:
    """The letter is there already."""


async def work(url: str, folder: Path, writers: int, each: int) -> None:
    settings = read_settings({"THONGTHIN_DATA": str(folder), "THONGTHIN_SECRET": "ab" * 32})
    runtime = make_runtime(settings, url)
    await db.open_pool()
    tenant = await runtime.directory.get("maehia")
    assert tenant is not None
    before = runtime.context(tenant, now=MIDNIGHT - timedelta(seconds=1))
    after = replace(before, now=MIDNIGHT)

    async def write() -> None:
        for turn in range(each):
            drawn = await enter(before if turn < each / 2 else after)
            print(drawn.quoted, flush=True)  # noqa: T201

    await asyncio.gather(*(write() for _ in range(writers)))
    await runtime.host.batches.settle()
    await db.close_pool()


if __name__ == "__main__":
    url, folder, writers, each = sys.argv[1:]
    asyncio.run(work(url, Path(folder), int(writers), int(each)))
