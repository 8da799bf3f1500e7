"""Pages of incidents, a module for each part of the work."""

from litestar import Router

from contrib.incidents.routes import (
    assets,
    fieldwork,
    figures,
    following,
    importing,
    inbox,
    keys,
    open311,
    open_reports,
    reporting,
)

routers: tuple[Router, ...] = (
    open_reports.router,
    reporting.router,
    following.router,
    fieldwork.router,
    inbox.router,
    figures.router,
    keys.router,
    open311.router,
    assets.router,
    importing.router,
)
