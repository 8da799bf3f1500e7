"""Pages of the Curator's desk and of the catalog, a module for each part of the work."""

from litestar import Router

from contrib.catalog.routes import (
    comparing,
    desk,
    failures,
    handing_in,
    handing_over,
    looking,
    public,
    repository,
    signing,
)

routers: tuple[Router, ...] = (
    handing_in.router,
    comparing.router,
    handing_over.router,
    signing.router,
    looking.router,
    desk.router,
    repository.router,
    public.router,
    failures.router,
)
