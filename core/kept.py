"""Answers that many people ask for and that may be some minutes old, kept in this process."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from core.context import Context

MOST = 10_000

_Answer = TypeVar("_Answer")


class Kept:
    """What was found lately, for each municipality by itself."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[datetime, Any]] = {}

    async def recall(
        self,
        ctx: Context,
        key: str,
        find: Callable[[], Awaitable[_Answer]],
        *,
        for_minutes: int,
    ) -> _Answer:
        """Return what ``find`` gave within the last minutes; else ask it now.

        Nothing personal: everybody in the municipality is given the same.

        :param key: ``<plugin>.<noun>``.
        """
        place = (ctx.tenant.id, key)
        known = self._found.get(place)
        if known is not None and known[0] > ctx.now - timedelta(minutes=for_minutes):
            answer: _Answer = known[1]
            return answer
        answer = await find()
        if len(self._found) >= MOST:
            self._found.clear()
        self._found[place] = (ctx.now, answer)
        return answer
