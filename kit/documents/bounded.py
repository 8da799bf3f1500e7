"""Work on what strangers wrote, in a process of its own that ends when it takes too much.

A small PDF file can be such that looking for its changes never ends, a certificate file such that
opening it holds all threads for half an hour. A thread cannot be stopped; a process is stopped by
the kernel. What libraries log there, names included, goes nowhere.
"""

import asyncio
import resource
from collections.abc import Callable
from contextvars import Context
from functools import partial
from math import ceil
from typing import Any, TypeVar, TypeVarTuple

from anyio import BrokenResourceError, BrokenWorkerProcess, CapacityLimiter, to_process

from core.api import AppError, InvalidInput
from kit.documents.refusals import MEGABYTE

SECONDS = 15  # of a processor, for one piece of work
MEMORY = 512 * MEGABYTE

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
_Refusal = tuple[type[AppError], Any]


async def within_bounds(
    work: Callable[[*Ts], T], *args: *Ts, limiter: CapacityLimiter, otherwise: AppError
) -> T:
    """Return what ``work`` returns, and raise what it refuses, while the event loop goes on.

    :param work: a function of a module; what it takes and returns is sent to and fro.
    :param limiter: how many are at it at once; a process has 120 MB and is kept for the next.
    :param otherwise: what is raised when it took too much.
    """
    sent = _sent(partial(_work_within, work, args, SECONDS), limiter)
    try:
        # The processes serve all. Begun in the name of a plugin they would end with it.
        answer = await asyncio.create_task(sent, context=Context())
    except (BrokenWorkerProcess, MemoryError) as ended:
        raise otherwise from ended
    if answer[1] is None:
        return answer[0]
    kind, told = answer[1]
    raise kind(told)


async def _sent(do: Callable[[], T], limiter: CapacityLimiter) -> T:
    try:
        return await to_process.run_sync(do, cancellable=True, limiter=limiter)
    except BrokenWorkerProcess as ended:
        # One that was kept may have ended meanwhile: it was sent nothing.
        if not isinstance(ended.__cause__, BrokenResourceError):
            raise
    return await to_process.run_sync(do, cancellable=True, limiter=limiter)


def _work_within(
    work: Callable[[*Ts], T], args: tuple[*Ts], seconds: int
) -> tuple[T, None] | tuple[None, _Refusal]:
    """Return what came of it; a refusal does not travel between processes by itself."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, ceil(spent.ru_utime + spent.ru_stime) + seconds)
    _limit(resource.RLIMIT_DATA, MEMORY)
    # What is left of a process that was ended would be on the disk, keys included.
    _limit(resource.RLIMIT_CORE, 0)
    try:
        return work(*args), None
    except InvalidInput as refusal:
        return None, (InvalidInput, refusal.problems)
    except AppError as refusal:
        return None, (type(refusal), refusal.sentence)


def _limit(what: int, most: int) -> None:
    _, highest = resource.getrlimit(what)
    allowed = most if highest == resource.RLIM_INFINITY else min(most, highest)
    resource.setrlimit(what, (allowed, highest))
