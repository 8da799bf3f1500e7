"""The pages of casework: the guide, the form, the case for the citizen, the desk for officers."""

from kit.casework.routes import api, applying, deciding, desk, guide, pieces, revoking, tracking

routers = [
    guide.router,
    applying.router,
    pieces.router,
    tracking.router,
    desk.router,
    deciding.router,
    revoking.router,
    api.router,
]
