"""What hypothesis may not do here."""

import ast

from tools.tree import ROOT, parsed


def test_nothing_is_drawn_inside_a_test_that_waits() -> None:
    """Hypothesis ends an example by an exception of its own, which ends the loop of all tests."""
    drawing = [
        f"{path}:{node.lineno}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.AsyncFunctionDef) and _draws(node)
    ]

    assert drawing == []


def _draws(node: ast.AsyncFunctionDef) -> bool:
    told = [*node.decorator_list, *(one.annotation for one in node.args.args if one.annotation)]
    said = " ".join(map(ast.unparse, told))
    return "st.data()" in said or "DataObject" in said
