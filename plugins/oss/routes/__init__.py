"""Pages of the one-stop service, a module for each part of the work."""

from plugins.oss.routes import (
    appointments,
    builder,
    calling,
    counter,
    front,
    queue,
    sheets,
    trying,
)

routers = (
    front.router,
    appointments.router,
    queue.router,
    calling.router,
    counter.router,
    builder.router,
    sheets.router,
    trying.router,
)
