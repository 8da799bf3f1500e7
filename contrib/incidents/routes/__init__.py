"""Pages of incidents, a module for each part of the work."""

from litestar import Router

from contrib.incidents.routes import (
    assets,
    fieldwork,
    figures,
    following,
    importing,
    inbox,
    reporting,
)

routers: tuple[Router, ...] = (
    reporting.router,
    following.router,
    fieldwork.router,
    inbox.router,
    figures.router,
    assets.router,
    importing.router,
)
