"""Pages of the one-stop service, a module for each part of the work."""

from plugins.oss.routes import front

routers = (front.router,)
