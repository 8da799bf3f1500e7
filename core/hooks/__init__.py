"""Where plugins join in, grouped by the moment at which the platform calls.

``startup``
    plain functions, called once while the application is built; raising stops the start
    of that plugin.
``pages``
    coroutines, called while a page is shown, outside of a transaction and within a time
    budget; raising leaves a gap in the page.
``events``
    coroutines, called after the commit, at least once; raising means it is tried again.
"""

from collections.abc import Callable
from typing import TypeVar

import pluggy

PROJECT = "thongthin"

_Function = TypeVar("_Function", bound=Callable[..., object])

hookimpl = pluggy.HookimplMarker(PROJECT)
_mark = pluggy.HookspecMarker(PROJECT)


def hookspec(*, budget: float | None = None) -> Callable[[_Function], _Function]:
    """Mark a function as a place where plugins join in.

    :param budget: seconds that one implementation may take; None where it is called
        only once at the start.
    """

    def mark(function: _Function) -> _Function:
        marked = _mark(function)
        marked.budget = budget  # type: ignore[attr-defined]
        return marked

    return mark
