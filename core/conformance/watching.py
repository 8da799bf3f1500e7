"""Connections of a trial: they count statements, and can be made slow."""

import asyncio
from typing import Any

from core.statements import Rows


class Watch:
    """What all connections of the process are watched by.

    :ivar statements: how many were sent.
    :ivar delay: seconds by which each is kept back.
    """

    def __init__(self) -> None:
        self.statements = 0
        self.delay = 0.0

    async def note(self) -> None:
        """Note a statement, and keep it back."""
        self.statements += 1
        if self.delay:
            await asyncio.sleep(self.delay)


WATCH = Watch()


class Watched(Rows):
    """A connection for statements about rows, which are counted."""

    async def _execute(self, query: str, *arguments: Any, **how: Any) -> Any:
        await WATCH.note()
        return await super()._execute(query, *arguments, **how)

    async def _prepare(self, query: str, **how: Any) -> Any:
        await WATCH.note()
        return await super()._prepare(query, **how)

    async def _executemany(self, query: str, *arguments: Any, **how: Any) -> Any:
        await WATCH.note()
        return await super()._executemany(query, *arguments, **how)

    async def execute(self, query: str, *arguments: Any, **how: Any) -> str:
        """Carry out a statement about rows."""
        if not arguments:
            # With arguments it comes by the way above.
            await WATCH.note()
        return await super().execute(query, *arguments, **how)
