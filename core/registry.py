"""The Piccolo apps of every floor, in the order in which they are migrated."""

from piccolo.conf.apps import AppConfig

from core.host import Host
from core.manifest import PluginRefused
from core.piccolo_app import APP_CONFIG


def apps(host: Host) -> list[AppConfig]:
    """Return the core's tables, then the kit's rooms', then the plugins'.

    A plugin whose tables would lie in the schema of another is refused.
    """
    for plugin, app in host.gathered("register_tables"):
        if app.app_name != plugin:
            reason = f"its tables are called {app.app_name!r} and not by its name"
            host.refuse(PluginRefused(plugin, reason))
    return [APP_CONFIG, *(app for _, app in host.gathered("register_tables"))]
