"""What the rules find in a request about a permit that was issued.

Who files has to know its number and the telephone that was given for it, or be signed in to the
account that asked for it. To everybody else nothing is told that the register holds, not even
whether there is such a permit: an officer looks at the proofs.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from core.api import Context, NotFound, Text, TooMany, attempts
from kit.casework import Examination, Finding, Service
from kit.law import Limits, limits_on
from kit.thai import ascii_digits
from plugins.permits.rules import after, fees, renewal
from plugins.permits.rules.after import (
    CERTIFY,
    COMPLETE,
    COMPLETED,
    RENEW,
    REPLACE,
    SUPERVISE,
    TRANSFER,
    VALID,
    Held,
)
from plugins.permits.rules.dated import BOOK
from plugins.permits.service.afterpaper import parts_of
from plugins.permits.service.register import get_permit

_Rules = Callable[[Mapping[str, Any], Held | None, Limits, date], Examination]

_LOST = Text("ยื่นภายในกำหนดหลังทราบว่าสูญหายหรือชำรุด", "Asked for in time after the loss")
_HEIRS = Text("แจ้งภายในกำหนดหลังผู้ได้รับใบอนุญาตเสียชีวิต", "Told in time after the death")


async def examined(
    ctx: Context, service: Service, answers: Mapping[str, Any], on: date
) -> Examination:
    """Return what the rules find in a request, what it costs and what its paper would say.

    :param service: one of ``rules.after.AFTER``.
    """
    limits = await limits_on(ctx, BOOK, on)
    permit = await _shown_permit(ctx, answers)
    held = held_of(permit) if permit else None
    found = _RULES[service.code](answers, held, limits, on)
    if found.problems:
        return found
    paper = await parts_of(ctx, service, answers, permit, limits)
    return msgspec.structs.replace(found, paper=paper)


async def _shown_permit(ctx: Context, answers: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the permit that is asked about to who has shown to hold it; None to all others."""
    row = await find_permit(ctx, answers.get("permit"))
    signed_in = ctx.actor.kind == "citizen" and ctx.actor.id is not None
    if row and signed_in and row["account"] == ctx.actor.id:
        return row
    phone = answers.get("permit_phone")
    if not phone:
        return None
    # Whether there is such a permit or not, guesses at its telephone are counted alike; who
    # guesses too often is told nothing more, and can still file.
    guessed = ascii_digits("".join(str(answers.get("permit", "")).split()))
    try:
        await attempts.take(ctx, "permit", guessed, attempts.GUESSES)
    except TooMany:
        return None
    if row is None or row["phone"] != phone:
        return None
    await attempts.give_back(ctx, "permit", guessed)
    return row


async def find_permit(ctx: Context, typed: Any) -> dict[str, Any] | None:
    """Return a permit by its number as it was typed, None where there is none."""
    try:
        return await get_permit(ctx, str(typed or ""))
    except NotFound:
        return None


def held_of(permit: Mapping[str, Any]) -> Held:
    """Return a permit of the register as the rules know it."""
    return msgspec.convert({name: permit[name] for name in Held.__struct_fields__}, Held)


def _renewal(
    answers: Mapping[str, Any], held: Held | None, limits: Limits, on: date
) -> Examination:
    work = answers.get("work")
    costs = f"renew.{work}" if work in after.WORKS else None
    by = limits["renew.before"]
    findings = [after.holder(held, by), *renewal.findings(held, answers, on, limits)]
    return Examination(
        way=renewal.meanwhile(held, on),
        problems={
            **after.other_state(held),
            **renewal.problems(held, answers, on, limits),
        },
        **_with_fee(costs, findings, limits),
    )


def _supervision(
    answers: Mapping[str, Any], held: Held | None, limits: Limits, on: date
) -> Examination:
    another = answers.get("change") == "another"
    by = limits["supervisor.change" if another else "supervisor.notice"]
    begin, end = (after.day_of(answers.get(name)) for name in ("begin_on", "end_on"))
    return Examination(
        problems=after.other_state(held) | after.backwards(begin, end),
        findings=[
            after.holder(held, by),
            after.in_force(held, on, by),
            *after.period(held, end, by),
            *after.supervised(held, answers, limits),
        ],
    )


def _replacement(
    answers: Mapping[str, Any], held: Held | None, limits: Limits, on: date
) -> Examination:
    by, known = limits["replacement.days"], after.day_of(answers.get("known_on"))
    findings = [after.holder(held, by), after.in_days("known", _LOST, known, on, by)]
    return Examination(
        problems=after.other_state(held, (VALID, COMPLETED)),
        **_with_fee("replacement", findings, limits),
    )


def _transfer(
    answers: Mapping[str, Any], held: Held | None, limits: Limits, on: date
) -> Examination:
    inherited = answers.get("ground") == "heir"
    by = limits["heirs.days" if inherited else "transfer.permission"]
    findings = [
        after.holder(held, by),
        after.in_force(held, on, by),
        after.consent(inherited, by),
    ]
    if inherited:
        died = after.day_of(answers.get("died_on"))
        findings.append(after.in_days("heirs", _HEIRS, died, on, by))
    return Examination(problems=after.other_state(held), findings=findings)


def _completion(
    answers: Mapping[str, Any], held: Held | None, limits: Limits, on: date
) -> Examination:
    by = limits["completion.certificate"]
    return Examination(
        problems=after.other_state(held),
        findings=[
            after.holder(held, by),
            after.certificate(held, answers.get("use"), limits),
        ],
    )


def _certification(
    answers: Mapping[str, Any], held: Held | None, limits: Limits, on: date
) -> Examination:
    findings = [
        after.holder(held, limits["completion.certificate"]),
        *after.certified(held, answers.get("use"), limits),
    ]
    return Examination(
        problems=after.other_state(held), **_with_fee("certificate", findings, limits)
    )


def _with_fee(what: str | None, findings: Sequence[Finding], limits: Limits) -> dict[str, Any]:
    if what is None:
        return {"findings": findings}
    line = fees.flat_fee(what, limits)
    lines = [line] if line.amount else []
    return {"findings": [*findings, fees.flat_finding(what, limits)], "fees": lines}


_RULES: Mapping[str, _Rules] = {
    RENEW: _renewal,
    SUPERVISE: _supervision,
    REPLACE: _replacement,
    TRANSFER: _transfer,
    COMPLETE: _completion,
    CERTIFY: _certification,
}
