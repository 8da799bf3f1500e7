"""Every sentence that a person reads stands in Thai and in English, side by side."""

import ast
import re
import tomllib
from pathlib import Path

from core.conformance.checks.texts import CITED, DATA_ARGUMENTS, THAI
from tests.architecture.each import each
from tools.tree import ROOT, dotted, modules, parsed, templates

SPOKEN = {"Text", "_message"}
# Rooms whose matter is the Thai language itself, and papers, which are Thai by law.
THAI_BY_NATURE = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "thongthin"
]["thai-by-nature"]
TEMPLATES = templates()


def _is_data(name: str) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in THAI_BY_NATURE)


def _docstrings(tree: ast.Module) -> set[int]:
    found = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for one in body if isinstance(body, list) else []:
            if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant):
                found.add(id(one.value))
    return found


def _said(tree: ast.Module) -> set[int]:
    """Return the strings that are given in both languages, or are data."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in SPOKEN:
            for one in [*node.args, *(keyword.value for keyword in node.keywords)]:
                found |= {id(inner) for inner in ast.walk(one)}
        for keyword in node.keywords:
            if keyword.arg in DATA_ARGUMENTS:
                found |= {id(inner) for inner in ast.walk(keyword.value)}
    return found


@each((path for path in modules() if not _is_data(dotted(path))), dotted)
def test_thai_words_in_code_have_their_english_beside_them(path: Path) -> None:
    tree = parsed(path)
    fine = _docstrings(tree) | _said(tree)
    alone = [
        f"{path}:{node.lineno}: {node.value[:60]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and THAI.search(node.value)
        and not CITED.match(node.value)
        and id(node) not in fine
    ]

    assert alone == []


@each(modules(), dotted)
def test_a_text_is_given_in_both_languages(path: Path) -> None:
    for node in ast.walk(parsed(path)):
        match node:
            case ast.Call(
                func=ast.Name(id="Text"),
                args=[ast.Constant(value=str(th)), ast.Constant(value=str(en))],
            ):
                assert bool(th.strip()) == bool(en.strip()), f"{path}:{node.lineno}"


_QUOTED = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_PAIR = re.compile(rf"\bt\(\s*{_QUOTED}\s*,\s*{_QUOTED}\s*\)", re.DOTALL)


@each(TEMPLATES, str)
def test_thai_words_in_templates_have_their_english_beside_them(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    left = _PAIR.sub("", text)

    assert [line.strip()[:100] for line in left.splitlines() if THAI.search(line)] == []


@each(TEMPLATES, str)
def test_templates_hold_no_script_and_no_style_of_their_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", text)
