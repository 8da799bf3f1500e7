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
    inspecting,
    public,
    requests,
    resolving,
    shelters,
    stock,
    teams,
)
from contrib.disaster.service import importing
from kit.registers import register_router

routers: tuple[Router, ...] = (
    desk.router,
    desk.figures,
    board.router,
    public.router,
    events.router,
    help.router,
    households.router,
    register_router(importing.REGISTER),
    requests.router,
    shelters.router,
    stock.router,
    teams.router,
    claims.router,
    inspecting.router,
    resolving.router,
    batches.router,
)
