"""Letters that were dealt with, in years long gone and lately."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.context import Context
from plugins.eoffice.rules.disposing import Member
from plugins.eoffice.service import disposal_acts as acts
from plugins.eoffice.service import disposals, disposing
from plugins.eoffice.service.disposing import Decision
from plugins.eoffice.service.endorsements import Written
from plugins.eoffice.service.endorsing import endorse
from plugins.eoffice.service.tasks import inbox
from tests.plugins.eoffice.conftest import TownHall, at, registered, rows

COMMITTEE = [
    Member(name="นางกัลยา พรหมมา", post="ปลัดเทศบาล"),
    Member(name="นายมานพ ศรีสุข", post="ผู้อำนวยการกองช่าง"),
    Member(name="นางอรทัย มั่นคง", post="เจ้าพนักงานธุรการ"),
]


async def closed(hall: TownHall, moment: str, **more: Any) -> UUID:
    """Register a letter on paper at a moment, and deal with it at once."""
    then = at(hall.ctx, moment)
    number = f"ชม 1/{moment} {more.get('subject', '')}"[:80]
    facts = {"number": number, "dated_on": then.today, **more}
    letter, _ = await registered(await hall.sits("registry", then), **facts)
    clerk = await hall.sits("clerk", then)
    [task] = [one for one in await inbox(clerk) if one["letter_id"] == letter]
    await endorse(clerk, letter, task["id"], Written(action="finish", text="ดำเนินการแล้ว"))
    return letter


async def kept(ctx: Context, letter: UUID) -> Any:
    found = await rows(
        ctx,
        "SELECT * FROM eoffice.kept WHERE tenant_id = $1 AND letter_id = $2",
        ctx.tenant.id,
        letter,
    )
    return found[0] if found else None


async def letters_on(ctx: Context, disposal: UUID) -> list[UUID]:
    return [one["letter_id"] for one in await disposals.items_of(ctx, disposal)]


async def outcomes(ctx: Context, disposal: UUID) -> dict[UUID, str]:
    return {one["letter_id"]: one["outcome"] for one in await disposals.items_of(ctx, disposal)}


async def revision(ctx: Context, disposal: UUID) -> int:
    return int((await disposals.get_disposal(ctx, disposal))["revision"])


async def considered(hall: TownHall, ctx: Context, turns: Sequence[int] = (1,)) -> UUID:
    """Draw the list of a day, appoint a committee, and have it decide to destroy some."""
    registry = await hall.sits("registry", ctx)
    list_ = await disposing.draw(registry, "destroy")
    await acts.appoint(registry, list_, COMMITTEE, number="12/2580", on=registry.today, revision=1)
    await disposing.decide(registry, list_, Decision(turns=turns, decision="destroy"))
    return list_


async def agreed(hall: TownHall, ctx: Context, list_: UUID) -> None:
    """Bring a list that is decided on from the committee to the archives, who agree."""
    registry, mayor = await hall.sits("registry", ctx), await hall.sits("mayor", ctx)
    await acts.report(registry, list_, revision=await revision(ctx, list_))
    await acts.agree(mayor, list_, revision=await revision(ctx, list_))
    await sent(registry, list_)
    seen = await revision(ctx, list_)
    await acts.answer(registry, list_, "agreed", number="วธ 0402/77", on=ctx.today, revision=seen)


async def sent(registry: Context, list_: UUID) -> None:
    seen = await revision(registry, list_)
    await acts.send(registry, list_, number="ชม 52001/9", on=registry.today, revision=seen)


async def approved(hall: TownHall, ctx: Context, list_: UUID) -> None:
    await agreed(hall, ctx, list_)
    mayor = await hall.sits("mayor", ctx)
    await acts.approve(mayor, list_, revision=await revision(ctx, list_))


async def carried_out(hall: TownHall, ctx: Context, list_: UUID) -> dict[str, int]:
    registry = await hall.sits("registry", ctx)
    return await acts.carry_out(
        registry,
        list_,
        on=ctx.today,
        method="ย่อยด้วยเครื่อง ต่อหน้าคณะกรรมการ",
        revision=await revision(ctx, list_),
    )
