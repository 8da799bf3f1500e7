"""Pages of building permits, a module for each part of the work."""

from plugins.permits.routes import library, plans, start

routers = (start.router, plans.router, library.router)
