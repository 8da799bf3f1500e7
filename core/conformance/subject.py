"""The plugin that is checked: its files, its distribution, and what it says of itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from core.conformance.sources import Module
from core.discovery import Found
from core.host import Host
from core.manifest import Manifest, PluginRefused
from core.text import Text

_GENERATED = ("__pycache__", "piccolo_migrations", ".git", "build", "node_modules")


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """How a plugin is handed out.

    :ivar root: the folder in which its author works; None where it was installed.
    :ivar tests: the folder of its tests; None where it has none, or was installed.
    :ivar thai: modules whose matter is the Thai language itself, by their dotted names.
    """

    name: str
    version: str
    licence: str
    readme: str
    root: Path | None = None
    tests: Path | None = None
    thai: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A plugin that is checked.

    :ivar folder: of its package.
    :ivar package: the dotted name of that package.
    :ivar found: every plugin of the trial, by name: the kit's, those it needs, itself.
    :ivar host: of those; made once, nothing is asked of it but at the start.
    """

    name: str
    folder: Path
    package: str
    distribution: Distribution
    found: tuple[Found, ...]
    host: Host = field(repr=False)

    @property
    def manifest(self) -> Manifest:
        """What it says of itself; where it says nothing, an empty one with its name."""
        manifest = getattr(self.plugin, "MANIFEST", None)
        return (
            manifest
            if isinstance(manifest, Manifest)
            else Manifest(name=self.name, title=Text("", ""))
        )

    @cached_property
    def plugin(self) -> ModuleType | None:
        """The module with its hooks; None where it cannot be imported."""
        try:
            return next(one for one in self.found if one.name == self.name).load()
        except PluginRefused:
            return None

    @property
    def refused(self) -> str | None:
        """Why the host does not take it; None where it does."""
        refusal = self.host.refused.get(self.name)
        return refusal.reason if refusal else None

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """Its own modules, without migrations."""
        return tuple(self._modules())

    def _modules(self) -> Iterator[Module]:
        for path in sorted(self.folder.rglob("*.py")):
            inside = path.relative_to(self.folder)
            if not set(inside.parts) & set(_GENERATED):
                rooms = [] if inside.name == "__init__.py" else [inside.stem]
                dotted = ".".join([self.package, *inside.parent.parts, *rooms])
                yield Module(path, inside, dotted)

    @cached_property
    def migrations(self) -> tuple[Path, ...]:
        """Its migrations, the first first."""
        return tuple(sorted((self.folder / "piccolo_migrations").glob("[!_]*.py")))

    @cached_property
    def templates(self) -> tuple[Path, ...]:
        """Its templates of pages."""
        return tuple(sorted((self.folder / "templates").rglob("*.html")))

    def given(self, hook: str) -> Any:
        """Return what it gives at the start by a hook; None where it does not join in there."""
        return dict(self.host.gathered(hook)).get(self.name)

    def search(self, pattern: re.Pattern[str], files: Iterable[Path]) -> Iterator[tuple[str, str]]:
        """Yield what a pattern finds in files, each with the path as it is told."""
        for path in files:
            for found in pattern.finditer(path.read_text(encoding="utf-8")):
                yield self.inside(path), found[0]

    def inside(self, path: Path) -> str:
        """Return a path as it is told."""
        return path.relative_to(self.folder).as_posix()
