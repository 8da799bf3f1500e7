"""Facts travel after the commit: published with the change, delivered by the worker."""

import logging
from typing import Any, get_type_hints
from uuid import UUID

import msgspec

from core import db, jobs
from core.context import Context

log = logging.getLogger(__name__)

DELIVER = "core.deliver_event"


async def publish(ctx: Context, hook: str, *, to: str | None = None, **facts: Any) -> None:
    """Tell the plugins that something has happened, once this transaction has committed.

    :param hook: an ``on_…`` hook.
    :param to: the only plugin that it concerns; None: all.
    :param facts: its arguments but ``ctx`` and ``event``: plain values, ids, days, instants.
    :raises RuntimeError: outside a transaction.
    """
    listeners = ctx.host.listeners(hook)
    if not listeners or (to is not None and to not in listeners):
        return
    known = {"hook": hook, "event": str(db.new_id()), "facts": msgspec.to_builtins(facts)}
    await jobs.defer(ctx, DELIVER, **known if to is None else known | {"plugin": to})


async def deliver(
    ctx: Context, *, hook: str, event: str, facts: dict[str, Any], plugin: str | None = None
) -> None:
    """Deliver an event to the plugins that are switched on.

    Each plugin that fails gets a delivery of its own, tried again by itself, so
    that one which fails does not repeat the event for the others. So does one that
    rests (quarantine): it hears of the event when it is resumed.

    :param plugin: only this one; None for the first delivery, to all.
    :raises Exception: what ``plugin`` raised.
    :raises NotNow: it rests.
    """
    resting = ctx.tenant.quarantined
    if plugin in resting:
        raise jobs.NotNow
    types = get_type_hints(ctx.host.spec(hook))
    arguments = {name: msgspec.convert(value, types[name]) for name, value in facts.items()}
    answers = await ctx.host.ask(ctx, hook, only=plugin, event=UUID(event), **arguments)
    later = {one.plugin_name for one in ctx.host.choose(hook, resting)} & resting
    for answer in answers:
        if answer.problem is None:
            continue
        if plugin is not None:
            raise answer.problem
        later.add(answer.plugin)
    if later and plugin is None:
        known = {"hook": hook, "event": event, "facts": facts}
        deliveries = [known | {"plugin": name} for name in sorted(later)]
        async with db.transaction(ctx):
            await jobs.defer_each(ctx, DELIVER, deliveries, at=ctx.now + jobs.pause_after(1))


JOBS = (jobs.Job(name=DELIVER, run=deliver),)
