"""Checks of who may do what, and of what the trail says was done."""

import ast
import re
from collections.abc import Iterator

from core.conformance.browsing import guards_of
from core.conformance.check import Level, Shelf
from core.conformance.sources import Constants, Module, called
from core.conformance.subject import Subject
from core.http import guards
from core.text import Text

SHELF = Shelf()

_GUARDS = (guards.public, guards.signed_in, guards.officer)
_ASKING = {"allow", "need", "may"}
# Where permissions are declared and proposed, not used.
_DECLARED = re.compile(r"permissions|roles|settings", re.IGNORECASE)


@SHELF.check(
    "permissions.guarded",
    Level.BRONZE,
    Text("ทุกหน้ามีผู้เฝ้า", "Every handler has a guard"),
    Text(
        "ใส่ guards=[public], [signed_in], [officer] หรือ [allow(…)] ทุก handler",
        "Give each handler guards=[public], [signed_in], [officer] or [allow(…)].",
    ),
)
def guarded(subject: Subject) -> Iterator[str]:
    """Each handler names one of the core's guards."""
    for way, found in guards_of(subject).items():
        if not any(one in _GUARDS or hasattr(one, "permission") for one in found):
            yield f"{way} has no guard"


@SHELF.check(
    "permissions.declared",
    Level.BRONZE,
    Text("สิทธิที่ใช้ประกาศไว้แล้ว", "Permissions that it asks for are declared"),
    Text("ประกาศสิทธิใน MANIFEST.permissions", "Declare the permission in MANIFEST.permissions."),
)
def declared(subject: Subject) -> Iterator[str]:
    """What guards and services ask for is a permission of its own or of the kit's."""
    known = {right for one in subject.host.plugins.values() for right in one.permissions}
    known |= set(subject.manifest.permissions)
    texts = Constants(subject.modules)
    for way, found in guards_of(subject).items():
        for guard in found:
            right = getattr(guard, "permission", None)
            if right is not None and right not in known:
                yield f"{way} asks for {right!r}"
    for module in subject.modules:
        for call in module.calls:
            if called(call) not in _ASKING or not call.args:
                continue
            asked = texts.read(module, call.args[-1])
            if asked is not None and "." in asked and asked not in known:
                yield f"{module.at(call)} asks for {asked!r}"


@SHELF.check(
    "permissions.used",
    Level.SILVER,
    Text("สิทธิที่ประกาศถูกใช้ทุกข้อ", "Every permission that it declares is asked for"),
    Text("ลบสิทธิที่ไม่มีใครถาม หรือใช้ใน guard หรือ need", "Remove it, or ask for it."),
)
def used(subject: Subject) -> Iterator[str]:
    """No permission is declared for nothing."""
    texts = Constants(subject.modules)
    asked = {
        getattr(guard, "permission", None)
        for found in guards_of(subject).values()
        for guard in found
    }
    for right in subject.manifest.permissions:
        names = texts.called(right)
        if right not in asked and not any(_uses(one, right, names) for one in subject.modules):
            yield f"nothing asks for {right!r}"


def _uses(module: Module, right: str, names: set[str]) -> bool:
    """Return whether a module names a permission elsewhere than where it is declared."""
    declaring = {
        id(one)
        for node in ast.walk(module.tree)
        if (value := _declares(node, names)) is not None
        for one in ast.walk(value)
    }
    for node in ast.walk(module.tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name):
                said = name in names
            case ast.Constant(value=str(text)):
                said = text == right
            case _:
                said = False
        if said and id(node) not in declaring:
            return True
    return False


def _declares(node: ast.AST, names: set[str]) -> ast.expr | None:
    """Return what only says which permissions there are, and who is to have them."""
    match node:
        case ast.keyword(arg=str(name), value=value) if _DECLARED.fullmatch(name):
            return value
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return value if _DECLARED.fullmatch(name) or name in names else None
        case ast.Assign(targets=[ast.Tuple()], value=value):
            return value
    return None


@SHELF.check(
    "permissions.proposed",
    Level.PLATINUM,
    Text("ทุกสิทธิเสนอให้บทบาทใดบทบาทหนึ่ง", "Every permission is proposed to a role"),
    Text(
        "เพิ่มสิทธิใน MANIFEST.roles ถ้าไม่เพิ่ม จะไม่มีใครใช้ได้จนกว่าหน่วยงานกำหนดเอง",
        "Name it in MANIFEST.roles, or nobody has it until the office gives it.",
    ),
)
def proposed(subject: Subject) -> Iterator[str]:
    """After switching it on somebody may do it."""
    given = {right for rights in subject.manifest.roles.values() for right in rights}
    for right in subject.manifest.permissions:
        if right not in given:
            yield f"no role is to have {right!r}"


@SHELF.check(
    "actions.worded",
    Level.SILVER,
    Text("การกระทำในบันทึกมีคำอธิบาย", "What it records is told in words"),
    Text("ประกาศการกระทำใน MANIFEST.actions สองภาษา", "Declare the action in MANIFEST.actions."),
)
def worded(subject: Subject) -> Iterator[str]:
    """Each action that is recorded has its words."""
    actions, texts = subject.manifest.actions, Constants(subject.modules)
    own = re.compile(rf"{subject.name}\.[a-z0-9_]+\.[a-z0-9_]+")
    for module in subject.modules:
        for call in module.calls:
            if called(call) == "record" and len(call.args) >= 2:
                action = texts.read(module, call.args[1])
                if action is not None and own.fullmatch(action) and action not in actions:
                    yield f"{module.at(call)} records {action!r}"


@SHELF.check(
    "actions.recorded",
    Level.GOLD,
    Text("การเปลี่ยนแปลงถูกบันทึก", "What it changes is recorded"),
    Text(
        "เรียก audit.record ในธุรกรรมเดียวกับการเปลี่ยนแปลง",
        "Call audit.record in the transaction of the change.",
    ),
)
def recorded(subject: Subject) -> Iterator[str]:
    """A plugin whose handlers change something records actions."""
    changes = any(not way.startswith("GET") for way in guards_of(subject)) or bool(
        subject.given("register_tables")
    )
    if changes and not any(
        called(call) == "record" for module in subject.modules for call in module.calls
    ):
        yield "it changes rows and records nothing"
