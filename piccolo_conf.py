"""Which database, and whose tables: the one file that joins the floors for Piccolo's command."""

from piccolo.conf.apps import AppRegistry

from core.db import engine as DB  # noqa: F401, N812 - the name is Piccolo's

APP_REGISTRY = AppRegistry(apps=["core.piccolo_app"])
