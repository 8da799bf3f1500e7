"""What officers do to a service that they make in the browser: begin it, change it, throw it away.

What is changed is a working copy. What citizens see is a published version, and nothing
here touches one.
"""

from uuid import UUID

import msgspec
from msgspec.structs import replace

from core.api import Conflict, Context, Text, audit, new_id, numbers, transaction
from kit.casework import Fee, Outcome, Post, Service, Step, digest, dump, get_offered
from kit.forms import File
from kit.thai import WorkingDays
from plugins.oss.rules.changes import PAPERS
from plugins.oss.rules.parts import Change, Names, names_in
from plugins.oss.service.own import demand, get_own, keep, units_here
from plugins.oss.tables.builder import OwnService

LARGEST = 300_000  # bytes of a declaration

_TOO_LARGE = Text(
    "บริการนี้มีข้อความมากเกินกว่าที่ระบบรับได้ ย่อข้อความ หรือแยกเป็นสองบริการ",
    "This service has more text than is taken. Shorten it, or make two services of it.",
)


async def create(ctx: Context, *, title: Text, source: str = "") -> UUID:
    """Begin a service: empty, or as a copy of one that is offered.

    :param source: code of that one; empty for an empty service.
    :raises NotFound: it is not offered any more.
    """
    units = units_here(ctx)
    if not units:
        demand(ctx, "")
    copied = await get_offered(ctx, source) if source else None
    async with transaction(ctx):
        code = f"oss.own-{await numbers.draw(ctx, 'oss/own')}"
        unit = copied.unit if copied and copied.unit in units else next(iter(units))
        draft = _copy(copied, code, title, unit) if copied else _empty(code, title, unit)
        row = OwnService(
            tenant_id=ctx.tenant.id,
            id=new_id(),
            code=code,
            unit=unit,
            draft=dump(draft),
            parts=names_in(draft),
            revision=1,
            changed_at=ctx.now,
            changed_by=ctx.actor.name,
        )
        await OwnService.insert(row)
        await audit.record(
            ctx, "oss.service.created", f"service/{row.id}", code=code, source=source
        )
    id: UUID = row.id
    return id


def _empty(code: str, title: Text, unit: str) -> Service:
    """Return a service without questions, with the two steps that most have."""
    return Service(
        code=code,
        title=title,
        summary=Text("", ""),
        unit=unit,
        steps=(
            Step("s1", Text("พิจารณา", "Consideration"), Post.OFFICER, WorkingDays(3)),
            Step(
                "s2",
                Text("สั่งการและลงนาม", "Decision and signature"),
                Post.CLERK,
                WorkingDays(2),
                ends=(Outcome.APPROVED, Outcome.REFUSED),
            ),
        ),
        within=WorkingDays(5),
    )


def _copy(service: Service, code: str, title: Text, unit: str) -> Service:
    """Return a copy without what the builder cannot carry on.

    That is a fee, files among the questions, and a paper that is not the kit's own, in whose
    place a general one comes.
    """
    return replace(
        service,
        code=code,
        title=title,
        unit=unit,
        form=tuple(one for one in service.form if not isinstance(one, File)),
        fee=Fee(note=service.fee.note),
        paper=service.paper if service.paper in PAPERS else "general",
    )


async def edit(ctx: Context, id: UUID, *, revision: int, change: Change) -> None:
    """Change the working copy.

    :param revision: of the page on which the officer decided.
    :raises Conflict: somebody changed the service since, or it would become too large.
    """
    async with transaction(ctx):
        own = await get_own(ctx, id)
        names = Names(own.parts)
        draft = change(own.draft, names)
        demand(ctx, draft.unit)
        if len(msgspec.json.encode(draft)) > LARGEST:
            raise Conflict(_TOO_LARGE)
        values = {
            OwnService.draft: dump(draft),
            OwnService.unit: draft.unit,
            OwnService.parts: names.given,
        }
        await keep(ctx, own, revision, values)
        await audit.record(
            ctx,
            "oss.service.changed",
            f"service/{id}",
            code=own.code,
            before=digest(own.draft),
            after=digest(draft),
        )


async def discard(ctx: Context, id: UUID, *, revision: int) -> bool:
    """Throw the working copy away: back to the version in force, or the whole if there is none.

    :returns: whether the service is still there.
    :raises Conflict: somebody changed it since.
    """
    async with transaction(ctx):
        own = await get_own(ctx, id)
        back = own.in_force
        if back is not None:
            await keep(
                ctx, own, revision, {OwnService.draft: dump(back), OwnService.unit: back.unit}
            )
        else:
            await keep(ctx, own, revision, {})
            await OwnService.delete().where(OwnService.of(ctx), OwnService.id == id)
        await audit.record(
            ctx, "oss.service.discarded", f"service/{id}", code=own.code, before=digest(own.draft)
        )
    return back is not None
