"""Checks of how a plugin joins in."""

import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from typing import Any

from core import hooks
from core.conformance.check import Level, Shelf
from core.conformance.subject import Subject
from core.conformance.trial import Trial
from core.context import EVERYWHERE, STRANGER, Actor
from core.db import new_id
from core.results import result_of
from core.text import Text

SHELF = Shelf()

LONGEST = 5  # statements of an implementation in plugin.py
_AREAS = ("public", "desk", "my")


@SHELF.check(
    "hooks.spelt",
    Level.BRONZE,
    Text("ฮุกมีอยู่จริงและรับอาร์กิวเมนต์ที่มี", "Hooks exist and take what there is"),
    Text("เทียบชื่อและอาร์กิวเมนต์กับ docs/hooks.md", "Compare names and arguments with docs/hooks.md."),
)
def spelt(subject: Subject) -> Iterator[str]:
    """Each implementation has a hook, its arguments, and waits as it does."""
    known = subject.host.budgets
    for name, function in _implemented(subject):
        if name not in known:
            yield f"there is no hook {name!r}"
            continue
        spec = subject.host.spec(name)
        for argument in inspect.signature(function).parameters:
            if argument not in inspect.signature(spec).parameters:
                yield f"{name} has no argument {argument!r}"
        if inspect.iscoroutinefunction(function) != inspect.iscoroutinefunction(spec):
            yield f"{name} is {'async def' if inspect.iscoroutinefunction(spec) else 'def'}"


@SHELF.check(
    "hooks.annotated",
    Level.SILVER,
    Text("ฮุกระบุชนิดผลลัพธ์ตามข้อกำหนด", "Hooks say the type that they return"),
    Text("ใส่ชนิดผลลัพธ์เดียวกับใน docs/hooks.md", "Annotate the result as docs/hooks.md does."),
)
def annotated(subject: Subject) -> Iterator[str]:
    """Each implementation is annotated with a result."""
    for name, function in _implemented(subject):
        if inspect.signature(function).return_annotation is inspect.Signature.empty:
            yield f"{name} does not say what it returns"


@SHELF.check(
    "hooks.short",
    Level.SILVER,
    Text("ฮุกใน plugin.py สั้น", "Hooks in plugin.py are short"),
    Text("ย้ายงานไปไว้ในห้อง service", "Move the work into the room service."),
)
def short(subject: Subject) -> Iterator[str]:
    """Each implementation has a few statements."""
    names = {name for name, _ in _implemented(subject)}
    for module in subject.modules:
        for function in module.functions if module.room == "plugin" else ():
            if function.name in names and len(function.body) - 1 > LONGEST:
                yield f"{module.at(function)}: {function.name} has {len(function.body) - 1} steps"


@SHELF.check(
    "hooks.answered",
    Level.BRONZE,
    Text("ผลลัพธ์ของฮุกเป็นชนิดที่กำหนด", "Hooks return what they should"),
    Text("คืนค่าชนิดที่ docs/hooks.md กำหนด", "Return the type that docs/hooks.md says."),
)
async def answered(trial: Trial) -> AsyncIterator[str]:
    """Links and cards are of the right type, for everybody."""
    plugins = trial.here.host.plugins.values()
    everything = {right: EVERYWHERE for one in plugins for right in one.permissions}
    officer = Actor(kind="officer", id=new_id(), name="Officer", permissions=everything)
    for actor in (STRANGER, officer):
        ctx = replace(trial.here, actor=actor)
        for hook, facts in _asked():
            for answer in await ctx.host.ask(ctx, hook, only=trial.name, **facts):
                if answer.problem is not None:
                    yield f"{hook}({facts}): {type(answer.problem).__name__}: {answer.problem}"


@SHELF.check(
    "hooks.started",
    Level.BRONZE,
    Text("ฮุกตอนเริ่มให้ค่าถูกชนิดและไม่ล้มเหลว", "Hooks of the start give the right types"),
    Text("แก้ฮุก register_… ตามเหตุผลที่แจ้ง", "Mend the register_… hook that is named."),
)
def started(subject: Subject) -> Iterator[str]:
    """What is given once at the start is of the right type."""
    for name, function in _implemented(subject):
        if subject.host.budgets.get(name, 0.0) is not None:
            continue
        try:
            result_of(subject.host.spec(name)).check(function())
        except Exception as problem:
            yield f"{name}: {type(problem).__name__}: {problem}"


def _implemented(subject: Subject) -> Iterator[tuple[str, Callable[..., Any]]]:
    plugin = subject.plugin
    for name, function in inspect.getmembers(plugin, inspect.isfunction) if plugin else ():
        if hasattr(function, f"{hooks.PROJECT}_impl"):
            yield name, function


def _asked() -> Iterator[tuple[str, dict[str, str]]]:
    for area in _AREAS:
        yield "cards_for_home", {"area": area}
        yield "links_for_navigation", {"area": area}
    yield "page_for_home", {}
    yield "further_factors", {}
    yield "ways_to_sign_in", {"next": ""}
