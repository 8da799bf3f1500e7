"""One call of a hook with 50 plugins installed and 5 switched on, guard included."""

import time
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

from core.api import Context, Manifest, NavItem, Text, hookimpl
from core.discovery import Found
from core.host import Host

INSTALLED, ENABLED, CALLS = 50, 5, 4000


def _plugin(name: str) -> Found:
    module = ModuleType(name)
    item = NavItem(Text(name, name), f"/{name}")

    @hookimpl
    async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
        return [item]

    module.MANIFEST = Manifest(name=name, title=Text(name, name))  # type: ignore[attr-defined]
    module.links_for_navigation = links_for_navigation  # type: ignore[attr-defined]
    return Found(name, module)


async def measure(ctx: Context) -> list[str]:
    """Return the line about the dispatcher."""
    names = [f"plugin{n}" for n in range(INSTALLED)]
    host = Host([_plugin(name) for name in names])
    tenant = replace(ctx.tenant, plugins=frozenset(names[:ENABLED]))
    asking = replace(ctx, tenant=tenant, host=host)
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(CALLS):
            answers = await host.ask(asking, "links_for_navigation", area="desk")
        best = min(best, time.perf_counter() - began)
    if len(answers) != ENABLED or any(answer.problem for answer in answers):
        raise RuntimeError(f"not all answered: {answers}")
    each = best / CALLS / ENABLED * 1e6
    return [
        f"dispatcher: {each:.1f} µs an implementation called, {each * ENABLED:.0f} µs for all "
        f"{ENABLED} of {INSTALLED} (asked: at most 25 µs a call)"
    ]
