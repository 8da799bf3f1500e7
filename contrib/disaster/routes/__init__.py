"""Pages of disasters, a module for each part of the work."""

from litestar import Router

from contrib.disaster.routes import (
    desk,
    events,
    help,
    households,
    importing,
    requests,
    shelters,
    stock,
    teams,
)

routers: tuple[Router, ...] = (
    desk.router,
    desk.figures,
    events.router,
    help.router,
    households.router,
    importing.router,
    requests.router,
    shelters.router,
    stock.router,
    teams.router,
)
