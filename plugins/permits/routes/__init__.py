"""Pages of building permits, a module for each part of the work."""

from plugins.permits.routes import after, library, plans, start

routers = (start.router, after.router, plans.router, library.router)
