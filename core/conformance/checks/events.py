"""Checks of what a plugin does when something has happened: at least once, and off and on."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, get_type_hints
from uuid import UUID

import httpx

from core.conformance.check import Level, Shelf
from core.conformance.trial import Trial
from core.conformance.watching import WATCH
from core.db import new_id
from core.text import Text

SHELF = Shelf()

_AT_ONCE = 4  # pages that are under way then
_SLOW = 0.03  # seconds by which statements are kept back while the switch is thrown
_MOMENT = datetime(2026, 11, 20, 3, 42, tzinfo=UTC)


@SHELF.check(
    "events.strange",
    Level.SILVER,
    Text("ไม่ล้มเหลวเมื่อทราบเหตุการณ์ที่ไม่ใช่ของตน", "It bears events that are none of its business"),
    Text(
        "ดูรหัสบริการก่อนอ่านเรื่อง และข้ามสิ่งที่ไม่ใช่ของตน",
        "Look at the service's code first, and pass over what is not yours.",
    ),
)
async def strange(trial: Trial) -> AsyncIterator[str]:
    """What is told of somebody else's case, paper or plugin does no harm."""
    before = await trial.rows()
    for hook in _heard(trial):
        try:
            await trial.tell(hook, new_id(), **_facts(trial, hook))
        except Exception as problem:
            yield f"{hook}: {type(problem).__name__}: {problem}"
    if await trial.rows() != before:
        yield "it changed rows for what is none of its business"


@SHELF.check(
    "events.twice",
    Level.GOLD,
    Text("ทราบเหตุการณ์เดิมซ้ำแล้วไม่เกิดผลซ้ำ", "An event that comes twice has no second effect"),
    Text(
        "ใช้ event หรือรหัสเรื่องเป็นกุญแจ และ add(…, unless=…)",
        "Keep event or an id as a key, and add(…, unless=…).",
    ),
)
async def twice(trial: Trial) -> AsyncIterator[str]:
    """Hearing again that it was switched on changes nothing and does not fail."""
    for hook in _heard(trial):
        facts = {**_facts(trial, hook)} | ({"plugin": trial.name} if hook == _SWITCHED else {})
        event = new_id()
        try:
            await trial.tell(hook, event, **facts)
            before = await trial.rows()
            await trial.tell(hook, event, **facts)
        except Exception as problem:
            yield f"{hook}: {type(problem).__name__}: {problem}"
            continue
        if await trial.rows() != before:
            yield f"{hook}: the second delivery changed rows again"


_SWITCHED = "on_plugin_switched"


def _heard(trial: Trial) -> Iterator[str]:
    host = trial.runtime.host
    for hook in sorted(host.budgets):
        if hook.startswith("on_") and trial.name in host.listeners(hook):
            yield hook


def _facts(trial: Trial, hook: str) -> Mapping[str, Any]:
    """Return facts of an event of something that is none of the plugin's."""
    spec = trial.runtime.host.spec(hook)
    types = get_type_hints(spec)
    names = [one for one in inspect.signature(spec).parameters if one not in ("ctx", "event")]
    return {name: _fact(types[name]) for name in names}


def _fact(kind: Any) -> Any:
    samples: dict[Any, Any] = {UUID: new_id(), str: "other.thing", bool: True, int: 1}
    return samples.get(kind, _MOMENT)


@SHELF.check(
    "switch.off",
    Level.BRONZE,
    Text("ปิดแล้วหน้าทุกหน้าหายไป เปิดแล้วกลับมา", "Off it is not there; on again it is"),
    Text("อย่าลงทะเบียนหน้าหรือฮุกด้วยทางอื่นนอกจากระบบ", "Serve pages by register_routes only."),
)
async def off(trial: Trial) -> AsyncIterator[str]:
    """Pages answer 404 while it is off, and as before when it is on."""
    paths = trial.browsing.paths
    before = {path: (await trial.browsing.look(trial.here, path)).status for path in paths}
    await trial.switch(on=False)
    for path in paths:
        page = await trial.browsing.look(trial.here, path)
        if page.status != httpx.codes.NOT_FOUND:
            yield f"{path} answers {page.status} while it is off"
    await trial.switch(on=True)
    for path, status in before.items():
        page = await trial.browsing.look(trial.here, path)
        if page.status != status:
            yield f"{path} answers {page.status} when it is on again, {status} before"


@SHELF.check(
    "switch.amid",
    Level.GOLD,
    Text("ปิดกลางคันแล้วไม่มีหน้าใดล้มเหลว", "Switched off amid requests, none of them fails"),
    Text("ใช้ ctx ที่ได้มาตลอดคำขอ อย่าอ่านสวิตช์เอง", "Go by the ctx that you were given."),
)
async def amid(trial: Trial) -> AsyncIterator[str]:
    """Whoever was under way gets the page, or that it is closed."""
    WATCH.delay = _SLOW
    try:
        looks = [
            asyncio.ensure_future(trial.browsing.look(trial.here, path))
            for path in trial.browsing.paths[:_AT_ONCE]
        ]
        await asyncio.sleep(_SLOW * 3)
        await trial.switch(on=False)
        for page in await asyncio.gather(*looks, return_exceptions=True):
            if isinstance(page, BaseException):
                yield f"a page broke off: {type(page).__name__}: {page}"
            elif page.status >= httpx.codes.INTERNAL_SERVER_ERROR:
                yield f"{page.told} answers {page.status}"
    finally:
        WATCH.delay = 0.0
        await trial.switch(on=True)


@SHELF.check(
    "switch.heard",
    Level.SILVER,
    Text("ทราบการปิดเปิดโดยไม่ล้มเหลว", "It bears to hear of being switched"),
    Text("แก้ on_plugin_switched ให้ทำซ้ำได้", "Have on_plugin_switched bear to be called again."),
)
async def heard(trial: Trial) -> AsyncIterator[str]:
    """Off and on again: what it hears does not fail."""
    await trial.deliver()
    await trial.switch(on=False)
    await trial.switch(on=True)
    for problem in (*await trial.deliver(keep=True), *await trial.deliver()):
        yield f"{type(problem).__name__}: {problem}"
