"""The tier of quality of a plugin, as the report says that ``thongthin plugin check`` left."""

import logging
from typing import Literal

import msgspec

from core.context import Context

log = logging.getLogger(__name__)

Tier = Literal["bronze", "silver", "gold", "platinum"]
BESIDE = "conformance.json"


class _Report(msgspec.Struct, frozen=True):
    """Of a report, what is read here."""

    tier: Tier | None = None


def tier_of(ctx: Context, plugin: str) -> Tier | None:
    """Return the tier of a plugin; None where nobody has assessed it, or it reached none.

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
