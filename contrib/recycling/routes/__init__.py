"""Pages of the waste bank, a module for each part of the work."""

from litestar import Router

from contrib.recycling.routes import (
    calls,
    desk,
    dividends,
    loads,
    lots,
    members,
    mine,
    open_pages,
    prices,
    rounds,
    tickets,
)

routers: tuple[Router, ...] = (
    open_pages.router,
    mine.router,
    desk.router,
    desk.figures,
    members.router,
    prices.router,
    calls.router,
    rounds.router,
    tickets.router,
    loads.router,
    lots.router,
    dividends.router,
)
