"""Pages of food premises, a module for each part of the work."""

from litestar import Router

routers: tuple[Router, ...] = ()
