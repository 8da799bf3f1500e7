"""What an administrator decides on the pages of the catalog, done and written down."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from core import audit, db, jobs
from core.catalog.client import CatalogRefused
from core.catalog.following import NOTE
from core.catalog.installed import Held
from core.catalog.installing import InstallRefused, go_back, install, pin, remove
from core.catalog.offering import Deed
from core.catalog.policy import read_policy
from core.catalog.returning import demand_way_back
from core.catalog.starting import ask_for_start
from core.context import Context
from core.errors import Conflict, NotAllowed
from core.text import Text

_ELSEWHERE = Text(
    "ระบบนี้ให้ผู้ดูแลระบบกลางเป็นผู้ติดตั้งโมดูล แจ้งชื่อโมดูลที่ต้องการได้",
    "Modules are installed here by the operator. Tell them which one you need.",
)
_REFUSED = Text("ทำไม่ได้ และไม่มีอะไรเปลี่ยน", "It was not done, and nothing was changed.")

_ACTIONS: Mapping[Deed, str] = {
    "install": "core.plugin.installed",
    "update": "core.plugin.installed",
    "back": "core.plugin.returned",
    "remove": "core.plugin.taken_away",
    "start": "core.plugin.started",
}
_WORK: Mapping[Deed, Callable[[Path, str, datetime], Held | None]] = {
    "install": lambda data, name, now: install(data, name, None, now),
    "update": lambda data, name, now: install(data, name, None, now, update=True),
    "back": lambda data, name, _: go_back(data, name),
    "remove": lambda data, name, _: remove(data, name),
    "pin": lambda data, name, _: pin(data, name, pinned=True),
    "unpin": lambda data, name, _: pin(data, name, pinned=False),
    "start": lambda data, _, now: ask_for_start(data, now),
}
DEEDS = frozenset(_WORK)


class NotDone(Conflict):
    """It was refused, and nothing was changed.

    :param cause: for whoever runs the installation, in English.
    """

    def __init__(self, cause: str) -> None:
        super().__init__(_REFUSED)
        self.cause = cause


async def decide(ctx: Context, url: str, name: str, deed: Deed) -> None:
    """Do what was decided about a plugin of the catalog; other municipalities' trails tell it, too.

    :param url: of the database's owner.
    :raises NotAllowed: administrators of this municipality do not install here.
    :raises NotDone: it is refused.
    """
    policy = read_policy(ctx.settings.data)
    if policy is None or ctx.tenant.id not in policy.deciders:
        raise NotAllowed(_ELSEWHERE)
    data = ctx.settings.data
    try:
        if deed == "back":
            await demand_way_back(data, url, name)
        held = await asyncio.to_thread(_WORK[deed], data, name, ctx.now)
    except (CatalogRefused, InstallRefused) as problem:
        raise NotDone(str(problem)) from problem
    if deed in _ACTIONS:
        await _write_down(ctx, _ACTIONS[deed], name, held.version if held else "")


async def _write_down(ctx: Context, action: str, name: str, version: str) -> None:
    async with db.transaction(ctx):
        await audit.record(ctx, action, f"plugin/{name}", version=version)
    facts = {"action": action, "plugin": name, "version": version, "reason": ""}
    async with db.across_tenants() as connection:
        for row in await connection.fetch("SELECT id FROM core.tenant ORDER BY id"):
            if row["id"] != ctx.tenant.id:
                await jobs.defer_for(row["id"], NOTE, facts)
