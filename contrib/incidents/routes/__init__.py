"""Pages of incidents, a module for each part of the work."""

from litestar import Router

from contrib.incidents.routes import assets, following, importing, reporting

routers: tuple[Router, ...] = (
    reporting.router,
    following.router,
    assets.router,
    importing.router,
)
