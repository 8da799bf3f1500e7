"""Hooks called once, while the application is built. All are plain functions."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from litestar import Router
from piccolo.conf.apps import AppConfig

from core.conformance.check import Check
from core.hooks import hookspec
from core.jobs import Job
from core.text import Text


@hookspec()
def register_routes() -> Sequence[Router]:  # type: ignore[empty-body]
    """Give the routers of the plugin, each below a path that begins with the plugin's name.

    The host answers 404 below them for a municipality that has the plugin switched off.
    """


@hookspec()
def register_tables() -> AppConfig:  # type: ignore[empty-body]
    """Give the Piccolo app of the plugin: its tables and migrations, in a schema of its name."""


@hookspec()
def register_filters() -> Mapping[str, Callable[..., Any]]:  # type: ignore[empty-body]
    """Give filters for templates, by name. A name may be given only once."""


@hookspec()
def register_jobs() -> Sequence[Job]:  # type: ignore[empty-body]
    """Give the work that the plugin does in the background, some of it by the clock."""


@hookspec()
def register_holidays() -> Callable[[int], Sequence[tuple[date, Text]]]:  # type: ignore[empty-body]
    """Give the function that knows on which days of a common year every office is closed."""


@hookspec()
def register_checks() -> Sequence[Check]:  # type: ignore[empty-body]
    """Give checks of plugins that only this room of the kit can make.

    A check that waits is given the trial of ``thongthin plugin check``: an installation with
    the plugin, whose demonstration is filled.
    """
