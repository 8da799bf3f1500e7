"""Pages of disasters, a module for each part of the work."""

from litestar import Router

from contrib.disaster.routes import (
    batches,
    board,
    claims,
    desk,
    events,
    help,
    households,
    importing,
    inspecting,
    public,
    requests,
    resolving,
    shelters,
    stock,
    teams,
)

routers: tuple[Router, ...] = (
    desk.router,
    desk.figures,
    board.router,
    public.router,
    events.router,
    help.router,
    households.router,
    importing.router,
    requests.router,
    shelters.router,
    stock.router,
    teams.router,
    claims.router,
    inspecting.router,
    resolving.router,
    batches.router,
)
