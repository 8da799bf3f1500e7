"""Figures for Prometheus: how many requests, how long, by route and status."""

from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

_registry = CollectorRegistry()
_requests = Counter(
    "thongthin_requests", "Answers given.", ("method", "route", "status"), registry=_registry
)
_seconds = Histogram("thongthin_request_seconds", "Time to answer.", ("route",), registry=_registry)


def route_of(scope: Any) -> str:
    """Return the route's pattern, which unlike the path holds no number or name of anybody."""
    return str(scope.get("path_template") or "unrouted")


def observe(scope: Any, status: int, seconds: float) -> None:
    """Count one answer."""
    route = route_of(scope)
    _requests.labels(scope["method"], route, str(status)).inc()
    _seconds.labels(route).observe(seconds)


def exposition() -> bytes:
    """Return the figures in Prometheus' text format."""
    return generate_latest(_registry)
