"""Pages of food premises, a module for each part of the work."""

from litestar import Router

from plugins.food_cert.routes import desk, fees, handlers, hygiene, orders, start

routers: tuple[Router, ...] = (
    start.router,
    desk.router,
    desk.requests,
    desk.figures,
    hygiene.router,
    fees.router,
    orders.router,
    handlers.router,
)
