"""Pages of correspondence, a module for each part of the work."""

from litestar import Router

from plugins.eoffice.routes import (
    arrivals,
    certificates,
    channels,
    desk,
    drafts,
    exchange,
    letters,
    registers,
    sending,
    settings,
)

routers: tuple[Router, ...] = (
    desk.router,
    arrivals.router,
    letters.router,
    sending.router,
    drafts.router,
    certificates.router,
    registers.router,
    settings.router,
    channels.router,
    exchange.router,
)
