"""What is written about the house is what stands in it."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tools.tree import ROOT, modules, parsed

PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md"), ROOT / "deploy" / "README.md"])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
HOOKS = (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")
DEPENDENCIES = (ROOT / "docs/decisions/0013-dependencies.md").read_text(encoding="utf-8")
CALLS = {"ask", "collect", "gathered", "publish"}
LONGEST_DECISION = 60
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
TEST_NAME = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")


class Hook(NamedTuple):
    signature: str
    budget: float | None


def _budget(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[float | None]:
    """Return the budget in a list, which is empty for a function that is no hook."""
    for decorator in function.decorator_list:
        match decorator:
            case ast.Call(func=ast.Name(id="hookspec"), keywords=[]):
                return [None]
            case ast.Call(
                func=ast.Name(id="hookspec"), keywords=[ast.keyword(value=ast.Constant(value=n))]
            ):
                return [float(str(n))]
    return []


def declared() -> Iterator[tuple[str, Hook]]:
    for path in [*sorted((ROOT / "core/hooks").glob("*.py")), *sorted(ROOT.glob("kit/*/hooks.py"))]:
        for node in parsed(path).body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            kind = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
            returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
            for budget in _budget(node):
                signature = f"{kind} {node.name}({ast.unparse(node.args)}){returns}"
                yield node.name, Hook(signature, budget)


def sections() -> dict[str, str]:
    """Return what is said below each heading of a hook, by its signature."""
    parts = re.split(r"^### `(.+)`$", HOOKS, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


NAMES = {name for name, _ in declared()}


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
    assert sorted(sections()) == sorted(hook.signature for _, hook in declared())


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_hook_is_described_with_its_moment_its_budget_and_an_example(name: str) -> None:
    hook = dict(declared())[name]
    said = sections()[hook.signature]

    assert "- Called: " in said
    assert "- Raising: " in said
    assert f"Budget: {'none' if hook.budget is None else f'{hook.budget:g} s'}" in said
    [example] = re.findall(r"```python\n(.*?)```", said, flags=re.DOTALL)
    [function] = ast.parse(example).body
    assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
    assert ast.unparse(function.decorator_list[0]) == "hookimpl"
    assert function.name == name


@pytest.mark.parametrize("name", sorted(NAMES))
def test_an_example_takes_the_arguments_of_its_hook_and_waits_as_it_does(name: str) -> None:
    hook = dict(declared())[name]
    [spec] = ast.parse(f"{hook.signature}: ...").body
    [example] = re.findall(r"```python\n(.*?)```", sections()[hook.signature], flags=re.DOTALL)
    [function] = ast.parse(example).body
    assert isinstance(spec, ast.FunctionDef | ast.AsyncFunctionDef)
    assert isinstance(function, type(spec))

    known = [ast.unparse(one) for one in spec.args.args]
    assert [one for one in map(ast.unparse, function.args.args) if one not in known] == []


def test_every_hook_is_called_somewhere() -> None:
    assert NAMES - called() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


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
