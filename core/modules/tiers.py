"""The tier of quality of a plugin: of its entry in the catalog, else of the report beside it."""

import asyncio
import logging
from collections.abc import Collection, Mapping

import msgspec

from core.catalog.client import Catalog, CatalogRefused
from core.catalog.entries import Standing, Tier
from core.context import Context

log = logging.getLogger(__name__)

BESIDE = "conformance.json"


class _Report(msgspec.Struct, frozen=True):
    """Of a report, what is read here."""

    tier: Tier | None = None


async def tiers_of(ctx: Context, plugins: Collection[str]) -> Mapping[str, Standing | None]:
    """Return the tiers of plugins; None where nobody has assessed one, or it reached none.

    Of a plugin of the catalog the entry of its version says it, and it falls when that is old.
    """
    approved = [name for name in plugins if ctx.host.origins.get(name) == "approved"]
    entered = await asyncio.to_thread(_of_entries, ctx, approved) if approved else {}
    return {name: entered.get(name) if name in approved else tier_of(ctx, name) for name in plugins}


def _of_entries(ctx: Context, plugins: Collection[str]) -> Mapping[str, Standing]:
    try:
        known = Catalog(ctx.settings.data).read(ctx.now)
    except CatalogRefused as problem:
        log.warning("%s", problem)
        return {}
    versions = ((name, ctx.host.plugins[name].version) for name in plugins)
    return {
        one[0]: known.listed[one].entry.quality.on_day(ctx.today)
        for one in versions
        if one in known.listed
    }


def tier_of(ctx: Context, plugin: str) -> Tier | None:
    """Return the tier that the report on a plugin says; None where there is none.

    The report is ``<plugin>.json`` in the folder that THONGTHIN_REPORTS names, else
    ``conformance.json`` beside the plugin. It is read once in the life of the process.
    """
    memory, key = ctx.host.memory, ("core.modules.tier", plugin)
    if key not in memory:
        memory[key] = _read(ctx, plugin)
    tier: Tier | None = memory[key]
    return tier


def _read(ctx: Context, plugin: str) -> Tier | None:
    reports, beside = ctx.settings.reports, ctx.host.folders.get(plugin)
    places = [reports / f"{plugin}.json"] if reports else []
    places += [beside / BESIDE] if beside else []
    found = next((path for path in places if path.is_file()), None)
    if found is None:
        return None
    try:
        return msgspec.json.decode(found.read_bytes(), type=_Report).tier
    except (OSError, msgspec.DecodeError) as problem:
        # A report that cannot be read is none; the page of modules is served.
        log.warning("the report %s cannot be read: %s", found, problem)
        return None
