"""What answered on one page, for an administrator who looks: hooks, pages, queries, failures.

Nobody looks most of the time: then there is no trace, and asking whether there is one is all.
"""

from contextvars import ContextVar
from typing import NamedTuple


class Call(NamedTuple):
    """A hook, or the page itself, as one plugin answered it.

    :param seconds: with what it asked others in turn, and so are the queries.
    :param problem: why it failed; "" where it answered.
    """

    plugin: str
    where: str
    seconds: float
    queries: int
    problem: str


class Trace:
    """What is noted while one page is made."""

    def __init__(self) -> None:
        self.queries = 0
        self.calls: list[Call] = []


TRACE: ContextVar[Trace | None] = ContextVar("trace", default=None)


def note_query() -> None:
    """Count a statement that is sent to the database."""
    trace = TRACE.get()
    if trace is not None:
        trace.queries += 1
