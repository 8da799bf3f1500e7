"""Where plugins are found: rooms of the kit, folders of plugins and contrib, entry points."""

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

from core.manifest import PluginRefused

ROOT = Path(__file__).parent.parent
HOMES = ("kit", "plugins", "contrib")
ENTRY_POINTS = "thongthin.plugins"


@dataclass(frozen=True, slots=True)
class Found:
    """A plugin by its name and the module that holds its manifest and hooks."""

    name: str
    module: str | ModuleType

    def load(self) -> ModuleType:
        """Import it.

        :raises PluginRefused: it cannot be imported.
        """
        if isinstance(self.module, ModuleType):
            return self.module
        try:
            return importlib.import_module(self.module)
        except Exception as problem:
            reason = f"cannot be imported: {type(problem).__name__}: {problem}"
            raise PluginRefused(self.name, reason) from problem


def find(homes: Iterable[str] = HOMES) -> Sequence[Found]:
    """Return the plugins of this installation, the kit's rooms first."""
    here = [
        Found(path.parent.name, f"{home}.{path.parent.name}.plugin")
        for home in homes
        for path in sorted((ROOT / home).glob("*/plugin.py"))
    ]
    outside = [Found(point.name, point.value) for point in entry_points(group=ENTRY_POINTS)]
    return [*here, *outside]
