"""What plugins add to cases: kinds of visits, and cards on the pages of a case."""

import logging
from collections.abc import Sequence
from typing import Any

from core.api import Context
from kit.casework.service.reading import View
from kit.casework.visits import CaseVisit, check_visit

log = logging.getLogger(__name__)


async def case_visits(ctx: Context) -> Sequence[CaseVisit]:
    """Return the kinds of visits for cases that the plugins name; faulty ones are left out."""
    kinds: list[CaseVisit] = []
    for answer in await ctx.host.ask(ctx, "visits_for_cases"):
        for visit in answer.value or ():
            fault = check_visit(answer.plugin, visit)
            if fault is None:
                kinds.append(visit)
            else:
                log.warning("plugin %s: visit %r left out: %s", answer.plugin, visit.code, fault)
    return kinds


async def cards_of(ctx: Context, view: View, area: str) -> dict[str, Any]:
    """Return ``cards`` in their order, and ``missing``: the plugins that could not answer.

    :param area: ``track`` for who follows the case, ``desk`` for the officer.
    """
    case = view.case
    answers = await ctx.host.ask(
        ctx,
        "cards_for_case",
        case=view.id,
        service=view.service.code,
        status=str(view.status),
        step=case.step,
        track=case.track,
        area=area,
    )
    cards = [card for answer in answers for card in answer.value or ()]
    return {
        "cards": sorted(cards, key=lambda card: card.order),
        "missing": [answer.plugin for answer in answers if answer.problem],
    }
