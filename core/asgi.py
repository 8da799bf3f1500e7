"""The web application of one process, as granian asks for it."""

import gc
import multiprocessing
import os

from litestar.types import ASGIApp

from core import logs
from core.http.app import create_app
from core.runtime import make_runtime
from core.settings import SettingsError, read_settings
from core.supervisor import end_with


def create() -> ASGIApp:
    """Return the application for the database that the environment names.

    :raises SettingsError: it names none: whoever starts the processes starts the database.
    """
    logs.set_up(process="web")
    if (parent := multiprocessing.parent_process()) is not None and parent.pid is not None:
        end_with(parent.pid)
    settings = read_settings(os.environ)
    if settings.database_url is None:
        raise SettingsError("THONGTHIN_DATABASE_URL is not set; start with: thongthin serve")
    application = create_app(make_runtime(settings, settings.database_url))
    gc.freeze()  # what was made so far lasts; whatever is collected later need not look at it
    return application
