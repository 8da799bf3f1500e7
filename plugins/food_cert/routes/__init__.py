"""Pages of food premises, a module for each part of the work."""

from litestar import Router

from kit.registers import register_router
from plugins.food_cert.routes import (
    desk,
    entering,
    fees,
    handlers,
    hygiene,
    letters,
    mapping,
    mine,
    open_places,
    orders,
    places,
    reminding,
    start,
)
from plugins.food_cert.service import importing

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
    register_router(importing.REGISTER),
    letters.router,
    reminding.router,
)
