"""Values of any type that a hook may promise: a right one, wrong ones, and far too much of it."""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import uuid4

import msgspec
from litestar import Router
from piccolo.conf.apps import AppConfig

from core.api import Text

MANY = 100_000  # links, services, days, …
LONG = 50_000_000 // 3  # letters of Thai: 50 MB

_PLAIN: dict[Any, Callable[[], Any]] = {
    str: lambda: "x",
    int: lambda: 1,
    float: lambda: 1.0,
    bool: lambda: True,
    bytes: lambda: b"x",
    date: lambda: date(2026, 1, 1),
    datetime: lambda: datetime.fromisoformat("2026-01-01T10:00:00+07:00"),
    Path: lambda: Path("/nowhere"),
    Router: lambda: Router("/faulty", route_handlers=[]),
    AppConfig: lambda: AppConfig(app_name="faulty", migrations_folder_path="/nowhere"),
    Any: lambda: "x",
    type(None): lambda: None,
}


def of_nothing(expected: Any) -> Any:
    """Return the least that fits a type: nothing, where that is allowed."""
    if expected is Any or expected in (None, type(None)) or type(None) in get_args(expected):
        return None
    origin = get_origin(expected)
    if isinstance(origin, type) and issubclass(origin, Sequence) and origin is not tuple:
        return []
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {}
    return example(expected)


def example(expected: Any) -> Any:
    """Return a value of a type."""
    origin, inner = get_origin(expected), get_args(expected)
    if expected in _PLAIN:
        return _PLAIN[expected]()
    if origin in (Union, types.UnionType):
        return example(_something(inner))
    if origin is Literal:
        return inner[0]
    if origin is tuple and inner[-1] is not Ellipsis:
        return tuple(example(one) for one in inner)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {example(inner[0]): example(inner[1])}
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return [example(inner[0])] if origin is not tuple else (example(inner[0]),)
    if origin is not None:  # a function
        return lambda *_: None
    if issubclass(expected, Enum):
        return next(iter(expected))
    if expected is uuid4().__class__:
        return uuid4()
    return _made(expected)


def _something(inner: Sequence[Any]) -> Any:
    return next(one for one in inner if one is not type(None))


def _fields(kind: Any) -> dict[str, bool]:
    """Return the names of the fields, and whether each must be given."""
    if issubclass(kind, msgspec.Struct):
        return {one.name: one.required for one in msgspec.structs.fields(kind)}
    missing = dataclasses.MISSING
    return {
        one.name: one.default is missing and one.default_factory is missing
        for one in dataclasses.fields(kind)
    }


def _made(kind: Any, **given: Any) -> Any:
    hints = get_type_hints(kind)
    musts = {name: example(hints[name]) for name, must in _fields(kind).items() if must}
    return kind(**musts | given)


def of_another_type(_: Any) -> Any:
    """Return what no hook promises."""
    return object()


def wrong_within(expected: Any) -> Any:
    """Return a value whose outside is right and whose fields are not; else of another type."""
    origin, inner = get_origin(expected), get_args(expected)
    if origin in (Union, types.UnionType):
        return wrong_within(_something(inner))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {5: None}
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return [wrong_within(inner[0])]
    if isinstance(expected, type) and issubclass(expected, msgspec.Struct):
        return expected(**dict.fromkeys(_fields(expected)))
    if isinstance(expected, type) and dataclasses.is_dataclass(expected):
        return expected(**dict.fromkeys(_fields(expected)))
    return object()


def far_too_much(expected: Any) -> Any:
    """Return a value of the type that would hold up whoever shows it."""
    origin, inner = get_origin(expected), get_args(expected)
    if expected is str:
        return "ก" * LONG
    if expected is Path:
        return Path("/" + "ก" * LONG)
    if origin in (Union, types.UnionType):
        return far_too_much(_something(inner))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        one = example(inner[1])
        return {str(number): one for number in range(MANY)}
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return [example(inner[0])] * MANY
    if origin is not None:
        return _days
    if expected in (None, type(None)):
        return ["x"] * MANY
    return _swollen(expected)


def _days(year: int) -> Sequence[tuple[date, Text]]:
    return [(date(year, 1, 2), Text("วันหยุด", "Holiday"))] * MANY


def _swollen(kind: Any) -> Any:
    hints = get_type_hints(kind)
    for name in _fields(kind):
        hint = hints[name]
        if hint is str or hint is Text or get_origin(hint) in _HOLDERS:
            much = Text("ก" * LONG, "x") if hint is Text else far_too_much(hint)
            return _made(kind, **{name: much})
    raise AssertionError(f"say in which field of {kind} too much can lie")


_HOLDERS = (list, tuple, dict, Sequence, Mapping, typing.Sequence, typing.Mapping)
