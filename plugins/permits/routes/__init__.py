"""Pages of building permits, a module for each part of the work."""

from plugins.permits.routes import (
    after,
    library,
    mapping,
    open_register,
    plans,
    register,
    reminding,
    start,
)

routers = (
    start.router,
    after.router,
    plans.router,
    library.router,
    register.router,
    mapping.router,
    open_register.router,
    reminding.router,
)
from plugins.permits.routes import fast, figures, library, plans, start

routers = (start.router, plans.router, library.router, figures.router, fast.router)
from plugins.permits.routes import inspecting, library, plans, start
from plugins.permits.routes import inspecting, library, orders, plans, start

routers = (start.router, plans.router, library.router, inspecting.router, orders.router)
