"""Every piece of Python in the documentation is Python, and what it imports of ours is there."""

import ast
import importlib
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.discovery import ROOT
from tools.api_names import public_modules
from tools.reference import room_page

_BLOCK = re.compile(r"^( *)```python[^\n]*\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
OURS = ("core", "kit")


def blocks() -> Iterator[tuple[str, str]]:
    for page in sorted((ROOT / "docs").rglob("*.md")):
        for number, found in enumerate(_BLOCK.finditer(page.read_text(encoding="utf-8"))):
            name = f"{page.relative_to(ROOT / 'docs')}-{number}"
            yield name, textwrap.dedent(found[2])


BLOCKS = dict(blocks())


def imports(code: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, one.name) for one in node.names)


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_an_example_is_python_and_imports_what_is_there(name: str) -> None:
    for module, wanted in imports(BLOCKS[name]):
        if module.partition(".")[0] in OURS:
            assert module in public_modules(), f"{module} is not for plugins"
            assert wanted in importlib.import_module(module).__all__, f"{module}.{wanted}"


@pytest.mark.parametrize("room", public_modules())
def test_every_public_name_stands_in_the_reference_and_its_code_is_python(room: str) -> None:
    page = room_page(room)
    headings = re.findall(r"^## `(\w+)`$", page, re.MULTILINE)

    assert headings == importlib.import_module(room).__all__
    assert not re.search("`_[a-z]", page), "an inner name is shown"
    for _, code in _BLOCK.findall(page):
        ast.parse(code)


def test_pages_of_both_languages_are_the_same() -> None:
    def pages(language: str) -> list[str]:
        return sorted(path.name for path in Path(ROOT / "docs" / language).glob("*.md"))

    assert pages("th") == pages("en")
