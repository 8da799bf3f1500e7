"""Who of the officers has a case on the desk."""

from collections.abc import Sequence
from uuid import UUID

from core.api import Context, InvalidInput, Text, audit, people, transaction
from kit.casework.tables import Case


async def colleagues(ctx: Context) -> Sequence[tuple[str, str]]:
    """Return the officers to whom a case can be given: id and name, by name."""
    return [(str(one["id"]), one["name"]) for one in await people.officers(ctx)]


async def assign(ctx: Context, cases: Sequence[str], *, to: str) -> int:
    """Give cases to an officer and return how many were given.

    Cases of divisions in which the actor may not assign are left as they are.

    :param cases: ids; what is none is ignored.
    :param to: id of the officer.
    """
    known = dict(await colleagues(ctx))
    if to not in known:
        raise InvalidInput({"to": Text("เลือกเจ้าหน้าที่ที่จะมอบหมาย", "Choose an officer.")})
    given = 0
    async with transaction(ctx):
        for text in cases[:200]:
            try:
                id = UUID(text)
            except ValueError:
                continue
            row = await Case.select(Case.unit).where(Case.of(ctx), Case.id == id).first()
            if row is None or not ctx.actor.may("casework.assign", row["unit"]):
                continue
            await Case.update({Case.assignee: UUID(to)}).where(Case.of(ctx), Case.id == id)
            await audit.record(ctx, "casework.case.assigned", f"case/{id}", to=known[to])
            given += 1
    return given
