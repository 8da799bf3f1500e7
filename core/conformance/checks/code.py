"""Checks of what code does that it should not."""

import ast
import re
from collections.abc import Iterator

from core.conformance.check import Level, Shelf
from core.conformance.sources import Function, Module, called
from core.conformance.subject import Subject
from core.text import Text

SHELF = Shelf()

_CLOCK = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
_CLOCK |= {("time", "time"), ("time", "time_ns"), ("time", "localtime")}
_DANGEROUS = frozenset({"eval", "exec", "compile", "__import__"})
_PROCESSES = frozenset(
    {"subprocess", "multiprocessing", "threading", "ctypes", "pickle", "marshal"}
)
_QUERIES = frozenset({"objects", "select", "count", "exists", "update", "delete"})
_SESSION = re.compile(
    r"^\s*(set|reset|begin|commit|rollback\s*;|listen|notify|copy)\b|set_config", re.IGNORECASE
)


@SHELF.check(
    "code.parsed",
    Level.BRONZE,
    Text("โค้ดทุกไฟล์อ่านได้", "Every module can be read"),
    Text("แก้ไวยากรณ์ของไฟล์ที่ระบุ", "Mend the syntax of the module that is named."),
)
def parsed(subject: Subject) -> Iterator[str]:
    """Each module is Python."""
    for module in subject.modules:
        try:
            ast.parse(module.text)
        except SyntaxError as problem:
            yield f"{module.inside.as_posix()}: {problem}"


@SHELF.check(
    "code.clock",
    Level.SILVER,
    Text("ไม่อ่านนาฬิกาเอง", "It does not read the clock"),
    Text("ใช้ ctx.now และ ctx.today", "Use ctx.now and ctx.today."),
)
def clock(subject: Subject) -> Iterator[str]:
    """The moment comes from the context."""
    for module in subject.modules:
        for node in ast.walk(module.tree):
            match node:
                case ast.Call(func=ast.Attribute(value=value, attr=verb)):
                    owner = value.id if isinstance(value, ast.Name) else getattr(value, "attr", "")
                    if (owner, verb) in _CLOCK:
                        yield f"{module.at(node)} calls {owner}.{verb}"


@SHELF.check(
    "code.environment",
    Level.BRONZE,
    Text("ไม่อ่านตัวแปรสภาพแวดล้อม", "It does not read the environment"),
    Text(
        "ใช้ MANIFEST.settings ซึ่งหน่วยงานตั้งเองได้",
        "Use MANIFEST.settings, which each office sets for itself.",
    ),
)
def environment(subject: Subject) -> Iterator[str]:
    """Nothing is taken from environment variables."""
    for module in subject.modules:
        for node in ast.walk(module.tree):
            name = getattr(node, "attr", getattr(node, "id", ""))
            if isinstance(node, ast.Attribute | ast.Name) and name in ("environ", "getenv"):
                yield f"{module.at(node)} reads the environment"


@SHELF.check(
    "code.contained",
    Level.BRONZE,
    Text("ไม่เรียกใช้โค้ดจากข้อความ ไม่เริ่มโปรเซสหรือเธรด", "It starts no code, process or thread"),
    Text(
        "ใช้งานเบื้องหลังของระบบ (register_jobs, defer) แทน",
        "Use the platform's work in the background (register_jobs, defer) instead.",
    ),
)
def contained(subject: Subject) -> Iterator[str]:
    """No eval, no processes, no threads, no pickles."""
    for module in subject.modules:
        for call in module.calls:
            if isinstance(call.func, ast.Name) and call.func.id in _DANGEROUS:
                yield f"{module.at(call)} calls {call.func.id}"
        for node, name in module.imports():
            if name.partition(".")[0] in _PROCESSES:
                yield f"{module.at(node)} imports {name}"


@SHELF.check(
    "code.caught",
    Level.SILVER,
    Text("ไม่กลืนข้อผิดพลาด", "It swallows no errors"),
    Text("ระบุชนิดข้อผิดพลาดที่แคบที่สุด", "Name the narrowest class in except."),
)
def caught(subject: Subject) -> Iterator[str]:
    """No bare except, and none that passes on everything."""
    for module in subject.modules:
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.ExceptHandler):
                continue
            wide = node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
            silent = all(isinstance(one, ast.Pass | ast.Continue) for one in node.body)
            if node.type is None or (wide and silent):
                yield f"{module.at(node)} catches everything"


@SHELF.check(
    "code.statements",
    Level.BRONZE,
    Text("คำสั่ง SQL เกี่ยวกับแถวเท่านั้น", "Its statements are about rows"),
    Text("ลบคำสั่งที่เปลี่ยนบทบาทหรือธุรกรรม", "Leave role, session and transaction to the core."),
)
def statements(subject: Subject) -> Iterator[str]:
    """No statement is about the session."""
    verbs = {"execute", "fetch", "fetchrow", "fetchval"}
    for module in subject.modules:
        for call in module.calls:
            said = call.args[0] if call.args and called(call) in verbs else None
            if isinstance(said, ast.Constant) and _SESSION.search(str(said.value)):
                yield f"{module.at(call)}: {said.value!r}"


@SHELF.check(
    "rows.bound",
    Level.BRONZE,
    Text("ทุกคำสั่งค้นผูกกับหน่วยงานเดียว", "Every query is of one municipality"),
    Text("เริ่มเงื่อนไขด้วย <ตาราง>.of(ctx)", "Begin the condition with <Table>.of(ctx)."),
)
def bound(subject: Subject) -> Iterator[str]:
    """Each query of a tenant's table names the municipality."""
    tables = _tables(subject)
    for module in subject.modules:
        for function in module.functions:
            inside = ast.unparse(function)
            for node in ast.walk(function):
                match node:
                    case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=verb)):
                        if name in tables and verb in _QUERIES and f"{name}.of(" not in inside:
                            yield f"{module.at(node)} asks {name} without {name}.of(ctx)"


def _tables(subject: Subject) -> set[str]:
    return {name for module in subject.modules for name in _tables_in(module)}


def _tables_in(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        bases = node.bases if isinstance(node, ast.ClassDef) else []
        if any(ast.unparse(base).endswith("OfTenant") for base in bases):
            yield getattr(node, "name", "")


@SHELF.check(
    "code.told",
    Level.GOLD,
    Text("ทุกโมดูล คลาส และฟังก์ชันมีคำอธิบาย", "Modules, classes and functions say what they are"),
    Text("เขียน docstring ให้สิ่งที่ระบุ", "Write a docstring for what is named."),
)
def told(subject: Subject) -> Iterator[str]:
    """What is public has a docstring."""
    for module in subject.modules:
        for node in _public(module.tree):
            if not ast.get_docstring(node):
                yield f"{module.at(node)}: {getattr(node, 'name', 'the module')}"


def _public(
    node: ast.Module | ast.ClassDef | Function,
) -> Iterator[ast.Module | ast.ClassDef | Function]:
    """Yield what others can reach: a module, its classes and functions, those of its classes."""
    yield node
    for one in node.body if isinstance(node, ast.Module | ast.ClassDef) else ():
        if isinstance(one, ast.ClassDef | Function) and not one.name.startswith("_"):
            yield from _public(one)
