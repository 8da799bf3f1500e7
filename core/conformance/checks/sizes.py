"""Checks that nothing grows past the size at which it is split."""

import ast
from collections.abc import Iterator

from core.conformance.check import Level, Shelf
from core.conformance.sources import Function
from core.conformance.subject import Subject
from core.text import Text

SHELF = Shelf()

MODULE, PLUGIN, FUNCTION, HANDLER = 300, 200, 40, 20
_HANDLERS = {"get", "post", "put", "patch", "delete"}
_BANNED = {"utils", "helpers", "common", "misc", "base", "manager", "handler"}


@SHELF.check(
    "sizes.modules",
    Level.SILVER,
    Text("โมดูลไม่เกิน 300 บรรทัด", "Modules have at most 300 lines, plugin.py 200"),
    Text("แยกโมดูลตามหน้าที่", "Split the module by what it does."),
)
def modules(subject: Subject) -> Iterator[str]:
    """No module is too long."""
    for module in subject.modules:
        most, lines = PLUGIN if module.room == "plugin" else MODULE, module.text.count("\n")
        if lines > most:
            yield f"{module.inside.as_posix()} has {lines} lines, of at most {most}"


@SHELF.check(
    "sizes.functions",
    Level.SILVER,
    Text("ฟังก์ชันไม่เกิน 40 บรรทัด", "Functions have at most 40 lines, handlers 20"),
    Text("แยกฟังก์ชัน หรือย้ายงานไปที่ service", "Split the function, or move work to service."),
)
def functions(subject: Subject) -> Iterator[str]:
    """No function is too long."""
    for module in subject.modules:
        for function in module.functions:
            most = HANDLER if any(map(_routed, function.decorator_list)) else FUNCTION
            if (length := _length(function)) > most:
                yield f"{module.at(function)}: {function.name} has {length} lines"


def _length(function: Function) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if not body or function.end_lineno is None:
        return 0
    return function.end_lineno - body[0].lineno + 1


def _routed(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Name) and called.id in _HANDLERS


@SHELF.check(
    "sizes.names",
    Level.SILVER,
    Text("ชื่อโมดูลบอกเรื่องที่ทำ", "Modules are called after what they do"),
    Text("ใช้คำของงาน ไม่ใช่ utils หรือ helpers", "Use the trade's word, not utils or helpers."),
)
def names(subject: Subject) -> Iterator[str]:
    """No module is called by a word that says nothing."""
    for module in subject.modules:
        for part in module.inside.parts:
            if part.removesuffix(".py") in _BANNED:
                yield f"{module.inside.as_posix()} says nothing by its name"
