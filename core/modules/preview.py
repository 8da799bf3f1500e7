"""What a switch would change, told before it is done."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from core import db
from core.context import EVERYWHERE, Actor, Context
from core.errors import NotFound
from core.modules.listing import Module, modules
from core.modules.rights import rights_of
from core.tenants.service import before_switch
from core.text import Text
from core.ui import Effect

LINKS = 8  # that are named

_MENUS = Text("เมนู", "Menus")
_JOBS = Text("งานเบื้องหลัง", "Work in the background")
_PEOPLE = Text("สิทธิของเจ้าหน้าที่", "Rights of officers")
_NONE = Text("ไม่มี", "none")
_WAITING = """
SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'tenant' = $1 AND status = 'todo'
AND starts_with(task_name, $2)
"""


class Change(msgspec.Struct, frozen=True):
    """One plugin that would be switched, and what that changes.

    :param untold: titles of plugins that were asked and did not answer.
    """

    module: Module
    effects: tuple[Effect, ...]
    untold: tuple[Text, ...]


class Preview(msgspec.Struct, frozen=True):
    """All that a switch would change.

    :param first: what has to be switched before it, in that order.
    """

    on: bool
    change: Change
    first: tuple[Change, ...]


async def preview(ctx: Context, plugin: str, *, on: bool) -> Preview:
    """Return what switching a plugin would change; nothing is switched.

    :raises NotFound: there is no such plugin to switch.
    :raises Conflict: it needs what the installation does not have.
    """
    every = {one.name: one for one in await modules(ctx)}
    chosen = every.get(plugin)
    if chosen is None or chosen.fixed:
        raise NotFound(Text("ไม่มีโมดูลนี้ให้เปิดหรือปิด", "There is no such module to switch."))
    switched_on = [name for name, one in every.items() if one.on and not one.fixed]
    first = before_switch(ctx.host.plugins, switched_on, plugin, on=on)
    changes = [await _change(ctx, every[name], on=on) for name in (*first, plugin)]
    return Preview(on, changes[-1], tuple(changes[:-1]))


async def _change(ctx: Context, module: Module, *, on: bool) -> Change:
    effects = [
        await _menus(ctx, module.name, on=on),
        await _jobs(ctx, module.name, on=on),
        await _people(ctx, module.name, on=on),
    ]
    answers = await ctx.host.ask(ctx, "effects_of_switch", plugin=module.name, on=on)
    for answer in answers:
        effects += answer.value or ()
    untold = [ctx.host.plugins[one.plugin].title for one in answers if one.problem]
    return Change(module, tuple(one for one in effects if one), tuple(untold))


async def _menus(ctx: Context, plugin: str, *, on: bool) -> Effect:
    """Tell the links of the navigation; of a plugin that is off they are not known."""
    if plugin not in ctx.host.listeners("links_for_navigation"):
        return Effect(_MENUS, _NONE)
    titles = await _links(ctx, plugin)
    change = Text("ลิงก์ของโมดูลนี้", "Its links")
    if titles:
        change = Text.joined(one.quoted for one in titles[:LINKS])
    if on:
        return Effect(_MENUS, Text("{links} ขึ้นในเมนู", "{links} appear").format(links=change))
    return Effect(_MENUS, Text("{links} หายจากเมนู", "{links} are taken away").format(links=change))


async def _links(ctx: Context, plugin: str) -> Sequence[Text]:
    """Return the titles that whoever may do everything in the plugin sees in the menus."""
    manifest = ctx.host.plugins[plugin]
    all_of_it = dict.fromkeys(manifest.permissions, EVERYWHERE)
    officer = Actor(kind="officer", id=ctx.actor.id, permissions=all_of_it)
    asking = replace(ctx, actor=officer)
    titles = []
    for area in ("public", "desk"):
        for answer in await ctx.host.ask(asking, "links_for_navigation", only=plugin, area=area):
            titles += [item.title for item in answer.value or ()]
    return list(dict.fromkeys(titles))


async def _jobs(ctx: Context, plugin: str, *, on: bool) -> Effect:
    given = dict(ctx.host.gathered("register_jobs")).get(plugin, ())
    count, timed = len(given), sum(job.every is not None for job in given)
    if not count:
        return Effect(_JOBS, _NONE)
    known = {"count": count, "timed": timed}
    if on:
        words = Text(
            "เริ่ม {count} งาน ในจำนวนนี้ทำตามเวลา {timed} งาน",
            "{count} kinds begin, {timed} of them by the clock",
        )
        return Effect(_JOBS, words.format(**known))
    async with db.transaction(ctx) as connection:
        waiting = await connection.fetchval(_WAITING, ctx.tenant.id, f"{plugin}.")
    words = Text(
        "หยุด {count} งาน (ทำตามเวลา {timed} งาน) งานที่รออยู่ {waiting} รายการจะรอจนเปิดใหม่",
        "{count} kinds stop ({timed} by the clock); {waiting} that wait go on waiting",
    )
    return Effect(_JOBS, words.format(**known, waiting=waiting))


async def _people(ctx: Context, plugin: str, *, on: bool) -> Effect:
    manifest = ctx.host.plugins[plugin]
    rights = await rights_of(ctx, manifest)
    if not rights:
        return Effect(_PEOPLE, Text("ไม่มีสิทธิเฉพาะ", "It has no rights of its own"))
    roles = {code for right in rights for code, _, _ in right.roles}
    known = {"count": len(rights), "roles": len(roles), "new": len(manifest.roles)}
    if on and not roles:
        words = Text(
            "เพิ่ม {count} สิทธิ และให้กับ {new} บทบาทตามที่โมดูลเสนอ แก้ภายหลังได้",
            "{count} rights are added and given to {new} roles as it proposes; you can change them",
        )
    elif on:
        words = Text(
            "{count} สิทธิ ใช้ได้อีกครั้งใน {roles} บทบาทที่มีอยู่เดิม",
            "{count} rights count again for the {roles} roles that have them",
        )
    else:
        words = Text(
            "{count} สิทธิ ใน {roles} บทบาท ใช้ไม่ได้ระหว่างปิด และกลับมาเมื่อเปิดใหม่",
            "{count} rights of {roles} roles rest, and come back with it",
        )
    return Effect(_PEOPLE, words.format(**known))
