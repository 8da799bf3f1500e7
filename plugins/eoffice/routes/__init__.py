"""Pages of correspondence, a module for each part of the work."""

from litestar import Router

from plugins.eoffice.routes import (
    arrivals,
    certificates,
    desk,
    drafts,
    exchange,
    letters,
    registers,
    settings,
)

routers: tuple[Router, ...] = (
    desk.router,
    arrivals.router,
    letters.router,
    drafts.router,
    certificates.router,
    registers.router,
    settings.router,
    exchange.router,
)
