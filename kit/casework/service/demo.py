"""Cases for the demonstration, in every state, made by calling the services."""

import heapq
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID

import msgspec

from core.api import EVERYWHERE, Actor, Context, people
from kit.casework.applicant import Applicant
from kit.casework.declaration import Service
from kit.casework.service import citizens, handling, returning
from kit.casework.service.acting import PERMISSIONS
from kit.casework.service.catalogue import offered
from kit.casework.service.examining import has_rules
from kit.casework.service.filing import Channel, file_case
from kit.casework.service.returning import Defect
from kit.casework.service.sampling import sample_answers
from kit.casework.service.tallying import WEEK, tally
from kit.casework.service.tasks import set_tasks
from kit.casework.states import Post

CASES = 200
DAYS_BACK = 45
_PEOPLE = (
    Applicant(name="นางสาววิภาดา แสงคำ", national_id="1234545678781", phone="+66812345678"),
    Applicant(name="นายคำปัน ใจยา", national_id="3100600445635", phone="+66898765432"),
)
# Most come to the counter or file without an account; every so many-th has signed in.
_SIGNED_IN = 20
_NOBODY = Actor(
    kind="system",
    name="อรทัย มั่นคง",
    post="เจ้าพนักงานธุรการ",
    permissions=dict.fromkeys(PERMISSIONS.values(), EVERYWHERE),
)
# How far a case is brought, in turn; each ends in a state of its own.
_ENDS = ("filed", "checking", "returned", "mended", "running", "issued", "refused", "cancelled")

# An act on a case on a revision, at whose desk, and how many hours after the one before.
_Do = Callable[[Context, UUID, int], Awaitable[None]]
_Act = tuple[int, Post, _Do]


async def fill(ctx: Context) -> None:
    """File the cases over the last weeks, bring each to its state, and set today's tasks.

    What was done to all of them is done in the order of time, so that every morning
    of the last week can be tallied as it was.
    """
    chance = random.Random(ctx.tenant.id)  # noqa: S311 - the same demonstration every time
    # What rules find in answers at random would fill no demonstration; their plugin has its own.
    services = [one for one in (await offered(ctx)).values() if not has_rules(ctx, one)]
    actors = await actors_of(ctx)
    scripts: dict[int, tuple[UUID, list[_Act]]] = {}
    coming = [
        (ctx.now - timedelta(days=DAYS_BACK - number * DAYS_BACK // CASES), number, -1)
        for number in range(CASES if services else 0)
    ]
    mornings = list(_mornings(ctx))
    while coming:
        moment, number, place = heapq.heappop(coming)
        while mornings and mornings[0] <= moment:
            await tally(replace(ctx, now=mornings.pop(0)))
        if place < 0:
            service = services[number % len(services)]
            # One turn more after each round of services, so that every service meets every end.
            end = _ENDS[(number + number // len(services)) % len(_ENDS)]
            here = replace(ctx, now=moment, actor=actors[Post.REGISTRY])
            scripts[number] = (
                await _file(here, service, number, chance),
                list(_script(service, end, slow=number % 7 == 0)),
            )
        else:
            case, script = scripts[number]
            _, post, do = script[place]
            await do(replace(ctx, now=moment, actor=actors[post]), case, place + 1)
        if place + 1 < len(scripts[number][1]):
            later = moment + timedelta(hours=scripts[number][1][place + 1][0])
            # Nothing is done in the future.
            heapq.heappush(coming, (min(later, ctx.now), number, place + 1))
    await set_tasks(ctx)


async def actors_of(ctx: Context) -> Mapping[Post, Actor]:
    """Return who sits at each desk."""
    actors = dict.fromkeys(Post, _NOBODY)
    for post in Post:
        permission = PERMISSIONS.get(str(post))
        holders = await people.holders_of(ctx, permission) if permission else []
        if holders:
            one = holders[0]
            actors[post] = replace(
                _NOBODY, kind="officer", id=one["id"], name=one["name"], post=one["post"]
            )
    return actors


def _mornings(ctx: Context) -> Iterator[datetime]:
    for back in reversed(range(1, WEEK)):
        day = ctx.today - timedelta(days=back)
        yield datetime.combine(day, time(5, 5), ctx.tenant.zone)


async def _file(ctx: Context, service: Service, number: int, chance: random.Random) -> UUID:
    applicant = await _signed_in(ctx) if number % _SIGNED_IN == 1 else chance.choice(_PEOPLE)
    channel: Channel = "counter" if number % 3 == 0 else "online"
    filed = await file_case(
        ctx,
        service=service,
        applicant=applicant,
        answers=sample_answers(ctx, service.form, chance),
        key=f"demonstration/{number}",
        channel=channel,
    )
    return filed.id


async def _signed_in(ctx: Context) -> Applicant:
    """Return the first of the people as who has signed in."""
    one = _PEOPLE[0]
    known = await people.find_citizen(ctx, national_id=one.national_id or "")
    return msgspec.structs.replace(one, account=known.id if known else None)


def _script(service: Service, end: str, *, slow: bool) -> Iterator[_Act]:
    """Yield what is done to a case, until it stands where it shall."""
    if end == "cancelled":
        yield 3, Post.APPLICANT, lambda ctx, case, now: citizens.cancel(ctx, case, revision=now)
    if end in ("filed", "cancelled"):
        return
    yield 5, Post.REGISTRY, lambda ctx, case, now: handling.take_up(ctx, case, revision=now)
    if end in ("returned", "mended"):
        yield 4, Post.REGISTRY, _return
    if end == "mended":
        yield 26, Post.APPLICANT, _mend
    if end in ("running", "issued", "refused"):
        yield 20, Post.REGISTRY, lambda ctx, case, now: handling.accept(ctx, case, revision=now)
        for step in service.steps[:-1] if end != "running" else ():
            yield 310 if slow else 22, step.by, _forward
    last = service.steps[-1]
    if end == "issued":
        yield (
            18,
            last.by,
            lambda ctx, case, now: handling.approve(ctx, case, opinion="", revision=now),
        )
        yield 30, Post.APPLICANT, _rate
    elif end == "refused" and "refused" in last.ends:
        yield 18, last.by, _refuse


async def _return(ctx: Context, case: UUID, revision: int) -> None:
    defects = [Defect("รูปถ่ายไม่ชัด", "ถ่ายใหม่ให้เห็นทั้งแผ่น")]
    fix_by = ctx.today + timedelta(days=10)
    await returning.return_for_fix(ctx, case, defects=defects, fix_by=fix_by, revision=revision)


async def _mend(ctx: Context, case: UUID, revision: int) -> None:
    await citizens.mend(ctx, case, files={}, words="ส่งรูปเพิ่มแล้ว", revision=revision)


async def _forward(ctx: Context, case: UUID, revision: int) -> None:
    await handling.forward(ctx, case, opinion="ตรวจแล้ว เห็นควรดำเนินการ", revision=revision)


async def _refuse(ctx: Context, case: UUID, revision: int) -> None:
    reasons = ["ไม่อยู่ในอำนาจหน้าที่ของหน่วยงาน"]
    await handling.refuse(ctx, case, reasons=reasons, revision=revision)


async def _rate(ctx: Context, case: UUID, _: int) -> None:
    await citizens.rate(ctx, case, stars=str(5 - case.int % 3), words="")
