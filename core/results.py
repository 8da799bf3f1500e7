"""Whether a hook returned what its spec says, and no more of it than a page can bear."""

import dataclasses
import os
import types
from collections.abc import Callable, Mapping, Sequence, Sized
from functools import lru_cache
from operator import attrgetter, call
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

Fits = Callable[[Any], bool]

# Many times what anybody has reason to give. Everybody waits while a page shows it.
MOST = 1_000  # links, cards, services, … in one answer
LARGEST = 1_000_000  # bytes of an answer that is asked for again and again
LARGEST_ONCE = 10_000_000  # bytes of what is asked for at the start

_LEAVES = frozenset({str, int, float, bool, bytes})


class Result:
    """A type that something must be of; read once, compared with every answer.

    :param largest: bytes that it may be written out in.
    """

    def __init__(self, expected: Any, largest: int = LARGEST) -> None:
        self.expected = expected
        self.largest = largest
        self._fits = _checker(expected)

    def check(self, value: Any) -> None:
        """Compare a value with the type, into sequences, mappings, unions and structs.

        :raises TypeError: it is another type.
        :raises ValueError: it is too much, or holds what cannot be written out, such as half
            of a character.
        """
        if isinstance(value, Sized) and not isinstance(value, str) and len(value) > MOST:
            raise ValueError(f"returned {len(value):,} parts, a hook takes at most {MOST:,}")
        if not self._fits(value):
            raise TypeError(f"returned {type(value).__name__}, the hook says {self.expected}")
        if value and (size := len(_WRITER.encode(value))) > self.largest:
            raise ValueError(f"returned {size:,} bytes, the hook takes at most {self.largest:,}")


def result_of(function: Callable[..., Any]) -> Result:
    """Return what a spec promises to return; one without a budget is asked once."""
    once = getattr(function, "budget", None) is None
    expected = get_type_hints(function).get("return", Any)
    return Result(expected, LARGEST_ONCE if once else LARGEST)


def _outline(value: Any) -> Any:
    """Return what a value weighs by that has no form of its own in writing; code weighs nothing."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, Sequence) else None


_WRITER = msgspec.msgpack.Encoder(enc_hook=_outline)


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
    if origin is tuple and inner[-1] is not Ellipsis:
        return _each(tuple(_checker(one) for one in inner))
    if issubclass(origin, Mapping):
        return _holds(origin, _checker(inner[1]), Mapping.values)
    if issubclass(origin, Sequence):
        return _holds(origin, _checker(inner[0]), iter)
    return lambda value: isinstance(value, origin)


def _of_type(expected: type) -> Fits:
    if expected is float:
        return lambda value: isinstance(value, float | int)
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


def _each(places: Sequence[Fits]) -> Fits:
    """Return whether a value is a tuple of so many parts, each of which fits its place."""
    return lambda value: (
        isinstance(value, tuple)
        and len(value) == len(places)
        and all(fits(part) for fits, part in zip(places, value, strict=True))
    )


@lru_cache(maxsize=500)
def _fields(kind: Any) -> tuple[tuple[Fits, ...], Callable[[Any], Any] | None]:
    """Return how the fields of a struct of the core or the kit are compared, and their getter.

    Making one compares nothing.
    """
    if not kind.__module__.startswith(("core.", "kit.")):
        return (), None
    if issubclass(kind, msgspec.Struct):
        names = kind.__struct_fields__
    elif dataclasses.is_dataclass(kind):
        names = tuple(field.name for field in dataclasses.fields(kind))
    else:
        return (), None
    hints = get_type_hints(kind)
    # Of one name alone the getter would give the value and no tuple.
    return tuple(_checker(hints[name]) for name in names), attrgetter(*names, "__class__")
