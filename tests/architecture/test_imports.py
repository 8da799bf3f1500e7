"""Data flows one way: plugins, kit, core; and inside the kit from casework down to thai."""

import ast
import importlib
from pathlib import Path

from core.conformance.checks.imports import ROOMS
from tests.architecture.each import each
from tools.tree import FLOORS, ROOT, dotted, imported, modules, parsed

KIT = ["thai", "geo", "forms", "law", "offline", "documents", "treasury", "casework"]


def _of(path: Path) -> list[str]:
    return dotted(path).split(".")


@each(modules("core"), dotted)
def test_the_core_knows_no_kit_and_no_plugin(path: Path) -> None:
    upward = [one for one in imported(path) if one.split(".")[0] in {"kit", "plugins", "contrib"}]

    assert upward == []
    if dotted(path) != "core.api":
        assert [one for one in imported(path) if one.startswith("core.api")] == []


@each(modules("kit", "plugins", "contrib"), dotted)
def test_kit_and_plugins_see_the_core_through_its_api(path: Path) -> None:
    seen = [one for one in imported(path) if one.split(".")[0] == "core"]

    assert [one for one in seen if not one.startswith("core.api.")] == []


@each(modules("kit"), dotted)
def test_inside_the_kit_arrows_run_one_way(path: Path) -> None:
    own = _of(path)[1] if len(_of(path)) > 1 else ""
    for one in imported(path):
        parts = one.split(".")
        if parts[0] in {"plugins", "contrib"}:
            raise AssertionError(f"{dotted(path)} reaches up to {one}")
        if parts[0] == "kit" and len(parts) > 1 and parts[1] != own:
            assert KIT.index(parts[1]) < KIT.index(own), f"{dotted(path)} imports {one}"


@each(modules("kit", "plugins", "contrib"), dotted)
def test_a_room_of_the_kit_is_entered_by_its_public_names(path: Path) -> None:
    own = _of(path)[:2]
    for one in imported(path):
        parts = one.split(".")
        if parts[0] != "kit" or parts[:2] == own or len(parts) == 2:
            continue
        public = importlib.import_module(f"kit.{parts[1]}")
        assert len(parts) == 3, f"{dotted(path)} imports {one}"
        assert parts[2] in public.__all__, f"{one} is not public"


@each(modules("plugins", "contrib"), dotted)
def test_a_plugin_imports_no_other_plugin_and_keeps_to_its_rooms(path: Path) -> None:
    own = _of(path)
    room = own[2] if len(own) > 2 else ""
    for one in imported(path):
        parts = one.split(".")
        if parts[0] not in {"plugins", "contrib"}:
            continue
        assert parts[:2] == own[:2], f"{dotted(path)} imports {one}"
        if len(parts) > 2 and room and parts[2] != room:
            assert parts[2] in ROOMS[room], f"{dotted(path)} imports {one}"


@each(modules(), dotted)
def test_imports_stand_at_the_top_and_are_absolute(path: Path) -> None:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} is relative"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = [one for one in ast.walk(node) if isinstance(one, ast.Import | ast.ImportFrom)]
            assert inside == [], f"{path}:{node.lineno} imports inside a function"


def test_every_folder_of_plugins_has_a_plugin() -> None:
    for floor in FLOORS[2:]:
        folders = [one for one in (ROOT / floor).iterdir() if (one / "__init__.py").exists()]
        assert [one.name for one in folders if not (one / "plugin.py").exists()] == []
