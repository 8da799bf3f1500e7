"""The Piccolo apps of every floor, in the order in which they are migrated."""

from piccolo.conf.apps import AppConfig

from core.host import Host
from core.piccolo_app import APP_CONFIG


def apps(host: Host) -> list[AppConfig]:
    """Return the core's tables, then the kit's rooms', then the plugins'."""
    return [APP_CONFIG, *(app for _, app in host.collect("register_tables"))]
