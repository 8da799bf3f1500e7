"""Pages of the Curator's desk, a module for each part of the work."""

from litestar import Router

from contrib.catalog.routes import comparing, desk, failures, handing_in, public, repository

routers: tuple[Router, ...] = (
    handing_in.router,
    comparing.router,
    desk.router,
    repository.router,
    public.router,
    failures.router,
)
