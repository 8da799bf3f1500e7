"""Pages of building permits, a module for each part of the work."""

from plugins.permits.routes import (
    after,
    desk,
    earlier,
    fast,
    figures,
    inspecting,
    library,
    mapping,
    open_register,
    orders,
    plans,
    register,
    reminding,
    start,
)

routers = (
    start.router,
    plans.router,
    open_register.router,
    after.router,
    desk.router,
    inspecting.router,
    fast.router,
    register.router,
    earlier.router,
    mapping.router,
    orders.router,
    library.router,
    figures.router,
    reminding.router,
)
