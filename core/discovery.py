"""Where plugins are found: rooms of the kit, plugins and contrib, the catalog, entry points."""

import importlib
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Literal

import msgspec

from core.catalog.client import Catalog, CatalogRefused
from core.catalog.installed import FILE, Installations
from core.catalog.loading import Approved
from core.catalog.policy import read_policy
from core.manifest import PluginRefused
from core.text import Text

log = logging.getLogger(__name__)

ROOT = Path(__file__).parent.parent
HOMES = ("kit", "plugins", "contrib")
ENTRY_POINTS = "thongthin.plugins"
GOES_BACK = "it goes back to this version, and its tables were not put back yet: start anew"
ONLY_APPROVED = "it was not approved, and only approved plugins run here: thongthin catalog policy"


# Of the platform's own tree; of the catalog; installed by whoever runs the machine.
Origin = Literal["platform", "approved", "local"]


@dataclass(frozen=True, slots=True)
class Found:
    """A plugin by its name and the module that holds its manifest and hooks.

    :param refusal: why it must not be loaded, which was known before.
    """

    name: str
    module: str | ModuleType | Approved
    origin: Origin = "platform"
    refusal: str | None = None

    def load(self) -> ModuleType:
        """Import it.

        :raises PluginRefused: it must not, or cannot, be imported.
        """
        if self.refusal is not None:
            raise PluginRefused(self.name, self.refusal)
        if isinstance(self.module, Approved):
            return self.module.load()
        if isinstance(self.module, ModuleType):
            return self.module
        try:
            return importlib.import_module(self.module)
        except Exception as problem:
            reason = f"cannot be imported: {type(problem).__name__}: {problem}"
            raise PluginRefused(self.name, reason) from problem


def find(homes: Iterable[str] = HOMES, *, data: Path | None = None) -> Sequence[Found]:
    """Return the plugins of this installation, the kit's rooms first.

    :param data: the data folder, where plugins of the catalog are; None for none of these.
    """
    here = [
        Found(path.parent.name, f"{home}.{path.parent.name}.plugin")
        for home in homes
        for path in sorted((ROOT / home).glob("*/plugin.py"))
    ]
    policy = read_policy(data) if data else None
    refusal = ONLY_APPROVED if policy is not None and not policy.local else None
    outside = [
        Found(point.name, point.value, "local", refusal)
        for point in entry_points(group=ENTRY_POINTS)
    ]
    return [*here, *(_approved(data) if data else ()), *outside]


def _stops(data: Path) -> Mapping[tuple[str, str], Text]:
    try:
        return Catalog(data).stops()
    except CatalogRefused as problem:
        # A catalog that is lost stops nothing; what runs was approved when it was installed.
        log.warning("%s", problem)
        return {}


def _approved(data: Path) -> Iterator[Found]:
    here = Installations(data)
    try:
        installed = here.read()
    except (OSError, msgspec.DecodeError) as problem:
        yield Found(FILE, "", "approved", f"what is installed cannot be read: {problem}")
        return
    stops = _stops(data) if installed else {}
    for name, one in installed.items():
        held = one.current
        stop = stops.get((name, held.version))
        place = here.place(name, held.version)
        approved = Approved(name, place, held, stop.en if stop else None)
        yield Found(name, approved, "approved", GOES_BACK if one.leaving else None)
