"""What cases that ask for aid do in the register of claims, and what the register tells them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from contrib.disaster.rules.claim_form import asked_of
from contrib.disaster.rules.claims import SCHEMES, STATES
from contrib.disaster.service import claims
from contrib.disaster.service.rights import CLAIMS
from contrib.disaster.services.relief import CODE
from contrib.disaster.tables.claims import Claim, Clash
from core.api import Card, Conflict, Context, InvalidInput, Text, add, audit, transaction
from kit.casework import Examination, Status, read_request
from kit.thai import baht

_ENDED = frozenset({Status.REJECTED, Status.LAPSED, Status.CANCELLED})
_NEEDED = ("kind", "happened_on", "scheme", "house_code", "account", "bank")
_TITLE = Text("เงินช่วยเหลือ เลขที่ {number}", "Claim for aid no. {number}")
_AMOUNT = Text("{state} {amount} บาท", "{state}: {amount} baht")
_OPEN = Text("เปิดคำขอในทะเบียนเงินช่วยเหลือ", "Open it in the register of claims")
_CLASH = Text("ขอซ้ำ", "Asked for twice")
_CLASH_WORDS = Text(
    "ครัวเรือนนี้ขอเงินประเภทนี้ของเหตุการณ์นี้แล้ว เลขที่ {number} เรื่องนี้จึงไม่มีคำขอของตนเอง ให้ไม่อนุมัติ",
    "This household has asked for this aid already, no. {number}, so this case has no claim of its "
    "own: refuse it.",
)


async def examined(ctx: Context, answers: Mapping[str, Any]) -> Examination:
    """Return why a claim cannot be filed so: no such disaster, or the household has one already."""
    if any(not answers.get(name) for name in _NEEDED):
        return Examination()
    try:
        asked = asked_of(_whole(answers))
        same = await claims.same_as(ctx, asked)
    except InvalidInput as refusal:
        return Examination(problems=refusal.problems)
    if same is None:
        return Examination()
    scheme = SCHEMES[asked.scheme]
    told = claims.TWICE.format(scheme=scheme, number=same["number"])
    return Examination(problems={"house_code": told})


def _whole(answers: Mapping[str, Any]) -> dict[str, Any]:
    blank = {"address": "", "village": "", "members": 1, "account_name": ""}
    return {**blank, **answers}


async def follow_filed(ctx: Context, case: UUID, service: str) -> None:
    """Enter the claim of a case; where two came at once the second has none."""
    if service != CODE:
        return
    request = await read_request(ctx, case)
    asked, who = asked_of(_whole(request.answers)), request.applicant
    try:
        await claims.enter(ctx, asked, name=who.name, phone=who.phone or "", case=case)
    except Conflict:
        same = await claims.same_as(ctx, asked)
        if same is None:
            raise
        async with transaction(ctx):
            row = {
                "tenant_id": ctx.tenant.id,
                "case_id": case,
                "claim_id": same["id"],
                "at": ctx.now,
            }
            await add(Clash, row, unless=("tenant_id", "case_id"))


async def follow_moved(ctx: Context, case: UUID, service: str, status: str) -> None:
    """Take back the claim of a case that ended without an approval, where nothing was resolved."""
    if service != CODE or status not in _ENDED:
        return
    to = "refused" if status == Status.REJECTED else "withdrawn"
    async with transaction(ctx):
        row = await _of_case(ctx, case)
        if row is None or row["state"] not in ("filed", "valued"):
            return
        await claims.move(ctx, row["id"], to, {})
        await audit.record(ctx, f"disaster.claim.{to}", f"claim/{row['id']}")


async def cards(ctx: Context, case: UUID, service: str, area: str) -> list[Card]:
    """Return what stands beside a case: how its claim stands, or that there is another one."""
    if service != CODE:
        return []
    async with transaction(ctx):
        row = await _of_case(ctx, case)
        clash = None if row else await _clash_of(ctx, case)
    if clash is not None:
        words = _CLASH_WORDS.format(number=clash["number"])
        return [Card(_CLASH, words, "", _OPEN)] if area == "desk" else []
    if row is None:
        return []
    state = STATES[row["state"]]
    words = _AMOUNT.format(state=state, amount=baht(row["amount"])) if row["amount"] else state
    leads = area == "desk" and ctx.actor.may(CLAIMS)
    href = f"/desk/disaster/claims/{row['id']}" if leads else ""
    return [Card(_TITLE.format(number=row["number"]), words, href, _OPEN, sign="money")]


async def _of_case(ctx: Context, case: UUID) -> dict[str, Any] | None:
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Claim.select().where(Claim.of(ctx), Claim.case_id == case).first()
        )
    return row


async def _clash_of(ctx: Context, case: UUID) -> dict[str, Any] | None:
    async with transaction(ctx):
        found = (
            await Clash.select(Clash.claim_id).where(Clash.of(ctx), Clash.case_id == case).first()
        )
        return await claims.get_claim(ctx, found["claim_id"]) if found else None
