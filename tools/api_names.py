"""The list of public names of a level: ``python -m tools.api_names`` writes it anew.

It refuses to forget a name of a level that plugins may have been written for.
"""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from core.levels import LEVEL
from tools.tree import ROOT

LISTS = ROOT / "docs" / "levels"


def public_modules() -> list[str]:
    """Return the modules whose public names are the interface."""
    rooms = sorted(path.parent.name for path in (ROOT / "kit").glob("*/plugin.py"))
    return ["core.api", *(f"kit.{room}" for room in rooms)]


def public_names() -> Iterator[str]:
    """Yield every public name with its module, those that are retiring too."""
    for name in public_modules():
        module = importlib.import_module(name)
        retiring = getattr(module, "RETIRING", {})
        yield from (f"{name}.{one}" for one in sorted({*module.__all__, *retiring}))


def list_of(level: int) -> Path:
    """Return where the names of a level are listed, one a line."""
    return LISTS / f"{level}.txt"


def names_of(level: int) -> list[str]:
    """Return the names of a level as they are listed; none where it has no list yet."""
    path = list_of(level)
    return path.read_text(encoding="utf-8").split() if path.exists() else []


def main() -> None:
    """Write the list of the level that the tree is of."""
    now = list(public_names())
    lost = [name for name in names_of(LEVEL) if name not in now]
    if lost:
        sys.exit(
            f"{', '.join(lost)}: of level {LEVEL}, and gone. Keep them as retiring "
            "(docs/decisions/0030), or raise LEVEL in core/levels.py."
        )
    LISTS.mkdir(exist_ok=True)
    list_of(LEVEL).write_text("".join(f"{name}\n" for name in now), encoding="utf-8")


if __name__ == "__main__":
    main()
