"""Load a plugin of the catalog out of its own folder, from sources that are checked once more.

Its package lies on nobody's path, so it can hide no module of others, and none of others it.
"""

import hashlib
import importlib
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

from core.catalog.installed import CACHE, Held, what_changed
from core.manifest import Manifest, PluginRefused


class Checked(SourceFileLoader):
    """Reads sources only, each as it was approved."""

    def __init__(self, name: str, path: str, digest: str) -> None:
        super().__init__(name, path)
        self._digest = digest

    def get_code(self, fullname: str) -> CodeType:
        """Return what the source says, whatever a cache beside it does."""
        data = Path(self.path).read_bytes()
        if hashlib.sha256(data).hexdigest() != self._digest:
            raise ImportError(f"{self.path} is not as it was approved")
        code: CodeType = self.source_to_code(data, self.path)
        return code


class _Finder(MetaPathFinder):
    """Finds the modules of one version of one plugin."""

    def __init__(self, place: Path, package: str, files: Mapping[str, str]) -> None:
        self.place = place
        self.package = package
        self._files = files

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module of the package is; None for every other."""
        if fullname.partition(".")[0] != self.package:
            return None
        inside = fullname.replace(".", "/")
        for name, below in ((f"{inside}/__init__.py", True), (f"{inside}.py", False)):
            if name in self._files:
                path = str(self.place / name)
                return spec_from_file_location(
                    fullname,
                    path,
                    loader=Checked(fullname, path, self._files[name]),
                    submodule_search_locations=[str(self.place / inside)] if below else None,
                )
        return None


@dataclass(frozen=True, slots=True)
class Approved:
    """A version of a plugin where it was installed.

    :ivar stopped: why the catalog stopped it; None where it did not.
    """

    plugin: str
    place: Path
    held: Held
    stopped: str | None = None

    def load(self) -> ModuleType:
        """Import it.

        :raises PluginRefused: it was stopped, a file is not as it was approved, it cannot be
            imported, or says something else of itself than what was approved.
        """
        if self.stopped is not None:
            raise PluginRefused(
                self.plugin, f"version {self.held.version} was stopped: {self.stopped}"
            )
        for cache in self.place.rglob(CACHE):
            shutil.rmtree(cache, ignore_errors=True)
        changed = what_changed(self.place, self.held)
        if changed is not None:
            reason = f"{changed} is not as it was approved; install the version again"
            raise PluginRefused(self.plugin, reason)
        try:
            module = importlib.import_module(self._found())
        except Exception as problem:
            reason = f"cannot be imported: {type(problem).__name__}: {problem}"
            raise PluginRefused(self.plugin, reason) from problem
        self._compare(module)
        return module

    def _found(self) -> str:
        """Return its module, which Python finds from now on."""
        package = self.held.module.partition(".")[0]
        if package in sys.modules or any(
            isinstance(one, _Finder) and one.package == package for one in sys.meta_path
        ):
            place = getattr(sys.modules.get(package), "__file__", None) or ""
            if not Path(place).is_relative_to(self.place):
                raise ImportError(f"there is a package {package} already")
        else:
            sys.meta_path.append(_Finder(self.place, package, self.held.files))
        return self.held.module

    def _compare(self, module: ModuleType) -> None:
        manifest = getattr(module, "MANIFEST", None)
        if not isinstance(manifest, Manifest):
            return  # whoever asked for it says so
        if manifest.fixed:
            raise PluginRefused(self.plugin, "only parts of the platform are always on")
        said = (manifest.version, manifest.api, tuple(sorted(manifest.permissions)))
        approved = (self.held.version, self.held.api, self.held.permissions)
        if said != approved:
            reason = f"it says {said} of itself, and {approved} was approved"
            raise PluginRefused(self.plugin, reason)
