"""The hook that forms call: what an office may set in a plugin."""

from core.api import hookspec
from kit.forms.settings import OfficeSettings


@hookspec()
def register_settings() -> OfficeSettings:  # type: ignore[empty-body]
    """Give what an office may set in the plugin, as a form; its page is served by the platform."""
