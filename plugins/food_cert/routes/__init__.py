"""Pages of food premises, a module for each part of the work."""

from litestar import Router

from plugins.food_cert.routes import (
    desk,
    entering,
    fees,
    handlers,
    hygiene,
    importing,
    letters,
    mapping,
    mine,
    open_places,
    orders,
    places,
    reminding,
    start,
)

routers: tuple[Router, ...] = (
    start.router,
    open_places.router,
    mine.router,
    desk.router,
    desk.requests,
    desk.figures,
    entering.router,
    places.router,
    mapping.router,
    hygiene.router,
    fees.router,
    orders.router,
    handlers.router,
    importing.router,
    letters.router,
    reminding.router,
)
