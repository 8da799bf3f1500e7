"""The level of the public interface: ``core.api`` and the rooms of the kit, counted together.

Within a level names are added, and none goes. A name that is to go is kept as retiring for a
level: who imports or reads it is warned with what to use instead.
"""

import warnings
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

LEVEL = 1
API_LEVELS = frozenset({LEVEL})
"""Those for which a plugin may have been written."""


class Retiring(NamedTuple):
    """A public name that will be gone.

    :param value: what it has always stood for.
    :param instead: a sentence that says what to use, e.g. ``Use core.api.page.``
    :param gone: the level from which it is no more.
    """

    value: Any
    instead: str
    gone: int


def retiring(module: str, names: Mapping[str, Retiring]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a public module that still answers for some names.

    The module keeps ``names`` as ``RETIRING`` beside it, see docs/decisions/0030.

    :param module: its ``__name__``.
    """

    def answer(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        value, instead, gone = names[name]
        sentence = f"{module}.{name} will be gone from level {gone} on. {instead}"
        warnings.warn(sentence, DeprecationWarning, stacklevel=2)
        return value

    return answer
