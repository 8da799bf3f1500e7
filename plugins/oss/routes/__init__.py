"""Pages of the one-stop service, a module for each part of the work."""

from plugins.oss.routes import appointments, front, queue

routers = (front.router, appointments.router, queue.router)
