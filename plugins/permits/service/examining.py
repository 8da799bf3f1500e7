"""The examination of a request: what cannot be filed, what each rule finds, what it costs."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from kit.casework import Examination, Finding
from kit.law import Entry, Limits, in_force
from plugins.permits.rules import boundaries, drawings, fees, people, roads, site, validity, ways
from plugins.permits.rules.asked import Asked, asked_of
from plugins.permits.rules.dated import BOOK
from plugins.permits.rules.plans import Plan
from plugins.permits.rules.problems import problems_of
from plugins.permits.rules.ways import BUILD, NOTIFY, SMALL, Way, way_of

Rule = Callable[[Asked, Limits], Finding]

EXAMINED = (SMALL, BUILD, NOTIFY)
_OF_BUILDING: tuple[Rule, ...] = (
    drawings.drawings,
    drawings.engineer,
    drawings.architect,
    drawings.rooms,
    drawings.height,
)
_OF_PLACE: tuple[Rule, ...] = (
    roads.road,
    roads.water,
    boundaries.open_space,
    site.answers,
    site.zoning,
)
_OF_ALL: tuple[Rule, ...] = (
    site.land,
    site.encroachment,
    people.supervisor,
    validity.validity,
    fees.fees,
)


def examine(
    service_code: str,
    answers: Mapping[str, Any],
    *,
    plans: Mapping[str, Plan],
    data: Sequence[Entry],
    on: date,
) -> Examination:
    """Return what the rules say of a request as it stands.

    :param service_code: one of ``EXAMINED``.
    :param answers: of the form, as they are stored; any of them may be missing.
    :param plans: by code, those that can be chosen now.
    :param data: entries that the office has set, which go before those the code begins with.
    :param on: the day by whose law it is examined.
    """
    limits = in_force((*BOOK.starting, *data), on)
    asked = asked_of(answers, plans, notified=service_code == NOTIFY)
    findings = _findings(service_code, asked, limits)
    return Examination(
        problems=problems_of(service_code, answers, asked, limits),
        findings=findings,
        fees=fees.fee_lines(asked, limits),
        way=findings[0].sentence,
    )


def _findings(service_code: str, asked: Asked, limits: Limits) -> list[Finding]:
    first = (*_OF_BUILDING, *_OF_PLACE) if asked.builds else (site.demolition,)
    rules = (*first, *_OF_ALL)
    findings = [ways.way(asked, service_code, limits), *(rule(asked, limits) for rule in rules)]
    if asked.builds:
        findings += boundaries.setbacks(asked, limits)
    if service_code == NOTIFY:
        findings.append(people.professionals(asked, limits))
    looked_up = people.licences(asked, limits)
    return [*findings, looked_up] if looked_up else findings


def choose_way(
    *,
    work: str | None,
    use: str | None,
    storeys: int | None,
    area: Decimal | None,
    data: Sequence[Entry],
    on: date,
) -> Way:
    """Return which service a piece of work is asked for by, and why.

    :param work: ``build``, ``alter``, ``demolish`` or another word for what no service does.
    :param area: square metres of all floors.
    :param data: entries that the office has set.
    """
    limits = in_force((*BOOK.starting, *data), on)
    return way_of(limits, work=work, use=use, storeys=storeys, area=area)
