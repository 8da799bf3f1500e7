"""Look at a bank's file before it is posted: what would come of it, while nothing is written."""

import contextlib
from collections import Counter
from typing import Any, BinaryIO

from core.api import Context
from kit.treasury.service import noting
from kit.treasury.service.pieces import Pieces, Survey, read_ahead
from kit.treasury.service.reversing import At


async def outlook(ctx: Context, source: BinaryIO, seen: Survey) -> dict[str, Any]:
    """Return what would come of the lines of a file now, counted as by :func:`noting.look`.

    Two lines of one bill that lie far from each other are each taken for the only one.

    :param source: at its beginning.
    """
    header = seen.report.header
    at = At("file", header.bank, header.account, None)
    counts: Counter[str] = Counter(dict.fromkeys(noting.LOOKED, 0))
    waits: Counter[str] = Counter()
    pieces = Pieces(source, seen, zone=ctx.tenant.zone)
    async with contextlib.aclosing(read_ahead(pieces)) as ahead:
        async for piece in ahead:
            found, reasons = await noting.look(ctx, at, piece.paid)
            counts.update(found)
            waits.update(reasons)
    return {**counts, "waits": dict(waits)}
