"""Pages of correspondence, a module for each part of the work."""

from litestar import Router

from plugins.eoffice.routes import arrivals, desk, exchange, letters, registers

routers: tuple[Router, ...] = (
    desk.router,
    arrivals.router,
    letters.router,
    registers.router,
    exchange.router,
)
