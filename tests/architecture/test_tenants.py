"""Every query is of one tenant, and every row that is changed leaves a trace."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.each import each
from tools.tree import FLOORS, ROOT, dotted, modules, parsed

QUERIES = {"objects", "select", "count", "exists", "update", "delete"}
MIGRATIONS = sorted(
    path for floor in FLOORS for path in (ROOT / floor).rglob("piccolo_migrations/*.py")
)
# Tables that belong to no tenant.
SHARED = {"Municipality", "Holiday", "Migration"}


def queries(tree: ast.Module) -> Iterator[tuple[str, int, str]]:
    """Yield table, line and the function around each query that starts ``Table.verb()``."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=verb)):
                if name[0].isupper() and verb in QUERIES and name not in SHARED:
                    around: ast.AST = node
                    while not isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef):
                        around = parents[around]
                    yield name, node.lineno, ast.unparse(around)


@each(modules(), dotted)
def test_every_query_is_of_one_tenant(path: Path) -> None:
    tables = _tables()
    open_ones = [
        f"{path}:{line} {name}"
        for name, line, around in queries(parsed(path))
        if name in tables and f"{name}.of(" not in around
    ]

    assert open_ones == []


@cache
def _tables() -> set[str]:
    names = set()
    for path in modules():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef) and any(
                isinstance(base, ast.Name | ast.Attribute)
                and ast.unparse(base).endswith("OfTenant")
                for base in node.bases
            ):
                names.add(node.name)
    return names


def test_every_table_of_a_tenant_has_its_key_and_its_policy() -> None:
    for path in MIGRATIONS:
        text = path.read_text(encoding="utf-8")
        for name, body in re.findall(r"CREATE TABLE ([\w.\"]+) \((.*?)\n\);", text, re.DOTALL):
            if "tenant_id varchar" not in body:
                continue
            keys = re.findall(r"(?:PRIMARY KEY|UNIQUE) \(([^)]*)\)", body)
            assert keys, f"{path}: {name} has no key"
            assert all(key.startswith("tenant_id") for key in keys), f"{path}: {name}"
            assert f"keep_within_tenant('{name}')" in text, f"{path}: {name} has no policy"


def test_migrations_use_no_trigger_sequence_or_loose_reference() -> None:
    banned = r"CREATE TRIGGER|SERIAL|nextval|ON DELETE SET NULL|ON UPDATE CASCADE"
    for path in MIGRATIONS:
        assert not re.search(banned, path.read_text(encoding="utf-8"), re.IGNORECASE), path
