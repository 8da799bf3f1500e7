"""A plugin that implements every hook there is, and does what it is told in one of them."""

import asyncio
import inspect
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, get_type_hints

from litestar import Router, get
from piccolo.conf.apps import AppConfig

from core.api import Card, Manifest, NavItem, Text, hookimpl, public, transaction
from core.discovery import Found
from core.hooks import PROJECT
from core.host import Host
from core.notifications.message import Channel, Message
from kit.casework import Applying, Outcome, Post, Service, Step
from kit.thai import WorkingDays
from tests.core.faults import values

NAME = "faulty"
TITLE = Text("โมดูลที่ทำผิด", "Faulty")
PART = "ส่วนของโมดูลที่ทำผิด"
EVERYWHERE = "*"

# What to do wrong, by municipality and hook. At the start nobody knows a municipality.
ORDERS: dict[tuple[str, str], str] = {}
# Connections that it never gave back.
KEPT: list[Any] = []

RAISES, HANGS, OTHER, WITHIN, HUGE, BLOCKS, LEAKS = FAULTS = (
    "raises",
    "hangs",
    "returns another type",
    "returns another type within the right one",
    "returns a huge result",
    "blocks the event loop",
    "leaks a connection",
)
_WRONG: Mapping[str, Callable[[Any], Any]] = {
    OTHER: values.of_another_type,
    WITHIN: values.wrong_within,
    HUGE: values.far_too_much,
}

SERVICE = Service(
    code="faulty.try",
    title=Text("ขอทดลองโมดูลที่ทำผิด", "Try the faulty one"),
    summary=Text("ทดลอง", "Try it"),
    unit="clerk",
    applying=Applying.ANYBODY,
    steps=(
        Step(
            "sign",
            Text("ลงนาม", "Sign"),
            Post.MAYOR,
            WorkingDays(1),
            ends=(Outcome.APPROVED, Outcome.REFUSED),
        ),
    ),
    within=WorkingDays(3),
)
GREETING = Message("faulty.greeting", Text("สวัสดี", "Hello"), Text("ทดลอง", "A trial"))


@get("/", guards=[public])
async def _page() -> str:
    return PART


def _sound(folder: Path) -> dict[str, Callable[[], Any]]:
    """Return what it gives where it does right and nothing would show nothing."""
    return {
        "register_routes": lambda: [Router("/faulty", route_handlers=[_page])],
        "register_tables": lambda: AppConfig(app_name=NAME, migrations_folder_path=str(folder)),
        "register_papers": lambda: folder,
        "register_holidays": lambda: lambda _year: [],
        "register_services": lambda: (SERVICE,),
        "register_messages": lambda: [GREETING],
        "register_channels": lambda: [Channel(NAME, TITLE, "phone")],
        "links_for_navigation": lambda: [NavItem(Text(PART, "Its part"), "/faulty")],
        "cards_for_home": lambda: [
            Card(Text(PART, "Its part"), TITLE, "/faulty", Text("ไป", "Go"), order=1)
        ],
    }


def _fail(fault: str, promised: Any) -> Any:
    """Do wrong what a plain function can; another one has nothing to wait for."""
    if fault == RAISES:
        raise RuntimeError("on purpose")
    if fault in (HANGS, BLOCKS):
        time.sleep(600)
    if fault == LEAKS:
        KEPT.append(asyncio.get_running_loop().create_task(asyncio.sleep(600)))
    return _WRONG[fault](promised)


async def _leak(ctx: Any) -> None:
    opened = transaction(ctx)
    KEPT.append(opened)
    connection = await opened.__aenter__()
    await connection.fetch("SELECT 1")


# As an author writes it: the host goes by the names of the arguments.
_AWAITED = """
async def {name}({arguments}):
    return await _do(ctx, {name!r})
"""
_PLAIN = """
def {name}():
    return _begin({name!r})
"""


def make_plugin(host: Host, folder: Path) -> Found:
    """Return the plugin, written from the specs of all hooks of an installation.

    :param host: knows the specs.
    :param folder: of its migrations and papers.
    """
    module: Any = ModuleType(NAME)
    module.MANIFEST = Manifest(name=NAME, title=TITLE)
    promised = {name: get_type_hints(host.spec(name)).get("return", Any) for name in host.hooks}
    right: dict[str, Callable[[], Any]] = {
        name: partial(values.of_nothing, promised[name]) for name in host.hooks
    }
    right |= _sound(folder)

    async def do(ctx: Any, name: str) -> Any:
        fault = ORDERS.get((ctx.tenant.id, name))
        if fault == HANGS:
            await asyncio.sleep(600)
        if fault == LEAKS:
            await _leak(ctx)
        return right[name]() if fault in (None, LEAKS) else _fail(fault, promised[name])

    def begin(name: str) -> Any:
        fault = ORDERS.get((EVERYWHERE, name))
        return right[name]() if fault is None else _fail(fault, promised[name])

    for name in host.hooks:
        spec = host.spec(name)
        text = _AWAITED if inspect.iscoroutinefunction(spec) else _PLAIN
        arguments = ", ".join(inspect.signature(spec).parameters)
        names: dict[str, Any] = {"_do": do, "_begin": begin}
        exec(text.format(name=name, arguments=arguments), names)  # noqa: S102
        setattr(module, name, hookimpl(names[name]))
    return Found(NAME, module)


def implemented(plugin: Found) -> frozenset[str]:
    """Return the names of the hooks that a made plugin implements."""
    return frozenset(
        name for name, one in vars(plugin.module).items() if hasattr(one, f"{PROJECT}_impl")
    )
