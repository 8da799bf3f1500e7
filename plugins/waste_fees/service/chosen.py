"""What the office has chosen for its reminders and letters, and what it begins with."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from core.api import Context, audit, need, set_settings, transaction
from plugins.waste_fees.rules.dues import Dues
from plugins.waste_fees.service.rights import TARIFF
from plugins.waste_fees.service.tariffs import REVENUES

log = logging.getLogger(__name__)

_STARTING = msgspec.json.decode((Path(__file__).parents[1] / "data" / "arrears.json").read_bytes())
NAMES = Dues.__struct_fields__
# In the manifest: what stands there until the office sets it.
DEFAULTS: Mapping[str, Any] = {"dues": {name: _STARTING["days"][name] for name in NAMES}}


def dues(ctx: Context) -> Dues:
    """Return the days of the office."""
    given = ctx.tenant.settings.get("waste_fees", {}).get("dues", DEFAULTS["dues"])
    try:
        return msgspec.convert(given, Dues)
    except msgspec.ValidationError as problem:
        # What was set by hand must not end reminding.
        log.warning("waste_fees: days of %s do not fit: %s", ctx.tenant.id, problem)
        return Dues()


async def set_dues(ctx: Context, wanted: Dues) -> None:
    """Keep the days of the office; they hold within two seconds."""
    need(ctx, TARIFF)
    values = msgspec.to_builtins(wanted)
    async with transaction(ctx):
        was = msgspec.to_builtins(dues(ctx))
        if values != was:
            await set_settings(ctx, plugin="waste_fees", settings={"dues": values})
            subject = f"tenant/{ctx.tenant.id}"
            await audit.record(ctx, "waste_fees.dues.set", subject, was=was, now=values)


def law_of(digits: str) -> str:
    """Return the law that a fee is charged by, in Thai as it is cited, by the digits of a bill."""
    code = next((one.code for one in REVENUES if one.kind == digits), "waste_fees.other")
    law: str = _STARTING["laws"][code]["law"]
    return law
