"""The hook that forms call: what an office may set in a plugin."""

from core.api import hookspec
from kit.forms.settings import OfficeSettings


@hookspec()
def register_settings() -> OfficeSettings:  # type: ignore[empty-body]
    """Give what an office may set in the plugin, as fields of ``kit.forms`` under headings.

    The page is served at ``/desk/modules/<plugin>/settings`` for who may switch modules, what is
    set is recorded in the trail, and the plugin reads it in ``ctx.tenant.settings["<plugin>"]``.
    What stands there at first is in ``Manifest.settings``, under the same names;
    ``SettingsGroup.within`` is for settings that lie together in one mapping. Personal data and
    files are no settings.
    """
