"""Our own modules and templates, parsed: what the architecture tests walk over."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLOORS = ("core", "kit", "plugins", "contrib")


@cache
def parsed(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(*floors: str) -> Iterator[Path]:
    """Yield our own modules, without migrations."""
    for floor in floors or FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            if "piccolo_migrations" not in path.parts:
                yield path


def templates() -> list[Path]:
    """Return the templates of pages of every floor."""
    return sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.html"))


def dotted(path: Path) -> str:
    """Return the name under which a module is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path) -> Iterator[str]:
    """Yield what a module imports, each name with the module it comes from."""
    for node in ast.walk(parsed(path)):
        match node:
            case ast.Import(names=names):
                yield from (one.name for one in names)
            case ast.ImportFrom(module=module, level=0, names=names) if module:
                yield from (f"{module}.{one.name}" for one in names)
