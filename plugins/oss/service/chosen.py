"""What the office has chosen for its counters, as plain data, and where it begins."""

import logging
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from core.api import Context
from plugins.oss.rules.queue import Counters
from plugins.oss.rules.slots import Booking

log = logging.getLogger(__name__)

# In the manifest: what stands there until the office sets it, by name.
DEFAULTS: Mapping[str, Any] = {
    "appointments": msgspec.to_builtins(Booking()),
    "counters": msgspec.to_builtins(Counters()),
}

_Chosen = TypeVar("_Chosen", Booking, Counters)


def booking(ctx: Context) -> Booking:
    """Return how the office takes appointments."""
    return _read(ctx, "appointments", Booking)


def counters(ctx: Context) -> Counters:
    """Return what counters the office has."""
    return _read(ctx, "counters", Counters)


def _read(ctx: Context, name: str, kind: type[_Chosen]) -> _Chosen:
    given = ctx.tenant.settings.get("oss", {}).get(name, {})
    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as problem:
        # What was set by hand must not close the counter.
        log.warning("oss: %s of %s do not fit: %s", name, ctx.tenant.id, problem)
        return kind()
