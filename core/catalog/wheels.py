"""Open a wheel without trusting it: nothing of it is run, and nothing leaves its place."""

import configparser
import io
import lzma
import re
import stat
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

MOST_FILES = 3_000
LARGEST = 64_000_000  # bytes of all files together
NAME = re.compile(r"(?P<dist>[A-Za-z0-9_.]+)-(?P<version>[0-9][0-9.]*)-py3-none-any\.whl")
POINTS = "thongthin.plugins"
# Floors of ours; tests and tools lie in the tree from which developers run.
OURS = frozenset({"core", "kit", "plugins", "contrib", "tests", "tools", "piccolo_conf"})
# What Python reads by itself, and what cannot be read by people.
_UNWANTED = frozenset({".pth", ".pyc", ".pyo", ".so", ".pyd", ".dll", ".dylib", ".exe", ".sh"})
_REGULAR = (0, stat.S_IFREG)  # 0: made where files have no kind


class WheelRefused(Exception):
    """A wheel is not taken; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel that holds one plugin and nothing else.

    :param plugin: the name of its entry point.
    :param module: what the entry point names, e.g. ``library.plugin``.
    :param files: of its package, by their paths.
    """

    plugin: str
    version: str
    module: str
    files: Mapping[str, bytes]

    @property
    def package(self) -> str:
        """Its package, the only one."""
        return self.module.partition(".")[0]


def open_wheel(data: bytes, *, name: str) -> Wheel:
    """Return what a wheel holds.

    :param name: of its file.
    :raises WheelRefused: it is no wheel, or holds more than a plugin of Python's sources.
    """
    called = NAME.fullmatch(name)
    if called is None:
        raise WheelRefused(f"{name!r} is not called as a wheel of pure Python is")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = dict(_read(archive))
    except (
        *(zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError),
        *(zlib.error, lzma.LZMAError, OSError),  # of what is packed
        IndexError,  # of a file without a name
    ) as problem:
        raise WheelRefused(f"it cannot be opened: {problem}") from problem
    info = f"{called['dist']}-{called['version']}.dist-info"
    plugin, module = _point(files, info)
    package = module.partition(".")[0]
    _demand_one_package(files, package, info)
    held = {path: data for path, data in files.items() if path.startswith(f"{package}/")}
    if f"{module.replace('.', '/')}.py" not in held or f"{package}/__init__.py" not in held:
        raise WheelRefused(f"there is no {module}, or {package} is no package")
    return Wheel(plugin, called["version"], module, held)


def _read(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Yield the files, after a look at the name and the kind of each."""
    seen: set[str] = set()
    left = LARGEST
    if len(archive.infolist()) > MOST_FILES:
        raise WheelRefused(f"it has more than {MOST_FILES} files")
    for one in archive.infolist():
        if one.is_dir():
            continue
        _demand_harmless(one)
        # On some disks names that differ by case or form of letters are one file.
        same = unicodedata.normalize("NFC", one.filename).casefold()
        if same in seen:
            raise WheelRefused(f"{one.filename!r} is in it twice")
        seen.add(same)
        with archive.open(one) as file:
            data = file.read(left + 1)
        left -= len(data)
        if left < 0:
            raise WheelRefused(f"unpacked it is larger than {LARGEST // 1_000_000} MB")
        yield one.filename, data


def _demand_harmless(one: zipfile.ZipInfo) -> None:
    name = one.orig_filename
    parts = name.split("/")
    if (
        name != one.filename
        or not name.isprintable()
        or any(sign in name for sign in '\\:*?"<>|')
        or any(part in ("", ".", "..") or part.endswith((" ", ".")) for part in parts)
        or len(name) > 200
    ):
        raise WheelRefused(f"{name!r} is a path outside, or none that every disk takes")
    if stat.S_IFMT(one.external_attr >> 16) not in _REGULAR:
        raise WheelRefused(f"{name!r} is a link, or another thing than a file")
    if PurePosixPath(name).suffix.lower() in _UNWANTED or "__pycache__" in parts:
        raise WheelRefused(f"{name!r}: only sources that people can read are taken")


def _point(files: Mapping[str, bytes], info: str) -> tuple[str, str]:
    """Return the one entry point: name and module."""
    reader = configparser.ConfigParser(delimiters=("=",), interpolation=None, strict=True)
    reader.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        reader.read_string(files[f"{info}/entry_points.txt"].decode())
        points: Sequence[tuple[str, str]] = reader.items(POINTS)
    except (KeyError, UnicodeDecodeError, configparser.Error) as problem:
        raise WheelRefused(f"it has no entry point in {POINTS}") from problem
    if len(points) != 1 or reader.sections() != [POINTS]:
        raise WheelRefused(f"it has other entry points than one in {POINTS}")
    [(name, module)] = points
    if not all(part.isidentifier() for part in module.split(".")):
        raise WheelRefused(f"its entry point {module!r} is no module")
    return name, module


def _demand_one_package(files: Mapping[str, bytes], package: str, info: str) -> None:
    tops = {path.partition("/")[0] for path in files}
    if data := [one for one in sorted(tops) if one.endswith(".data")]:
        raise WheelRefused(f"{data[0]!r} would install scripts or files elsewhere")
    if more := sorted(tops - {package, info}):
        raise WheelRefused(f"{more[0]!r} is beside its package {package!r}")
    if package in OURS or package in sys.stdlib_module_names:
        raise WheelRefused(f"its package is called {package!r}, which is taken")
