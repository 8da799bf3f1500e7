"""The services of an office, and what its rules find in a request."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.api import Context, Text, transaction
from kit.casework import Examination, FeeLine, Service
from kit.geo import Address
from kit.law import Limits
from kit.thai import baht
from plugins.food_cert.rules import findings
from plugins.food_cert.rules.after import AFTER, area_of
from plugins.food_cert.rules.bands import amount_of
from plugins.food_cert.rules.findings import Known, instrument_of
from plugins.food_cert.rules.instrument import LICENSE, SERVICES
from plugins.food_cert.rules.places import ALIVE, LICENCE, sameness, spot_of
from plugins.food_cert.service import complaints
from plugins.food_cert.service.afterwards import examined_after
from plugins.food_cert.service.bands import counting, tariffs_of
from plugins.food_cert.service.barring import barred_until
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.paper import parts_of
from plugins.food_cert.service.places import same_place
from plugins.food_cert.service.requests import shown_place
from plugins.food_cert.services import declared
from plugins.food_cert.services.complaint import CODE as COMPLAINT
from plugins.food_cert.tables.register import Place

_FEE = Text("ค่าธรรมเนียมใบอนุญาต ปีแรก", "Fee of the licence, first year")
_BASIS = Text("ปีละ {baht} บาท ตามขนาดพื้นที่", "{baht} baht a year, by the area")
_MOST_BESIDE = 5


async def services(ctx: Context) -> Sequence[Service]:
    """Return the services as the office offers them today."""
    return declared(await limits_on(ctx, ctx.today))


async def examined(
    ctx: Context, service: Service, answers: Mapping[str, Any], on: date
) -> Examination:
    """Return what the rules find in a request, what it costs and what its paper would say."""
    limits = await limits_on(ctx, on)
    if service.code in AFTER:
        return await examined_after(ctx, service, answers, on, limits)
    if service.code == COMPLAINT:
        return await complaints.examined(ctx, answers)
    if service.code not in SERVICES.values():
        return Examination()
    known = await _known(ctx, service, answers)
    wrong = findings.problems(service.code, answers, known, limits)
    if wrong:
        return Examination(problems=wrong)
    return await _whole(ctx, service, answers, known, on, limits)


async def _whole(
    ctx: Context,
    service: Service,
    answers: Mapping[str, Any],
    known: Known,
    on: date,
    limits: Limits,
) -> Examination:
    instrument = instrument_of(service.code)
    fee = await rate_on(ctx, instrument, answers, on)
    return Examination(
        findings=findings.findings(answers, known, on, limits),
        fees=_first_year(fee) if service.code == LICENSE and fee else (),
        paper=parts_of(
            instrument,
            answers,
            holder=_holder(answers),
            fee=fee,
            fields=service.form,
            limits=limits,
        ),
    )


def _first_year(fee: int) -> list[FeeLine]:
    return [
        FeeLine(
            code="licence",
            title=_FEE,
            amount=fee,
            revenue=f"food_cert.{LICENCE}",
            basis=_BASIS.format(baht=baht(fee)),
        )
    ]


def _holder(answers: Mapping[str, Any]) -> str:
    return str(answers.get("company_name") or answers.get("holder_name") or "")


async def rate_on(
    ctx: Context, instrument: str, answers: Mapping[str, Any], on: date
) -> int | None:
    """Return the fee of a year by the bands of a day, satang; None where there is no band."""
    area = area_of(answers)
    if area is None:
        return None
    return amount_of(counting(await tariffs_of(ctx), on), instrument, area)


def same_of(answers: Mapping[str, Any]) -> str:
    """Return what makes the place of some answers the same; empty before all is answered."""
    name, kind, site = (answers.get(one) for one in ("business_name", "kind", "site"))
    return sameness(name, kind, Address(**site)) if name and kind and site else ""


async def _known(ctx: Context, service: Service, answers: Mapping[str, Any]) -> Known:
    same = same_of(answers)
    if not same:
        return Known()
    there = await same_place(ctx, same)
    before = await shown_before(ctx, answers)
    barred = None
    if service.code == LICENSE:
        company, phone = str(answers.get("company_id", "")), str(answers.get("phone", ""))
        barred = await barred_until(ctx, company_id=company, phone=phone, same=same)
    return Known(
        same=there["number"] if there else None,
        beside=await _beside(ctx, same, before),
        grown=before is not None and (there is None or there["id"] == before["id"]),
        barred=barred,
    )


async def shown_before(ctx: Context, answers: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the place of the paper that a growing one names, to who has shown to run it."""
    if answers.get("had") != "yes":
        return None
    return await shown_place(ctx, answers.get("before"), answers.get("before_phone"))


async def _beside(ctx: Context, same: str, before: Mapping[str, Any] | None) -> tuple[str, ...]:
    spot = spot_of(same).partition("/")[2]
    async with transaction(ctx):
        rows = (
            await Place.select(Place.id, Place.name, Place.sameness)
            .where(
                Place.of(ctx),
                Place.state.is_in(sorted(ALIVE)),
                Place.sameness.like(f"%/{_literal(spot)}/%"),
            )
            .limit(_MOST_BESIDE)
        )
    own = before["id"] if before else None
    return tuple(one["name"] for one in rows if one["sameness"] != same and one["id"] != own)


def _literal(text: str) -> str:
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
