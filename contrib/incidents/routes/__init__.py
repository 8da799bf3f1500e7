"""Pages of incidents, a module for each part of the work."""

from litestar import Router

from contrib.incidents.routes import (
    assets,
    fieldwork,
    figures,
    following,
    inbox,
    keys,
    open311,
    open_reports,
    reporting,
)
from contrib.incidents.service import importing
from kit.registers import register_router

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
    register_router(importing.REGISTER),
)
