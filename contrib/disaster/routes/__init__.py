"""Pages of disasters, a module for each part of the work."""

from litestar import Router

from contrib.disaster.routes import desk, events, households, importing

routers: tuple[Router, ...] = (
    desk.router,
    desk.figures,
    events.router,
    households.router,
    importing.router,
)
