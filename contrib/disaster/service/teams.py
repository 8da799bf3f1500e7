"""Teams that go out."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from contrib.disaster.service.reading import get_row
from contrib.disaster.service.rights import COMMAND, READ
from contrib.disaster.tables.requests import Team
from core.api import Conflict, Context, Text, add, audit, need, new_id, transaction

_NONE = Text("ไม่พบทีมนี้ กลับไปที่รายการทีม", "There is no such team. Go back to the list.")
_SAME = Text("มีทีมชื่อนี้แล้ว ใช้ชื่ออื่น", "There is a team of this name. Use another one.")


async def form_team(ctx: Context, facts: Mapping[str, Any]) -> UUID:
    """Form a team and return its id.

    :param facts: name, leader, phone and can.
    :raises Conflict: there is one of this name.
    """
    need(ctx, COMMAND)
    id = new_id()
    own = {"tenant_id": ctx.tenant.id, "id": id, "active": True, "made_at": ctx.now}
    async with transaction(ctx):
        if not await add(Team, {**facts, **own}, unless=("tenant_id", "name")):
            raise Conflict(_SAME)
        await audit.record(ctx, "disaster.team.formed", f"team/{id}")
    return id


async def get_team(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a team.

    :raises NotFound: there is none.
    """
    return await get_row(ctx, Team.select().where(Team.of(ctx), Team.id == id), _NONE)


_TEAMS = """
SELECT t.*, (SELECT count(*) FROM disaster.request r WHERE r.tenant_id = t.tenant_id
  AND r.team_id = t.id AND r.state IN ('assigned', 'going')) AS holds
FROM disaster.team t WHERE t.tenant_id = $1 AND t.active ORDER BY t.name LIMIT 500
"""


async def read_teams(ctx: Context) -> list[Mapping[str, Any]]:
    """Return the teams, each with how many requests it has."""
    need(ctx, READ)
    async with transaction(ctx) as connection:
        return list(await connection.fetch(_TEAMS, ctx.tenant.id))
