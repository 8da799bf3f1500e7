"""The source of a plugin, parsed."""

import ast
from collections.abc import Iterator, Sequence
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


class Constants:
    """The texts that names stand for, in the modules of a plugin."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self._own = {module.dotted: dict(_assigned(module.tree)) for module in modules}
        self._names = {module.dotted: dict(_imported(module)) for module in modules}

    def read(self, module: Module, node: ast.expr) -> str | None:
        """Return the text that an expression in a module stands for; None where it is not seen."""
        match node:
            case ast.Constant(value=str(text)):
                return text
            case ast.Name(id=name):
                return self._find(module.dotted, name)
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                return self._find(self._names[module.dotted].get(owner, ""), name)
        return None

    def _find(self, dotted: str, name: str) -> str | None:
        """Return what a name of a module stands for, there or where it is imported from."""
        seen: set[tuple[str, str]] = set()
        while dotted in self._own and (dotted, name) not in seen:
            seen.add((dotted, name))
            if name in self._own[dotted]:
                return self._own[dotted][name]
            dotted, _, name = self._names[dotted].get(name, "").rpartition(".")
        return None

    def called(self, text: str) -> set[str]:
        """Return the names that stand for a text in some module."""
        return {name for known in self._own.values() for name, one in known.items() if one == text}


def _imported(module: Module) -> Iterator[tuple[str, str]]:
    for node in module.tree.body:
        match node:
            case ast.ImportFrom(module=str(source), level=0, names=names):
                for one in names:
                    yield one.asname or one.name, f"{source}.{one.name}"


def _assigned(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                pairs = list(zip(names, values, strict=False))
            case ast.Assign(targets=targets, value=value):
                pairs = [(one, value) for one in targets]
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                pairs = [(target, value)]
            case _:
                continue
        for one, given in pairs:
            match one, given:
                case ast.Name(id=name), ast.Constant(value=str(text)):
                    yield name, text
