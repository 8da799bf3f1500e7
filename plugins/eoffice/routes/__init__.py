"""Pages of correspondence, a module for each part of the work."""

from litestar import Router

from plugins.eoffice.routes import (
    arrivals,
    certificates,
    channels,
    desk,
    disposal_steps,
    disposing,
    drafts,
    exchange,
    exporting,
    keeping,
    lending,
    letters,
    petitions,
    registers,
    sending,
    settings,
    storing,
)

routers: tuple[Router, ...] = (
    desk.router,
    arrivals.router,
    letters.router,
    sending.router,
    petitions.router,
    drafts.router,
    certificates.router,
    registers.router,
    keeping.router,
    storing.router,
    lending.router,
    disposing.router,
    disposal_steps.router,
    exporting.router,
    settings.router,
    channels.router,
    exchange.router,
)
