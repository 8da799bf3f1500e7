"""The services that officers make in the browser, as they are kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.api import Conflict, Context, NavItem, NotAllowed, NotFound, Text, transaction
from kit.casework import Service, count_open, digest, load
from kit.thai import clock_time, local
from plugins.oss.tables.builder import OwnService, OwnVersion

BUILD = "oss.build"


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """A service of the office's own.

    :param draft: the working copy.
    :param parts: how many names were given to its parts.
    :param published: number of the version in force; None: none was published yet.
    :param in_force: that version, also after it was retired.
    """

    id: UUID
    code: str
    draft: Service
    parts: int
    revision: int
    changed_at: datetime
    changed_by: str
    published: int | None
    in_force: Service | None
    retired_at: datetime | None

    @property
    def changed(self) -> bool:
        """Whether the working copy is not what is published."""
        return self.in_force is None or digest(self.draft) != digest(self.in_force)


class Listed(msgspec.Struct, frozen=True):
    """A line of the list; ``open`` cases stand on whatever version they were filed."""

    own: Own
    open: int


def units_here(ctx: Context) -> Mapping[str, Text]:
    """Return the divisions for which the actor may make services, by id."""
    return {id: unit.name for id, unit in ctx.tenant.units.items() if ctx.actor.may(BUILD, unit.id)}


async def own_services(ctx: Context) -> list[Listed]:
    """Return the services that the actor may change, by title."""
    async with transaction(ctx):
        rows = await OwnService.select().where(OwnService.of(ctx)).output(load_json=True)
        mine = [row for row in rows if ctx.actor.may(BUILD, row["unit"])]
        versions = await _in_force(ctx, mine)
        counts = await count_open(ctx, [row["code"] for row in mine])
    found = [Listed(_own(row, versions.get(row["id"])), counts[row["code"]]) for row in mine]
    return sorted(found, key=lambda one: one.own.draft.title.th)


async def get_own(ctx: Context, id: UUID) -> Own:
    """Return a service that the actor may change.

    :raises NotFound: the office has none of this id.
    :raises NotAllowed: it belongs to a division for which the actor makes none.
    """
    async with transaction(ctx):
        row = (
            await OwnService.select()
            .where(OwnService.of(ctx), OwnService.id == id)
            .first()
            .output(load_json=True)
        )
        if row is None:
            raise NotFound(
                Text("ไม่พบบริการนี้ อาจถูกลบไปแล้ว", "There is no such service; it may be deleted.")
            )
        demand(ctx, row["unit"])
        versions = await _in_force(ctx, [row])
    return _own(row, versions.get(id))


def demand(ctx: Context, unit: str) -> None:
    """Let through who may make services for a division.

    :raises NotAllowed: the actor may not.
    """
    if not ctx.actor.may(BUILD, unit):
        raise NotAllowed(
            Text(
                "บริการนี้เป็นของกองอื่น ถ้าต้องแก้ ติดต่อผู้ดูแลระบบของหน่วยงาน",
                "This service is another division's. If you must change it, ask the administrator.",
            )
        )


async def _in_force(ctx: Context, rows: list[dict[str, Any]]) -> dict[UUID, Service]:
    wanted = {row["id"]: row["published"] for row in rows if row["published"] is not None}
    if not wanted:
        return {}
    found = (
        await OwnVersion.select(OwnVersion.service_id, OwnVersion.number, OwnVersion.declaration)
        .where(
            OwnVersion.of(ctx),
            OwnVersion.service_id.is_in(list(wanted)),
            OwnVersion.number.is_in(sorted(set(wanted.values()))),
        )
        .output(load_json=True)
    )
    return {
        row["service_id"]: load(row["declaration"])
        for row in found
        if wanted[row["service_id"]] == row["number"]
    }


def _own(row: Mapping[str, Any], in_force: Service | None) -> Own:
    known = {name: row[name] for name in Own.__struct_fields__ if name in row}
    return Own(**(known | {"draft": load(row["draft"]), "in_force": in_force}))


async def keep(ctx: Context, own: Own, revision: int, values: dict[Any, Any]) -> None:
    """Write changed columns, while the service still is as the officer saw it.

    :raises Conflict: somebody was faster, and who it was.
    """
    stamped = values | {
        OwnService.revision: revision + 1,
        OwnService.changed_at: ctx.now,
        OwnService.changed_by: ctx.actor.name,
    }
    written = (
        await OwnService.update(stamped)
        .where(OwnService.of(ctx), OwnService.id == own.id, OwnService.revision == revision)
        .returning(OwnService.id)
    )
    if not written:
        raise Conflict(await _who_was_faster(ctx, own.id))


async def _who_was_faster(ctx: Context, id: UUID) -> Text:
    now = await get_own(ctx, id)
    return Text(
        "{who} แก้บริการนี้เมื่อ {th} ดูที่เปลี่ยนก่อน แล้วบันทึกอีกครั้ง สิ่งที่กรอกไว้ยังอยู่",
        "{who} changed this service at {en}. Look at what changed, then save again. "
        "What you typed is still here.",
    ).format(
        who=now.changed_by,
        th=clock_time(local(now.changed_at), "th"),
        en=clock_time(local(now.changed_at), "en"),
    )


def links(ctx: Context) -> list[NavItem]:
    """Return the link of the main navigation, for who may make services."""
    if not ctx.actor.may(BUILD):
        return []
    return [NavItem(Text("สร้างบริการ", "Make services"), "/desk/services", order=70)]
