"""The pages of casework: the guide, the form, the case for the citizen, the desk for officers."""

from kit.casework.routes import (
    api,
    applying,
    bulk,
    deciding,
    desk,
    figures,
    guide,
    opendata,
    pieces,
    revoking,
    tracking,
)

routers = [
    guide.router,
    applying.router,
    pieces.router,
    tracking.router,
    desk.router,
    deciding.router,
    revoking.router,
    bulk.router,
    figures.router,
    opendata.router,
    opendata.api_router,
    api.router,
]
