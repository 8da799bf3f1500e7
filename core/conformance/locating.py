"""Where the plugin is: a folder of this tree, its author's folder, or an installed distribution."""

import contextlib
import importlib
import importlib.util
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from core.conformance.subject import Distribution, Subject
from core.discovery import ENTRY_POINTS, ROOT, Found, find
from core.errors import NotFound
from core.host import Host
from core.manifest import Manifest, PluginRefused
from core.text import Text

_NO_FOLDER = Text(
    "{path} ไม่ใช่ปลั๊กอิน ระบุโฟลเดอร์ที่มี pyproject.toml ซึ่งประกาศ entry point "
    "“thongthin.plugins” หนึ่งชื่อ หรือชื่อปลั๊กอินที่ติดตั้งแล้ว",
    "{path} is no plugin. Name a folder whose pyproject.toml has one entry point in "
    "“thongthin.plugins”, or an installed plugin.",
)
_HOMES = ("plugins", "contrib")


@contextlib.contextmanager
def located(target: str) -> Iterator[Subject]:
    """Give the plugin in a folder, or the installed one of this name.

    :raises NotFound: there is none.
    """
    folder = Path(target).absolute()
    if not folder.is_dir():
        yield _installed(target)
    elif folder.parent in {ROOT / home for home in _HOMES}:
        yield _of_tree(folder.name)
    else:
        project = read_project(folder)
        with laid_out(folder, project):
            yield _subject(_name_of(project), _described(folder, project))


def read_project(folder: Path) -> Mapping[str, Any]:
    """Return ``pyproject.toml`` of a folder with a plugin.

    :raises NotFound: there is none, or it declares no plugin, or several.
    """
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        project = {}
    if len(_points(project)) != 1:
        raise NotFound(_NO_FOLDER.format(path=folder))
    return project


def _points(project: Mapping[str, Any]) -> Mapping[str, str]:
    known = project.get("project", {}).get("entry-points", {})
    points: Mapping[str, str] = known.get(ENTRY_POINTS, {})
    return points


def _name_of(project: Mapping[str, Any]) -> str:
    return next(iter(_points(project)))


def source_of(folder: Path) -> Path:
    """Return the folder from which the package of a distribution is imported."""
    return folder / "src" if (folder / "src").is_dir() else folder


@contextlib.contextmanager
def laid_out(folder: Path, project: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    """Let the plugin in a folder be found as if it were installed, from its author's files.

    :returns: what is put before the path of imports, for processes that are started.
    """
    told = project["project"]
    name, version = str(told["name"]).replace("-", "_"), str(told.get("version", "0"))
    with tempfile.TemporaryDirectory() as place:
        info = Path(place) / f"{name}-{version}.dist-info"
        info.mkdir()
        facts = f"Metadata-Version: 2.1\nName: {told['name']}\nVersion: {version}\n"
        (info / "METADATA").write_text(facts, encoding="utf-8")
        lines = "".join(f"{point} = {value}\n" for point, value in _points(project).items())
        (info / "entry_points.txt").write_text(f"[{ENTRY_POINTS}]\n{lines}", encoding="utf-8")
        path = [place, str(source_of(folder))]
        sys.path[:0] = path
        importlib.invalidate_caches()
        try:
            yield path
        finally:
            for one in path:
                sys.path.remove(one)
            _forget(source_of(folder))
            importlib.invalidate_caches()


def _forget(folder: Path) -> None:
    """Let modules below a folder be imported anew, migrations too, which Piccolo names shortly."""
    for name, module in tuple(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file is not None and Path(file).is_relative_to(folder):
            del sys.modules[name]


def _described(folder: Path, project: Mapping[str, Any]) -> Distribution:
    told = project["project"]
    readme = told.get("readme", "")
    readme = readme if isinstance(readme, str) else readme.get("file", "")
    return Distribution(
        name=str(told["name"]),
        version=str(told.get("version", "")),
        licence=_licence(told),
        readme=_text(folder / readme) if readme else "",
        root=folder,
        tests=folder / "tests" if (folder / "tests").is_dir() else None,
        thai=_thai(project),
    )


def _licence(told: Mapping[str, Any]) -> str:
    licence = told.get("license", "")
    return licence if isinstance(licence, str) else str(licence.get("text", ""))


def _thai(project: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(project.get("tool", {}).get("thongthin", {}).get("thai-by-nature", ()))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _of_tree(name: str) -> Subject:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    home = next(one for one in _HOMES if (ROOT / one / name).is_dir())
    tests = ROOT / "tests" / home / name
    described = Distribution(
        name=project["project"]["name"],
        version="",  # a plugin of this tree has a version of its own
        licence=_licence(project["project"]),
        readme=_text(ROOT / home / name / "README.md"),
        root=ROOT,
        tests=tests if tests.is_dir() else None,
        thai=_thai(project),
    )
    return _subject(name, described)


def _installed(name: str) -> Subject:
    """Return an installed plugin.

    :raises NotFound: there is none of this name.
    """
    for point in metadata.entry_points(group=ENTRY_POINTS, name=name):
        if point.dist is not None:
            facts: Any = point.dist.metadata
            described = Distribution(
                name=facts["Name"],
                version=facts["Version"],
                licence=facts.get("License-Expression") or facts.get("License") or "",
                readme=str(facts.get_payload() or facts.get("Description") or ""),
            )
            return _subject(name, described)
    raise NotFound(_NO_FOLDER.format(path=name))


def _subject(name: str, described: Distribution) -> Subject:
    known = {one.name: one for one in find()}
    if name not in known:
        raise NotFound(_NO_FOLDER.format(path=name))
    package, folder = _place(known[name])
    found = tuple(_chosen(name, known))
    return Subject(
        name=name,
        folder=folder,
        package=package,
        distribution=described,
        found=found,
        host=Host(found),
    )


def _place(found: Found) -> tuple[str, Path]:
    """Return the package of a plugin, and its folder, without importing the plugin."""
    module = str(found.module)
    package = module.rpartition(".")[0] or module
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise NotFound(_NO_FOLDER.format(path=found.name))
    return package, Path(next(iter(spec.submodule_search_locations)))


def _chosen(name: str, known: Mapping[str, Found]) -> Iterator[Found]:
    """Yield the kit, what the plugin needs, and the plugin."""
    wanted, waiting = {name}, [name]
    while waiting:
        for need in _needs(known[waiting.pop()]):
            if need in known and need not in wanted:
                wanted.add(need)
                waiting.append(need)
    for one in known.values():
        if one.name in wanted or str(one.module).startswith("kit."):
            yield one


def _needs(found: Found) -> Sequence[str]:
    try:
        manifest = getattr(found.load(), "MANIFEST", None)
    except PluginRefused:
        return ()
    return manifest.needs if isinstance(manifest, Manifest) else ()
