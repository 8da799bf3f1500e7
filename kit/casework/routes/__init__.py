"""The pages of casework: the guide, the form, the case for the citizen, the desk for officers."""

from kit.casework.routes import api, applying, bulk, desk, figures, guide, opendata, tracking

routers = [
    guide.router,
    applying.router,
    tracking.router,
    desk.router,
    bulk.router,
    figures.router,
    opendata.router,
    opendata.api_router,
    api.router,
]
