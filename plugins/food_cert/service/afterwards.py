"""What the rules find in a request about a place that has its paper."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.api import Context, Text
from kit.casework import Examination, FeeLine, PaperParts, Service
from kit.documents import Row
from kit.forms import describe
from kit.law import Limits
from kit.thai import long_day
from plugins.food_cert.rules import after
from plugins.food_cert.rules.after import CLOSE, RENEW, REPLACE, TRANSFER, Held
from plugins.food_cert.rules.places import LICENCE, stands
from plugins.food_cert.service.feeyears import year_is_paid
from plugins.food_cert.service.paper import form_of, rows_of, series_of
from plugins.food_cert.service.requests import shown_place

_REPLACEMENT = Text("ค่าธรรมเนียมใบแทน", "Fee for a replacement")
_EACH = Text("ฉบับละ", "each")
# What is for the office alone.
_LEFT_OUT = ("paper", "paper_phone", "new_phone", "details", "changed")


async def examined_after(
    ctx: Context, service: Service, answers: Mapping[str, Any], on: date, limits: Limits
) -> Examination:
    """Return what is found, what it costs and what its paper would say.

    :param service: one of ``rules.after.AFTER``.
    """
    place = await shown_place(ctx, answers.get("paper"), answers.get("paper_phone"))
    held = await _held(ctx, place, on) if place else None
    wrong = after.problems(service.code, held, answers, limits)
    if wrong:
        return Examination(problems=wrong)
    fee = limits["fee.replacement"].whole if service.code == REPLACE else 0
    line = FeeLine(
        code="replacement",
        title=_REPLACEMENT,
        amount=fee,
        revenue=f"food_cert.{place['instrument'] if place else LICENCE}",
        basis=_EACH,
    )
    return Examination(
        findings=after.findings(service.code, held, answers, on, limits),
        fees=[line] if fee else [],
        paper=_paper(service, place, answers, limits),
    )


async def _held(ctx: Context, place: Mapping[str, Any], on: date) -> Held:
    return Held(
        number=place["paper_number"],
        kind=place["kind"],
        instrument=place["instrument"],
        area=place["area"],
        stands=stands(place, on),
        opened_on=place["begun_on"],
        issued_on=place["issued_on"],
        until=place["until"],
        paid=bool(place["until"]) and await year_is_paid(ctx, place["id"], place["until"]),
    )


def _paper(
    service: Service, place: Mapping[str, Any] | None, answers: Mapping[str, Any], limits: Limits
) -> PaperParts:
    asked = [
        Row(one.label, one.text)
        for one in describe(
            [
                one
                for one in service.form
                if one.name not in _LEFT_OUT and one.is_asked(dict(answers))
            ],
            answers,
            "th",
            masked=False,
        )
    ]
    if place is None or service.code == CLOSE:
        number = place["paper_number"] if place else str(answers.get("paper", ""))
        return PaperParts(rows=[Row("เอกสารเลขที่", number), *asked])
    rows = [
        *rows_of(_as_asked(service.code, place, answers)),
        *_renewed(service.code, place, limits),
    ]
    return PaperParts(
        series=series_of(place["instrument"]),
        form=form_of(place["instrument"], place["kind"], limits),
        rows=rows,
    )


def _as_asked(
    service: str, place: Mapping[str, Any], answers: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return a place as it will be once a request about it was granted."""
    if service == TRANSFER:
        company = answers.get("new_company_id", "")
        return {**place, "holder": answers.get("new_holder", ""), "company_id": company}
    if service == after.CHANGE:
        area = after.area_of(answers) or place["area"]
        name, workers = answers.get("business_name", ""), answers.get("workers") or 0
        return {**place, "name": name, "area": area, "workers": workers}
    return place


def _renewed(service: str, place: Mapping[str, Any], limits: Limits) -> list[Row]:
    until = place["until"]
    if until is None:
        return []
    if service == RENEW:
        return [
            Row("วันสิ้นอายุเดิม", long_day(until, "th")),
            Row("ใช้ได้ถึงวันที่", long_day(after.renewed_until(until, limits), "th")),
        ]
    return [Row("ใช้ได้ถึงวันที่", long_day(until, "th"))]
