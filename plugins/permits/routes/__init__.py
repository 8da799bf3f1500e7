"""Pages of building permits, a module for each part of the work."""

from plugins.permits.routes import library, plans

routers = (plans.router, library.router)
