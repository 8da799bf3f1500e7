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
    """Give the pages of the plugin.

    Each router's path begins with the plugin's name or is one that belongs to it alone, and every
    handler names its guard (``public``, ``signed_in``, ``officer`` or ``allow("plugin.verb")``).
    Where a municipality has the plugin switched off, everything below answers 404.
    """


@hookspec()
def register_tables() -> AppConfig:  # type: ignore[empty-body]
    """Give the Piccolo app of the plugin: its tables and migrations, in a schema of its name."""


@hookspec()
def register_filters() -> Mapping[str, Callable[..., Any]]:  # type: ignore[empty-body]
    """Give filters for templates, by name. A name is given only once in an installation."""


@hookspec()
def register_jobs() -> Sequence[Job]:  # type: ignore[empty-body]
    """Give the work that the plugin does in the background.

    It is deferred in a change's own transaction (``defer``), or done by the clock (``every``, as
    cron writes it, Bangkok time) for each municipality that has the plugin switched on. A job may
    run more than once.
    """


@hookspec()
def register_holidays() -> Callable[[int], Sequence[tuple[date, Text]]]:  # type: ignore[empty-body]
    """Give the function that knows on which days of a common year every office is closed.

    The calendar of the installation is filled from it, each year once; what is corrected there
    stays.
    """


@hookspec()
def register_checks() -> Sequence[Check]:  # type: ignore[empty-body]
    """Give checks of plugins that only this room of the kit can make, beside those of the core.

    ``look`` of a check is a generator of what is wrong: a plain one is given the plugin's files,
    one that waits the trial of ``thongthin plugin check``: an installation with the plugin, whose
    demonstration is filled. Only rooms of the kit are asked.
    """
