"""Ask the rules of a service, keep what they found, and let officers judge what they doubt."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    AppError,
    Conflict,
    Context,
    InvalidInput,
    NotAllowed,
    Text,
    add_all,
    audit,
    new_id,
    transaction,
)
from kit.casework.declaration import Service
from kit.casework.examination import Examination, FeeLine, Finding, Verdict
from kit.casework.service.acting import Open, may_act, take
from kit.casework.states import OPEN, Status
from kit.casework.tables import Judgement

REVENUE = "casework.fee"
LONGEST = 500
_JUDGED_IN = OPEN - {Status.WAITING_FEE}

_UNASKED = Text(
    "ตรวจคำขอนี้ตามกฎหมายไม่ได้ชั่วคราว สิ่งที่กรอกไว้ยังอยู่ ลองอีกครั้งในอีกสักครู่",
    "This request cannot be checked just now. What you filled in is kept; try again in a moment.",
)
_UNJUDGED = Text(
    "ยังอนุมัติไม่ได้ ต้องวินิจฉัยก่อน: {titles}",
    "It cannot be granted before this is judged: {titles}",
)
_WHY = Text(
    "เขียนเหตุผลของข้อนี้ ไม่เกิน {most} ตัวอักษร",
    "Write the reason for this one, in at most {most} letters.",
)
_NOTHING = Text("เลือกผลวินิจฉัยอย่างน้อย 1 ข้อ", "Judge at least one of them.")


class NotExamined(AppError):
    """The rules of a service do not answer now."""

    status_code = 503


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """The last judgement of a finding."""

    holds: bool
    why: str
    at: Any
    by: str


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A finding with what an officer has judged of it; None: nobody has, or nobody must."""

    finding: Finding
    judged: Judged | None

    @property
    def waits(self) -> bool:
        """Whether the request cannot be granted because of it."""
        if self.finding.verdict is Verdict.PASS:
            return False
        return self.judged is None or not self.judged.holds


class Judging(msgspec.Struct, frozen=True):
    """What an officer judges now of one rule."""

    rule: str
    holds: bool
    why: str = ""


def has_rules(ctx: Context, service: Service) -> bool:
    """Return whether a service has rules beside its questions."""
    asked = ctx.host.choose("examine_request", ctx.tenant.plugins)
    return _plugin_of(service) in {one.plugin_name for one in asked}


def _plugin_of(service: Service) -> str:
    return service.code.partition(".")[0]


async def examine(ctx: Context, service: Service, answers: Mapping[str, Any]) -> Examination:
    """Return what the rules of a service find in a request today, its declared fee included.

    :raises NotExamined: its plugin has rules and they did not answer.
    :raises RuntimeError: within a transaction.
    """
    found = Examination()
    if has_rules(ctx, service):
        facts = {"service": service, "answers": answers, "on": ctx.today}
        said = await ctx.host.ask(ctx, "examine_request", only=_plugin_of(service), **facts)
        if not said or said[0].problem is not None:
            raise NotExamined(_UNASKED)
        found = said[0].value
    return _with_declared(service, found)


def _with_declared(service: Service, found: Examination) -> Examination:
    if not service.fee.amount:
        return found
    declared = FeeLine(
        code="declared",
        title=Text("ค่าธรรมเนียม", "Fee"),
        amount=service.fee.amount,
        revenue=REVENUE,
        basis=service.fee.note,
    )
    return msgspec.structs.replace(found, fees=[declared, *found.fees])


def kept(found: Examination) -> dict[str, Any] | None:
    """Return what was found as it is kept with a case; None when the service has no rules."""
    if not (found.findings or found.fees or found.paper != Examination().paper):
        return None
    values: dict[str, Any] = msgspec.to_builtins(found)
    del values["problems"]
    return values


def found_in(opened: Open) -> Examination:
    """Return what was found in a case when it was filed."""
    return msgspec.convert(opened.case.examined or {}, Examination)


async def checklist(ctx: Context, opened: Open) -> list[Checked]:
    """Return the findings of a case in their order, each with what was judged of it."""
    findings = found_in(opened).findings
    judged = await _judged(ctx, opened.case.id) if findings else {}
    return [Checked(finding=one, judged=judged.get(one.rule)) for one in findings]


async def _judged(ctx: Context, case: UUID) -> dict[str, Judged]:
    async with transaction(ctx):
        rows = (
            await Judgement.select()
            .where(Judgement.of(ctx), Judgement.case_id == case)
            .order_by(Judgement.id)
        )
    return {
        row["rule"]: Judged(holds=row["holds"], why=row["why"], at=row["at"], by=row["actor_name"])
        for row in rows
    }


def may_judge(ctx: Context, opened: Open) -> bool:
    """Return whether the actor judges the findings of a case now."""
    return opened.status in _JUDGED_IN and may_act(ctx, opened.case)


async def judge(ctx: Context, id: UUID, judgings: Sequence[Judging]) -> None:
    """Note what an officer judges of what the rules doubt.

    :raises InvalidInput: nothing is judged, or against what a rule found without a reason.
    :raises NotAllowed: the case waits on another desk.
    :raises Conflict: it is decided.
    """
    async with transaction(ctx):
        opened = await take(ctx, id)
        if not may_act(ctx, opened.case):
            raise NotAllowed(
                Text(
                    "เรื่องนี้รออยู่ที่โต๊ะอื่น จึงวินิจฉัยแทนไม่ได้",
                    "This case waits on another desk; its findings are judged there.",
                )
            )
        if opened.status not in _JUDGED_IN:
            raise Conflict(Text("เรื่องนี้ตัดสินแล้ว", "This case has been decided."))
        doubts = {one.rule: one for one in found_in(opened).doubts}
        given = [one for one in judgings if one.rule in doubts]
        _check(given, doubts)
        await add_all(Judgement, [_row(ctx, id, one) for one in given])
        await audit.record(
            ctx,
            "casework.case.judged",
            f"case/{id}",
            owner=opened.case.applicant,
            judged={one.rule: one.holds for one in given},
        )


def _check(given: Sequence[Judging], doubts: Mapping[str, Finding]) -> None:
    if not given:
        raise InvalidInput({"holds": _NOTHING})
    plain = {rule for rule, one in doubts.items() if one.verdict is Verdict.REFER}
    problems = {
        f"why.{one.rule}": _WHY.format(most=LONGEST)
        for one in given
        if len(one.why) > LONGEST or not (one.why.strip() or (one.holds and one.rule in plain))
    }
    if problems:
        raise InvalidInput(problems)


def _row(ctx: Context, case: UUID, judging: Judging) -> dict[str, Any]:
    return {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "case_id": case,
        "rule": judging.rule,
        "holds": judging.holds,
        "why": " ".join(judging.why.split()),
        "at": ctx.now,
        "actor": ctx.actor.id,
        "actor_name": ctx.actor.name,
    }


async def demand_judged(ctx: Context, opened: Open) -> None:
    """Let through only a case of which every doubt was judged, and none against it.

    :raises Conflict: something is not judged, or does not hold.
    """
    waiting = [one.finding.title for one in await checklist(ctx, opened) if one.waits]
    if waiting:
        raise Conflict(_UNJUDGED.format(titles=Text.joined(waiting)))
