"""Figures for Prometheus: how many requests, how long, and how the installation is."""

from pathlib import Path
from typing import Any

import msgspec
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from core import db
from core.health import State, read_state

_registry = CollectorRegistry()
_requests = Counter(
    "thongthin_requests", "Answers given.", ("method", "route", "status"), registry=_registry
)
_seconds = Histogram("thongthin_request_seconds", "Time to answer.", ("route",), registry=_registry)

_database = Gauge("thongthin_database_up", "Whether it answers.", registry=_registry)
_state = {
    name: Gauge(f"thongthin_{name}", f"See core/health.py: {name}.", registry=_registry)
    for name in State.__struct_fields__
}


def route_of(scope: Any) -> str:
    """Return the route's pattern, which unlike the path holds no number or name of anybody."""
    return str(scope.get("path_template") or "unrouted")


def observe(scope: Any, status: int, seconds: float) -> None:
    """Count one answer."""
    route = route_of(scope)
    _requests.labels(scope["method"], route, str(status)).inc()
    _seconds.labels(route).observe(seconds)


async def exposition(url: str, data: Path) -> bytes:
    """Return the figures in Prometheus' text format; without the database what is left of them.

    :param url: of the database's owner.
    """
    try:
        state = await read_state(url, data)
    except db.AWAY:
        _database.set(0)
    else:
        _database.set(1)
        for name, value in msgspec.structs.asdict(state).items():
            _state[name].set(value)
    return generate_latest(_registry)
