"""Pages of the Curator's desk, a module for each part of the work."""

from litestar import Router

from contrib.catalog.routes import comparing, desk, handing_in, handing_over, looking, signing

routers: tuple[Router, ...] = (
    handing_in.router,
    comparing.router,
    handing_over.router,
    signing.router,
    looking.router,
    desk.router,
)
