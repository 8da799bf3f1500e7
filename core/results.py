"""Whether a hook returned what its spec says."""

import types
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter, call
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

Fits = Callable[[Any], bool]

_LEAVES = frozenset({str, int, float, bool, bytes})


class Result:
    """A type that something must be of; read once, compared with every answer."""

    def __init__(self, expected: Any) -> None:
        self.expected = expected
        self._fits = _checker(expected)

    def check(self, value: Any) -> None:
        """Compare a value with the type, into sequences, mappings, unions and the core's structs.

        :raises TypeError: it is another type.
        """
        if not self._fits(value):
            raise TypeError(f"returned {type(value).__name__}, the hook says {self.expected}")


def result_of(function: Callable[..., Any]) -> Result:
    """Return what a spec promises to return."""
    return Result(get_type_hints(function).get("return", Any))


def _checker(expected: Any) -> Fits:
    if expected is Any:
        return lambda value: True
    if expected is None or expected is type(None):
        return lambda value: value is None
    if isinstance(expected, type):
        return _of_type(expected)
    origin, inner = get_origin(expected), get_args(expected)
    if origin in (Union, types.UnionType):
        ways = [_checker(one) for one in inner]
        return lambda value: any(fits(value) for fits in ways)
    if origin is Literal:
        return lambda value: value in inner
    if not isinstance(origin, type):
        return lambda value: False
    if issubclass(origin, Mapping):
        return _holds(origin, _checker(inner[1]), Mapping.values)
    if issubclass(origin, Sequence):
        return _holds(origin, _checker(inner[0]), iter)
    return lambda value: isinstance(value, origin)


def _of_type(expected: type) -> Fits:
    if expected in _LEAVES:
        return lambda value: isinstance(value, expected)
    return lambda value: isinstance(value, expected) and _whole(value)


def _whole(value: Any) -> bool:
    kind: Any = value.__class__
    fields, parts = _fields(kind)
    return parts is None or all(map(call, fields, parts(value)))


def _holds(kind: type, fits: Fits, parts: Callable[[Any], Any]) -> Fits:
    """Return whether a value is of a kind and all its parts fit; a text is no sequence here."""
    return lambda value: (
        isinstance(value, kind) and not isinstance(value, str) and all(map(fits, parts(value)))
    )


@lru_cache(maxsize=500)
def _fields(kind: Any) -> tuple[tuple[Fits, ...], Callable[[Any], Any] | None]:
    """Return how the fields of a struct are compared that pages of the core read, and their getter.

    Making one compares nothing. The larger ones of the kit are compared by who reads them.
    """
    if not issubclass(kind, msgspec.Struct) or not kind.__module__.startswith("core."):
        return (), None
    hints, names = get_type_hints(kind), kind.__struct_fields__
    # Of one name alone the getter would give the value and no tuple.
    return tuple(_checker(hints[name]) for name in names), attrgetter(*names, "__class__")
