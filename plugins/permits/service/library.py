"""The library of standard plans, changed: add, change from a day on, withdraw with a reason.

A version that was offered stays as it was, so a change begins tomorrow at the earliest. A plan that
is found to be wrong can be withdrawn at once.

Law: Building Control Act B.E. 2522, s. 13 bis (4).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    Text,
    add,
    audit,
    need,
    read_reason,
    transaction,
)
from kit.thai import full_moment, said_day
from plugins.permits.rules.library import WRONG_CODE, What, faults, is_code
from plugins.permits.rules.plans import Plan
from plugins.permits.service.files import need_files
from plugins.permits.service.plans import Offer, get_offer
from plugins.permits.service.rights import PLANS
from plugins.permits.tables.plans import PlanRow, PlanVersionRow

# How far off a day may be: further than that the year is a slip.
FURTHEST = timedelta(days=370)

_TAKEN = Text(
    "มีแบบที่ใช้รหัสนี้แล้ว ใช้รหัสอื่น หรือเปิดแบบเดิมแล้วแก้",
    "A plan has this code already. Use another, or open that plan and change it.",
)
_TOO_EARLY = Text(
    "เริ่มใช้ได้ตั้งแต่ {day} เป็นต้นไป เพราะวันนี้มีผู้เลือกแบบเดิมได้แล้ว",
    "It can begin on {day} or later: today the version of now can be chosen.",
)
_PAST = Text(
    "วันนี้คือ {day} เลือกวันนี้หรือวันหลังจากนี้",
    "Today is {day}. Choose today or a later day.",
)
_TOO_LATE = Text(
    "{given} ไกลเกินไป เลือกวันไม่เกิน {day} ตรวจปี พ.ศ. อีกครั้ง",
    "{given} is too far off. Choose a day up to {day}, and look at the year again.",
)
_CHANGED = Text(
    "{name} แก้แบบนี้เมื่อ {moment} ดูที่เปลี่ยนก่อน แล้วบันทึกอีกครั้ง สิ่งที่กรอกไว้ยังอยู่",
    "{name} changed this plan on {moment}. Look at the change first, then save again; what you "
    "filled in is still here.",
)
_GONE = Text(
    "{name} ถอนแบบนี้แล้วเมื่อ {moment} ถ้าจะใช้แบบนี้อีก ให้เพิ่มเป็นแบบใหม่ด้วยรหัสใหม่",
    "{name} withdrew this plan on {moment}. To offer it again, add it as a new plan under a new "
    "code.",
)


async def add_plan(
    ctx: Context, plan: Plan, *, from_on: date, files: Mapping[What, UUID], why: str
) -> None:
    """Add a plan, to be chosen from a day on.

    :param files: drawings, calculations, and a picture if there is one; ids of kept files.
    :raises InvalidInput: by field: figures contradict each other, the code is taken or none.
    """
    need(ctx, PLANS)
    if not is_code(plan.code):
        raise InvalidInput({"code": WRONG_CODE})
    _check(plan, from_on, ctx.today, _PAST, ctx.today)
    await need_files(ctx, files)
    row = {
        "tenant_id": ctx.tenant.id,
        "code": plan.code,
        "latest": 1,
        "made_at": ctx.now,
        "withdrawn_why": "",
        "withdrawn_by_name": "",
    }
    async with transaction(ctx):
        if not await add(PlanRow, row, unless=("tenant_id", "code")):
            raise InvalidInput({"code": _TAKEN})
        await add(PlanVersionRow, _row(ctx, plan, 1, from_on, files, why))
        await _record(ctx, "permits.plan.added", plan.code, number=1, from_on=from_on)


async def change_plan(
    ctx: Context,
    plan: Plan,
    *,
    based_on: int,
    from_on: date,
    files: Mapping[What, UUID],
    why: str,
) -> int:
    """Offer a plan otherwise from a day on, and return the number of the new version.

    :param based_on: the number of the version that the officer had before them.
    :raises InvalidInput: by field: figures contradict each other, or the day is too early.
    :raises Conflict: somebody changed it meanwhile, or it was withdrawn.
    :raises NotFound: there is no such plan.
    """
    need(ctx, PLANS)
    offer = await get_offer(ctx, plan.code, ctx.today)
    _refuse_gone(offer)
    _check(plan, from_on, first_day_of_change(ctx.today), _TOO_EARLY, ctx.today)
    await need_files(ctx, files)
    async with transaction(ctx):
        counted = (
            await PlanRow.update({PlanRow.latest: PlanRow.latest + 1})
            .where(
                PlanRow.of(ctx),
                PlanRow.code == plan.code,
                PlanRow.latest == based_on,
                PlanRow.withdrawn_from.is_null(),
            )
            .returning(PlanRow.latest)
        )
        if counted:
            number: int = counted[0]["latest"]
            await add(PlanVersionRow, _row(ctx, plan, number, from_on, files, why))
            await _record(ctx, "permits.plan.changed", plan.code, number=number, from_on=from_on)
            return number
    now = await get_offer(ctx, plan.code, ctx.today)
    _refuse_gone(now)
    raise Conflict(_said(_CHANGED, now.latest.made_by_name, now.latest.made_at))


async def withdraw_plan(ctx: Context, code: str, *, from_on: date, why: str) -> None:
    """Offer a plan no more from a day on; who filed on it before keeps it.

    :param from_on: the first day without it; today at the earliest.
    :raises InvalidInput: the day is past, or no reason is given.
    :raises Conflict: it was withdrawn already.
    :raises NotFound: there is no such plan.
    """
    need(ctx, PLANS)
    said = read_reason(why)
    await get_offer(ctx, code, ctx.today)
    if wrong := _wrong_day(from_on, ctx.today, _PAST, ctx.today):
        raise InvalidInput(wrong)
    values: dict[Any, Any] = {
        PlanRow.withdrawn_from: from_on,
        PlanRow.withdrawn_why: said,
        PlanRow.withdrawn_at: ctx.now,
        PlanRow.withdrawn_by_name: ctx.actor.name,
    }
    async with transaction(ctx):
        changed = (
            await PlanRow.update(values)
            .where(PlanRow.of(ctx), PlanRow.code == code, PlanRow.withdrawn_from.is_null())
            .returning(PlanRow.code)
        )
        if changed:
            await _record(ctx, "permits.plan.withdrawn", code, why=said, from_on=from_on)
    if not changed:
        _refuse_gone(await get_offer(ctx, code, ctx.today))


def first_day_of_change(today: date) -> date:
    """Return the first day on which a change may begin: what was offered is not touched."""
    return today + timedelta(days=1)


def _check(plan: Plan, from_on: date, first: date, too_early: Text, today: date) -> None:
    problems = dict(faults(plan)) | _wrong_day(from_on, first, too_early, today)
    if problems:
        raise InvalidInput(problems)


def _wrong_day(from_on: date, first: date, too_early: Text, today: date) -> dict[str, Text]:
    if from_on < first:
        return {"from_on.day": too_early.format(day=said_day(first))}
    if from_on > (last := today + FURTHEST):
        return {"from_on.year": _TOO_LATE.format(given=said_day(from_on), day=said_day(last))}
    return {}


def _refuse_gone(offer: Offer) -> None:
    if withdrawn := offer.latest.withdrawn:
        raise Conflict(_said(_GONE, withdrawn.by_name, withdrawn.at))


def _said(sentence: Text, name: str, moment: Any) -> Text:
    when = Text(full_moment(moment, "th"), full_moment(moment, "en"))
    return sentence.format(name=name, moment=when)


def _row(
    ctx: Context, plan: Plan, number: int, from_on: date, files: Mapping[What, UUID], why: str
) -> dict[str, Any]:
    return {
        "tenant_id": ctx.tenant.id,
        "code": plan.code,
        "number": number,
        "from_on": from_on,
        "facts": msgspec.to_builtins(plan),
        "why": read_reason(why),
        "made_at": ctx.now,
        "made_by_name": ctx.actor.name,
        **{str(what): id for what, id in files.items()},
    }


async def _record(ctx: Context, action: str, code: str, *, from_on: date, **more: Any) -> None:
    await audit.record(ctx, action, f"plan/{code}", from_on=from_on.isoformat(), **more)
