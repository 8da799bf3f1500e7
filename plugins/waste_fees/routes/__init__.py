"""Pages of waste fees, a module for each part of the work."""

from plugins.waste_fees.routes import (
    demands,
    extras,
    importing,
    kinds,
    mapping,
    mine,
    points,
    requests,
    rounds,
    runs,
    stickers,
)

routers = (
    points.router,
    extras.router,
    kinds.router,
    importing.router,
    runs.router,
    rounds.router,
    stickers.router,
    mine.router,
    requests.router,
    demands.router,
    mapping.router,
)
