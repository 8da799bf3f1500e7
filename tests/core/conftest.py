from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from core.discovery import Found
from core.hooks import hookimpl
from core.manifest import Manifest
from core.text import Text

MakePlugin = Callable[..., Found]


@pytest.fixture
def a_plugin() -> MakePlugin:
    """Make a plugin of hook implementations: ``a_plugin("parks", on_plugin_switched=…)``."""

    def make(name: str, *, manifest: dict[str, Any] | None = None, **hooks: Any) -> Found:
        module = ModuleType(name)
        title = Text(name, name)
        module.MANIFEST = Manifest(name=name, title=title, **(manifest or {}))  # type: ignore[attr-defined]
        for hook, function in hooks.items():
            function.__name__ = hook
            setattr(module, hook, hookimpl(function))
        return Found(name, module)

    return make
