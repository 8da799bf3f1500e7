"""Whether a hook returned what its spec says."""

import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Union, get_args, get_origin, get_type_hints

Fits = Callable[[Any], bool]


class Result:
    """What a spec promises to return; read from it once, compared with every answer."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.expected = get_type_hints(function).get("return", Any)
        self._fits = _checker(self.expected)

    def check(self, value: Any) -> None:
        """Compare a value with the type, into sequences, one level of mappings and unions.

        :raises TypeError: it is another type.
        """
        if not self._fits(value):
            raise TypeError(f"returned {type(value).__name__}, the hook says {self.expected}")


def _checker(expected: Any) -> Fits:
    if expected is Any:
        return lambda value: True
    if expected is None or expected is type(None):
        return lambda value: value is None
    origin, inner = get_origin(expected), get_args(expected)
    if origin in (Union, types.UnionType):
        ways = [_checker(one) for one in inner]
        return lambda value: any(fits(value) for fits in ways)
    if origin is None:
        if not isinstance(expected, type):
            return lambda value: False
        return lambda value: isinstance(value, expected)
    if issubclass(origin, Mapping):
        return _holds(origin, _checker(inner[1]), Mapping.values)
    if issubclass(origin, Sequence):
        return _holds(origin, _checker(inner[0]), iter)
    return lambda value: isinstance(value, origin)


def _holds(kind: type, fits: Fits, parts: Callable[[Any], Any]) -> Fits:
    """Return whether a value is of a kind and all its parts fit; a text is no sequence here."""
    return lambda value: (
        isinstance(value, kind)
        and not isinstance(value, str)
        and all(fits(one) for one in parts(value))
    )
