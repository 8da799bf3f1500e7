"""The source of a plugin, parsed."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A module of a plugin.

    :ivar inside: its path within the plugin's package.
    :ivar dotted: the name under which it is imported.
    """

    path: Path
    inside: Path
    dotted: str

    @cached_property
    def text(self) -> str:
        """Its source."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree; that of an empty module where it has none."""
        try:
            return ast.parse(self.text)
        except SyntaxError:
            return ast.parse("")

    @property
    def room(self) -> str:
        """The room of the plugin that it belongs to, "" for the package itself."""
        first = self.inside.parts[0].removesuffix(".py")
        return "" if first == "__init__" else first

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """Its functions, also those in others."""
        return tuple(one for one in ast.walk(self.tree) if isinstance(one, Function))

    @cached_property
    def calls(self) -> tuple[ast.Call, ...]:
        """Every call in it."""
        return tuple(one for one in ast.walk(self.tree) if isinstance(one, ast.Call))

    def at(self, node: ast.AST) -> str:
        """Return where something stands, as it is told."""
        return f"{self.inside.as_posix()}:{getattr(node, 'lineno', 1)}"

    def imports(self) -> Iterator[tuple[ast.stmt, str]]:
        """Yield what it imports, each name with the module it comes from."""
        for node in ast.walk(self.tree):
            match node:
                case ast.Import(names=names):
                    yield from ((node, one.name) for one in names)
                case ast.ImportFrom(module=module, level=0, names=names) if module:
                    yield from ((node, f"{module}.{one.name}") for one in names)

    @cached_property
    def docstrings(self) -> frozenset[int]:
        """The ids of the nodes that are docstrings."""
        found = set()
        for node in ast.walk(self.tree):
            body = getattr(node, "body", None)
            for one in body if isinstance(body, list) else []:
                if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant):
                    found.add(id(one.value))
        return frozenset(found)


def called(call: ast.Call) -> str:
    """Return the last word of what is called: ``record`` for ``audit.record(…)``."""
    function = call.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def constants(modules: tuple[Module, ...]) -> Mapping[str, str]:
    """Return the texts that names of modules stand for, by the name."""
    known: dict[str, str] = {}
    for module in modules:
        for node in module.tree.body:
            match node:
                case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                    pairs = list(zip(names, values, strict=False))
                case ast.Assign(targets=[target], value=value):
                    pairs = [(target, value)]
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    pairs = [(target, value)]
                case _:
                    continue
            for target, value in pairs:
                if isinstance(target, ast.Name) and isinstance(value, ast.Constant):
                    if isinstance(value.value, str):
                        known[target.id] = value.value
    return known


def text_of(node: ast.expr, known: Mapping[str, str]) -> str | None:
    """Return the text that an expression stands for; None where that is not to be seen."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return known.get(name)
    return None
