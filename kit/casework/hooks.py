"""Hooks that casework calls: where services come from, and what happens to cases."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from core.api import Card, Context, hookspec
from kit.casework.declaration import Service
from kit.casework.examination import Examination
from kit.casework.visits import CaseVisit


@hookspec()
def register_services() -> Sequence[Service]:  # type: ignore[empty-body]
    """Give the services that the plugin declares in its code.

    From each come its guide, form, checklist, inbox, clock, papers, tracking page and figures.
    """


@hookspec(budget=0.3)
async def services_of_office(ctx: Context) -> Sequence[Service]:  # type: ignore[empty-body]
    """Give the services that this municipality made for itself.

    One of the same code as a declared service takes its place there.
    """


@hookspec(budget=1)
async def examine_request(  # type: ignore[empty-body]
    ctx: Context, service: Service, answers: Mapping[str, Any], on: date
) -> Examination:
    """Say what the rules of a service find in a request; only its own plugin is asked.

    They find why it cannot be filed so (``problems``, by field), what each rule of law says of it
    (``findings``: passed, for an officer to judge, failed), what it costs (``fees``), and what the
    paper at the end says (``paper``). It is asked before filing, and once more when it is filed;
    what is said then is kept with the case: officers judge what was not passed, the fee is billed
    on approval, and the paper is issued when it is paid.

    :param service: as the request was begun on it.
    :param answers: of the form, by field; before filing some may be missing.
    :param on: the day whose rules count.
    """


@hookspec(budget=0.3)
async def visits_for_cases(ctx: Context) -> Sequence[CaseVisit]:  # type: ignore[empty-body]
    """Give the kinds of visits to the counter that stand on the way of the plugin's own cases.

    Each says of which service, at which steps, how many minutes, and what to bring. Who keeps the
    appointments offers them to cases that stand there, and to nobody else. A kind whose code or
    service is not the plugin's own, or that is out of bounds, is left out and logged.
    """


@hookspec(budget=0.5)
async def cards_for_case(  # type: ignore[empty-body]
    ctx: Context, case: UUID, service: str, status: str, step: str | None, track: str, area: str
) -> Sequence[Card]:
    """Give what stands where the next thing to do with a case is shown.

    Lead an officer to what acts as the citizen only who may. A card without ``href`` has no button.

    :param status: where the case stands, a value of ``kit.casework.Status``.
    :param step: code of the declared step; None before the file was complete.
    :param track: tracking code of the case; who holds it acts as the citizen.
    :param area: ``track`` for the page of who follows the case, ``desk`` for the officer's.
    """


@hookspec(budget=8)
async def on_case_filed(ctx: Context, event: UUID, case: UUID, service: str, number: str) -> None:
    """A case now exists.

    :param case: its id.
    :param service: code of the service, which begins with the plugin's name.
    :param number: what the citizen quotes, e.g. ``1254/2569``.
    """


@hookspec(budget=8)
async def on_case_moved(
    ctx: Context, event: UUID, case: UUID, service: str, status: str, act: str
) -> None:
    """Something was done to a case.

    :param status: where it stands now.
    :param act: what was done, a value of ``kit.casework.Act``.
    """


@hookspec(budget=8)
async def on_visit_changed(
    ctx: Context,
    event: UUID,
    case: UUID,
    state: str,
    starts_at: datetime,
    minutes: int,
    code: str,
    at: datetime,
) -> None:
    """A visit for a case was booked, moved or cancelled, or its person came or did not.

    What counts minutes goes by ``at``, not by the delivery. Who was noted as absent may still
    arrive.

    :param state: what has just become of it, a value of ``kit.casework.VisitState``.
    :param starts_at: aware; of a moved visit the new time.
    :param code: of the kind of visit, which begins with the plugin's name.
    :param at: when that was noted, aware; deliveries may come later and in another order.
    """
