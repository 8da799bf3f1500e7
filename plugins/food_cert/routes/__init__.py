"""Pages of food premises, a module for each part of the work."""

from litestar import Router

from plugins.food_cert.routes import fees, handlers, hygiene, orders

routers: tuple[Router, ...] = (
    fees.router,
    handlers.router,
    hygiene.router,
    orders.router,
)
