"""Print the figures of the issue, each with what it is asked to be."""

import asyncio
import logging
import sys

import structlog

from tools.bench import dispatching, inbox, starting, submitting
from tools.bench.ground import ground


async def _figures() -> list[str]:
    async with ground() as (runtime, ctx):
        lines = await dispatching.measure(ctx)
        lines += await submitting.measure(runtime, ctx)
        return lines + await inbox.measure(ctx)


def main() -> None:
    """Measure everything; the figures are for people to judge, so nothing is asserted."""
    # As in production, a line for every request; here they go nowhere.
    sink = structlog.PrintLoggerFactory(open("/dev/null", "w", encoding="utf-8"))  # noqa: SIM115
    structlog.configure(processors=[structlog.processors.JSONRenderer()], logger_factory=sink)
    logging.disable(logging.WARNING)
    for line in asyncio.run(_figures()) + starting.measure():
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


main()
