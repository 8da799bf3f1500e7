"""Pages of food premises, a module for each part of the work."""

from litestar import Router

from plugins.food_cert.routes import fees, hygiene

routers: tuple[Router, ...] = (
    fees.router,
    hygiene.router,
)
