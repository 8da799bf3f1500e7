"""Whether a hook returned what its spec says."""

import types
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

_LEAVES = {str, int, float, bool, bytes}


def result_type(function: Callable[..., Any]) -> Any:
    """Return what the spec promises to return."""
    return get_type_hints(function).get("return", Any)


def check_result(expected: Any, value: Any) -> None:
    """Compare a value with a type, into sequences, mappings, unions and the core's structs.

    :raises TypeError: it is another type.
    """
    if not _fits(expected, value):
        raise TypeError(f"returned {type(value).__name__}, the hook says {expected}")


def _fits(expected: Any, value: Any) -> bool:
    if expected is Any:
        return True
    if isinstance(expected, type):
        return isinstance(value, expected) and (expected in _LEAVES or _whole(value))
    if expected is None:
        return value is None
    origin = get_origin(expected)
    if origin in (Union, types.UnionType):
        return any(_fits(one, value) for one in get_args(expected))
    if origin is None or not isinstance(value, origin) or isinstance(value, str):
        return False
    if issubclass(origin, Mapping):
        return all(_fits(get_args(expected)[1], one) for one in value.values())
    if issubclass(origin, Sequence):
        return all(_fits(get_args(expected)[0], one) for one in value)
    return True


def _whole(value: Any) -> bool:
    """Return whether a struct that pages of the core read holds what it says.

    Making one compares nothing. The larger ones of the kit are compared by who reads them.
    """
    kind: Any = type(value)
    return all(_fits(one, getattr(value, name)) for name, one in _fields(kind))


@lru_cache(maxsize=500)
def _fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    if not issubclass(kind, msgspec.Struct) or not kind.__module__.startswith("core."):
        return ()
    hints = get_type_hints(kind)
    return tuple((name, hints[name]) for name in kind.__struct_fields__)
