"""Nothing grows past the size at which it is split, and names say what they are."""

import ast
from pathlib import Path

from tests.architecture.each import each
from tools.tree import ROOT, dotted, modules, parsed, templates

MODULE, SMALL_ROOM, FUNCTION, HANDLER, TEST, TEMPLATE = 300, 200, 40, 20, 400, 150
BANNED = {"utils", "helpers", "common", "misc", "base", "manager", "handler"}
HANDLERS = {"get", "post", "put", "patch", "delete"}
TEMPLATES = templates()


@each(modules(), dotted)
def test_modules_are_small_and_well_named(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    room = path.stem in {"plugin", "forms", "rules"} and path.parts[-3] in {"plugins", "contrib"}

    assert lines <= (SMALL_ROOM if room else MODULE)
    assert path.stem not in BANNED
    assert path.parent.name not in BANNED


@each(modules(), dotted)
def test_functions_fit_on_a_screen(path: Path) -> None:
    for node in ast.walk(parsed(path)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        body = node.body[1:] if ast.get_docstring(node) else node.body
        if not body or node.end_lineno is None:
            continue
        length = node.end_lineno - body[0].lineno + 1
        routed = any(_name(one) in HANDLERS for one in node.decorator_list)
        most = HANDLER if routed else FUNCTION
        assert length <= most, f"{path}:{node.lineno} {node.name} has {length} lines"


def _name(decorator: ast.expr) -> str:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return called.id if isinstance(called, ast.Name) else ""


@each(sorted((ROOT / "tests").rglob("test_*.py")), str)
def test_test_modules_are_read_in_one_sitting(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= TEST


@each(TEMPLATES, str)
def test_templates_are_small(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= TEMPLATE
