"""Print the figures of the issue, each with what it is asked to be."""

import asyncio
import logging
import sys

from core.logs import set_up
from tools.bench import (
    beside,
    billing,
    calling,
    catalog,
    crowding,
    dispatching,
    inbox,
    matching,
    registering,
    searching,
    starting,
    submitting,
)
from tools.bench.ground import ground


def _say(lines: list[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


async def _measure() -> None:
    async with ground() as (runtime, ctx):
        _say(await dispatching.measure(ctx))
        _say(await beside.measure(runtime))
        _say(await submitting.measure(runtime))
        _say(await inbox.measure(ctx))
        _say(await billing.measure(ctx))
        _say(await calling.measure(runtime, ctx))
        _say(await matching.measure(ctx))
        _say(await searching.measure(ctx))
        _say(await registering.measure(ctx))
        _say(await crowding.measure(runtime, ctx))


def main() -> None:
    """Measure everything; the figures are for people to judge, so nothing is asserted."""
    set_up(process="bench", level=logging.ERROR)
    asyncio.run(_measure())
    _say(catalog.measure())
    _say(starting.measure())


main()
