"""A plugin that notes every call of its code, by its time and municipality.

It is installed under several names; some of them need others.
"""

import os
import time
from pathlib import Path
from typing import Any

from litestar import Router, get

from core.api import Ctx, Job, Manifest, NavItem, Text, defer, hookimpl, public, transaction

NAME: str = __name__
NEEDS: tuple[str, ...] = {"child": ("elder",), "grandchild": ("child", "elder")}.get(NAME, ())
FOLDER = Path(os.environ["PARKS"])
MANIFEST = Manifest(name=NAME, title=Text(NAME, NAME), needs=NEEDS)


def note(ctx: Any, what: str) -> None:
    line = f"{time.time()} {NAME} {ctx.tenant.id} {what}\n"
    with (FOLDER / f"witness.{os.getpid()}").open("a", encoding="utf-8") as file:
        file.write(line)


@get("/hello", guards=[public])
async def hello(ctx: Ctx) -> str:
    note(ctx, "page")
    return NAME


@get("/work", guards=[public])
async def work(ctx: Ctx) -> str:
    async with transaction(ctx):
        await defer(ctx, f"{NAME}.work")
    return "deferred"


async def run(ctx: Any) -> None:
    note(ctx, "job")


@hookimpl
def register_routes() -> Any:
    return [Router(f"/{NAME}", route_handlers=[hello, work])]


@hookimpl
def register_jobs() -> Any:
    return [Job(name=f"{NAME}.work", run=run)]


@hookimpl
async def links_for_navigation(ctx: Any, area: str) -> Any:
    note(ctx, "links")
    return [NavItem(Text(NAME, NAME), f"/{NAME}/hello")]


@hookimpl
async def cards_for_home(ctx: Any, area: str) -> Any:
    note(ctx, "cards")
    return []


@hookimpl
async def on_plugin_switched(ctx: Any) -> None:
    note(ctx, "event")
