"""What is written about the house is what stands in it."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.api_names import public_modules
from tools.reference import page_of
from tools.tree import ROOT, modules, parsed

PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md"), ROOT / "deploy" / "README.md"])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
HOOKS = (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")
DEPENDENCIES = (ROOT / "docs/decisions/0013-dependencies.md").read_text(encoding="utf-8")
MADE = {ROOT / "docs" / page_of(module) for module in public_modules()}  # when the site is built
CALLS = {"ask", "collect", "gathered", "publish"}
LONGEST_DECISION = 60
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
TEST_NAME = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")


def _is_hook(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and any(
        isinstance(one, ast.Call) and ast.unparse(one.func) == "hookspec"
        for one in node.decorator_list
    )


def declared() -> Iterator[str]:
    for path in [*sorted((ROOT / "core/hooks").glob("*.py")), *sorted(ROOT.glob("kit/*/hooks.py"))]:
        for node in parsed(path).body:
            if _is_hook(node):
                yield getattr(node, "name", "")


def sections() -> dict[str, str]:
    """Return what is said below each heading of a hook, by its name."""
    parts = re.split(r"^### `(\w+)`$", HOOKS, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


NAMES = set(declared())


def called() -> set[str]:
    """Return the hooks that are named where something is asked, collected or published."""
    found: set[str] = set()
    for path in modules():
        for node in ast.walk(parsed(path)):
            match node:
                case ast.Call(func=ast.Attribute(attr=verb) | ast.Name(id=verb), args=words) if (
                    verb in CALLS
                ):
                    found |= {str(one.value) for one in words if isinstance(one, ast.Constant)}
    return found & NAMES


def test_every_hook_has_its_heading_and_no_heading_is_without_its_hook() -> None:
    assert sorted(sections()) == sorted(declared())


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_hook_is_described_with_its_moment_and_an_example(name: str) -> None:
    said = sections()[name]

    assert "- Called: " in said
    assert "- Raising: " in said
    [example] = re.findall(r"```python\n(.*?)```", said, flags=re.DOTALL)
    assert ast.unparse(ast.parse(example)).startswith("@hookimpl\n")
    assert f"def {name}(" in example


def test_every_hook_is_called_somewhere() -> None:
    assert NAMES - called() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    targets = {link: (page.parent / link).resolve() for link in links}

    assert [link for link, file in targets.items() if not (file in MADE or file.exists())] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_test_that_is_named_is_there(page: Path) -> None:
    for path, name in TEST_NAME.findall(page.read_text(encoding="utf-8")):
        assert (ROOT / path).is_file(), path
        assert not name or f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), name


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_has_its_four_parts_and_is_short(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert text.startswith(f"# {page.stem[:4]} ")
    assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE) == [
        "Context",
        "Decision",
        "Consequences",
        "Alternatives",
    ]
    assert len(text.splitlines()) <= LONGEST_DECISION


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(page.stem[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_the_example_of_a_service_is_one_that_is_offered() -> None:
    page = (ROOT / "docs/floors/plugins.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```python\n(\w+ = Service\(.*?\n\))\n```", page, flags=re.DOTALL)
    homes = [path.read_text(encoding="utf-8") for path in modules("plugins")]

    assert any(f"\n{example}\n" in home for home in homes)


def test_every_dependency_has_its_reason_and_no_other_is_named() -> None:
    lists = DEPENDENCIES.partition("At run time:")[2].partition("## Consequences")[0]
    said = re.findall(r"`([@a-z0-9./-]+)`", lists)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"]]
    asked += [one for group in project["dependency-groups"].values() for one in group]
    npm = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    names = {re.split(r"[\[><=]", one)[0] for one in asked}
    names |= {*npm["dependencies"], *npm["devDependencies"]}

    assert names == set(said) - {"uvloop"}
