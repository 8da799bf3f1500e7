"""Checks of what a plugin imports."""

import ast
import importlib
from collections.abc import Collection, Iterator

from core.conformance.check import Level, Shelf
from core.conformance.subject import Subject
from core.text import Text

SHELF = Shelf()

# Which rooms a room of a plugin may import.
ROOMS: dict[str, frozenset[str]] = {
    "plugin": frozenset({"routes", "forms", "service", "services", "hooks", "piccolo_app"}),
    "routes": frozenset({"forms", "rules", "service"}),
    "service": frozenset({"rules", "tables", "services"}),
    "services": frozenset({"rules"}),
    "forms": frozenset({"rules"}),
    "rules": frozenset(),
    "hooks": frozenset(),
    "tables": frozenset({"rules"}),
    "piccolo_app": frozenset({"tables"}),
    "demo": frozenset({"service", "services", "rules"}),
}
_FLOORS = ("plugins", "contrib", "tests", "tools")


@SHELF.check(
    "imports.core",
    Level.BRONZE,
    Text("ใช้แกนกลางผ่าน core.api เท่านั้น", "It sees the core through core.api"),
    Text("นำเข้าจาก core.api เฉพาะชื่อที่เปิดไว้", "Import public names of core.api only."),
)
def core(subject: Subject) -> Iterator[str]:
    """Names of the core come from its API and are public there."""
    public = [[name] for name in _public("core.api")]
    for module in subject.modules:
        for node, name in module.imports():
            parts = name.split(".")
            if parts[0] == "core" and (parts[1:2] != ["api"] or parts[2:] not in public):
                yield f"{module.at(node)} imports {name}"


@SHELF.check(
    "imports.kit",
    Level.BRONZE,
    Text("เข้าห้องของ kit ทางชื่อที่เปิดไว้", "It enters rooms of the kit by their public names"),
    Text("นำเข้าเฉพาะชื่อใน __all__ ของห้องนั้น", "Import only names in the room's __all__."),
)
def kit(subject: Subject) -> Iterator[str]:
    """Names of the kit are public in their room."""
    for module in subject.modules:
        for node, name in module.imports():
            parts = name.split(".")
            if parts[0] != "kit" or len(parts) == 2:
                continue
            if len(parts) != 3 or parts[2] not in _public(f"kit.{parts[1]}"):
                yield f"{module.at(node)} imports {name}"


def _public(module: str) -> Collection[str]:
    try:
        names: Collection[str] = importlib.import_module(module).__all__
    except (ImportError, AttributeError):
        return ()
    return names


@SHELF.check(
    "imports.others",
    Level.BRONZE,
    Text("ไม่นำเข้าปลั๊กอินอื่น", "It imports no other plugin"),
    Text("ติดต่อกันด้วยฮุกและรหัส ไม่ใช่การนำเข้า", "Reach others by hooks and ids, not by imports."),
)
def others(subject: Subject) -> Iterator[str]:
    """Nothing of other plugins, of tests or of tools is imported."""
    packages = {str(one.module).rpartition(".")[0] for one in subject.found}
    for module in subject.modules:
        for node, name in module.imports():
            own = name == subject.package or name.startswith(f"{subject.package}.")
            foreign = name.partition(".")[0] in _FLOORS or any(
                name.startswith(f"{one}.") for one in packages if one and one[:4] != "kit."
            )
            if foreign and not own:
                yield f"{module.at(node)} imports {name}"


@SHELF.check(
    "imports.rooms",
    Level.SILVER,
    Text("ห้องภายในเรียกกันทางเดียว", "Inside it, arrows run one way"),
    Text(
        "routes → forms, rules, service; service → rules, tables; rules → ไม่มี",
        "routes → forms, rules, service; service → rules, tables; rules → nothing.",
    ),
)
def rooms(subject: Subject) -> Iterator[str]:
    """A room imports only those below it."""
    for module in subject.modules:
        if module.room and module.room not in ROOMS:
            yield f"{module.inside.as_posix()}: there is no room {module.room!r}"
            continue
        for node, name in module.imports() if module.room else ():
            rest = name.removeprefix(f"{subject.package}.")
            room = rest.partition(".")[0]
            if rest != name and room != module.room and room not in ROOMS[module.room]:
                yield f"{module.at(node)}: {module.room} imports {room}"


@SHELF.check(
    "imports.top",
    Level.SILVER,
    Text("การนำเข้าอยู่ต้นไฟล์และเต็มชื่อ", "Imports stand at the top and are absolute"),
    Text("ย้าย import ไปต้นไฟล์และเขียนชื่อเต็ม", "Move imports to the top, with whole names."),
)
def top(subject: Subject) -> Iterator[str]:
    """No import is relative or inside a function."""
    for module in subject.modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                yield f"{module.at(node)} is relative"
        for function in module.functions:
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield f"{module.at(node)} is inside a function"
