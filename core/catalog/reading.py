"""What the source of a plugin says and can do, read without running it."""

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from core.catalog.entries import Capabilities
from core.catalog.wheels import Wheel, WheelRefused
from core.conformance.sources import Constants, Module, called

Value = TypeVar("Value", str, int)

_OURS = frozenset({"core", "kit"})
REACHING = frozenset(
    {
        *("aiohttp", "aiosmtplib", "asyncpg", "ftplib", "grpc", "http", "httpx", "imaplib"),
        *("imapclient", "paramiko", "poplib", "psycopg", "requests", "smtplib", "socket"),
        *("socketserver", "ssl", "subprocess", "urllib", "urllib3", "websockets", "xmlrpc"),
    }
)
STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP|TRUNCATE)\s", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the manifest of a plugin says as it is written, and what the source can do."""

    name: str
    version: str
    api: int
    capabilities: Capabilities


def write_out(wheel: Wheel, folder: Path) -> None:
    """Write the files of a wheel's package into a folder."""
    for path, data in wheel.files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def read_source(folder: Path, module: str) -> Reading:
    """Return what a plugin says and can do.

    :param folder: in which its package lies.
    :param module: that holds its manifest.
    :raises WheelRefused: the manifest is not written so that it can be read.
    """
    package = module.partition(".")[0]
    modules = [
        Module(path, path.relative_to(folder / package), _dotted(path.relative_to(folder)))
        for path in sorted((folder / package).rglob("*.py"))
    ]
    for one in modules:
        _demand_source(one)
    entry = next(one for one in modules if one.dotted == module)
    constants = Constants(modules)
    manifest = _manifest(entry)
    said = {one.arg: one.value for one in manifest.keywords if one.arg}
    capabilities = Capabilities(
        permissions=tuple(sorted(_permissions(entry, constants, said.get("permissions")))),
        hooks=tuple(sorted(_hooks(entry))),
        imports=tuple(sorted(_imports(modules, package))),
        network=tuple(sorted(_tops(modules) & REACHING)),
        statements=sum(map(_statements, modules)),
    )
    return Reading(
        name=_literal(said.get("name"), "name", str),
        version=_literal(said.get("version", ast.Constant("0.1.0")), "version", str),
        api=_literal(said.get("api", ast.Constant(1)), "api", int),
        capabilities=capabilities,
    )


def _demand_source(module: Module) -> None:
    try:
        ast.parse(module.text)
    except (SyntaxError, ValueError, RecursionError) as problem:
        raise WheelRefused(f"{module.inside.as_posix()} cannot be read: {problem}") from problem


def _dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def _manifest(module: Module) -> ast.Call:
    """Return the one call by which MANIFEST is made."""
    found = []
    for node in ast.walk(module.tree):
        match node:
            case ast.Assign(targets=[ast.Name(id="MANIFEST")], value=value):
                found.append(value)
            case ast.AnnAssign(target=ast.Name(id="MANIFEST"), value=ast.expr() as value):
                found.append(value)
            case ast.Name(id="MANIFEST", ctx=ast.Store()):
                found.append(node)
    match [one for one in found if not isinstance(one, ast.Name)]:
        case [ast.Call() as call] if (
            called(call) == "Manifest" and len(found) == 2 and not call.args
        ):
            return call
    raise WheelRefused("MANIFEST is not written once, as Manifest(name=…)")


def _literal(node: ast.expr | None, what: str, kind: type[Value]) -> Value:
    if isinstance(node, ast.Constant) and isinstance(node.value, kind):
        return node.value
    raise WheelRefused(f"{what} of its manifest is not written as it is")


def _permissions(module: Module, constants: Constants, node: ast.expr | None) -> Iterator[str]:
    if node is None:
        return
    if not isinstance(node, ast.Dict):
        raise WheelRefused("permissions of its manifest are not written where it is")
    for key in node.keys:
        text = None if key is None else constants.read(module, key)
        if text is None:
            raise WheelRefused("a permission of its manifest cannot be read")
        yield text


def _hooks(module: Module) -> set[str]:
    found = set()
    for one in module.functions:
        for node in one.decorator_list:
            name = node.func if isinstance(node, ast.Call) else node
            if getattr(name, "id", getattr(name, "attr", "")) == "hookimpl":
                found.add(one.name)
    return found


def _tops(modules: Sequence[Module]) -> set[str]:
    return {name.partition(".")[0] for one in modules for _, name in one.imports()}


def _imports(modules: Sequence[Module], package: str) -> set[str]:
    return _tops(modules) - sys.stdlib_module_names - _OURS - {package}


def _statements(module: Module) -> int:
    return sum(
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(STATEMENT.match(node.value))
        for node in ast.walk(module.tree)
    )
