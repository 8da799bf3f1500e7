"""Which plugins of the catalog are installed here, in which version, and whether unchanged.

``installed.json`` is replaced whole, so after a kill an installation has the old version or the new
one. Each version lies in a folder of its own; what the file does not name is left from a step that
was not finished, and is removed by the next one.
"""

import contextlib
import fcntl
import hashlib
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from core.catalog.entries import Digest, Name, Version
from core.catalog.writing import put

FILE = "installed.json"
CACHE = "__pycache__"


class Held(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version as it was installed.

    :param module: that holds its manifest.
    :param wheel: SHA-256 of the wheel that was approved.
    :param files: SHA-256 of each file, by its path in the version's folder.
    """

    version: Version
    module: str
    api: int
    permissions: tuple[str, ...]
    wheel: Digest
    files: Mapping[str, Digest]


class Installed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A plugin that is installed.

    :param previous: the version before, to go back to.
    :param leaving: the newer version whose tables are put back at the next start.
    :param pinned: nothing installs another version but a person who takes the pin out first.
    """

    current: Held
    previous: Held | None = None
    leaving: Held | None = None
    pinned: bool = False


class Installations:
    """The plugins of the catalog in a data folder.

    :param data: the data folder.
    """

    def __init__(self, data: Path) -> None:
        self.folder = data / "plugins"

    def read(self) -> dict[Name, Installed]:
        """Return what is installed, by plugin."""
        try:
            data = (self.folder / FILE).read_bytes()
        except FileNotFoundError:
            return {}
        return msgspec.json.decode(data, type=dict[Name, Installed])

    def write(self, installed: Mapping[str, Installed]) -> None:
        """Have this be what is installed, from this moment on."""
        put(self.folder / FILE, msgspec.json.format(msgspec.json.encode(installed)) + b"\n")

    def place(self, plugin: str, version: str) -> Path:
        """Return the folder of a version."""
        return self.folder / plugin / version

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Let one process at a time change something."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def clear(self) -> None:
        """Remove what belongs to no version that is installed or can be gone back to.

        Called when the platform starts: until then a version that was replaced may run.
        """
        if self.folder.exists():
            # What is installed being unreadable, nobody knows what belongs to nothing.
            with self.alone(), contextlib.suppress(msgspec.DecodeError):
                self._clear()

    def _clear(self) -> None:
        named = {
            (plugin, held.version)
            for plugin, one in self.read().items()
            for held in (one.current, one.previous, one.leaving)
            if held is not None
        }
        for plugin in self.folder.iterdir():
            if not plugin.is_dir():
                continue
            for version in plugin.iterdir():
                if (plugin.name, version.name) not in named:
                    shutil.rmtree(version)
            with contextlib.suppress(OSError):
                plugin.rmdir()


def what_changed(place: Path, held: Held) -> str | None:
    """Return the path of a file that is not as it was approved; None where all are.

    What Python keeps beside sources is none of the plugin's, and is never read (``loading``).
    """
    seen = set()
    for path in place.rglob("*"):
        name = path.relative_to(place).as_posix()
        if (path.is_dir() and not path.is_symlink()) or CACHE in path.parts:
            continue
        if path.is_symlink() or held.files.get(name) != digest_of(path):
            return name
        seen.add(name)
    return min(held.files.keys() - seen, default=None)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
