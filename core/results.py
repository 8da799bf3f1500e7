"""Whether a hook returned what its spec says."""

import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Union, get_args, get_origin, get_type_hints


def result_type(function: Callable[..., Any]) -> Any:
    """Return what the spec promises to return."""
    return get_type_hints(function).get("return", Any)


def check_result(expected: Any, value: Any) -> None:
    """Compare a value with a type, into sequences, one level of mappings and unions.

    :raises TypeError: it is another type.
    """
    if not _fits(expected, value):
        raise TypeError(f"returned {type(value).__name__}, the hook says {expected}")


def _fits(expected: Any, value: Any) -> bool:
    if expected is Any:
        return True
    if expected is None or expected is type(None):
        return value is None
    origin = get_origin(expected)
    if origin in (Union, types.UnionType):
        return any(_fits(one, value) for one in get_args(expected))
    if origin is None:
        return isinstance(expected, type) and isinstance(value, expected)
    if not isinstance(value, origin) or isinstance(value, str):
        return False
    if issubclass(origin, Mapping):
        return all(_fits(get_args(expected)[1], one) for one in value.values())
    if issubclass(origin, Sequence):
        return all(_fits(get_args(expected)[0], one) for one in value)
    return True
