"""Hooks that casework calls: where services come from, and what happens to cases."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.api import Context, hookspec
from kit.casework.declaration import Service
from kit.casework.examination import Examination


@hookspec()
def register_services() -> Sequence[Service]:  # type: ignore[empty-body]
    """Give the services that the plugin declares in its code."""


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

    It is asked before filing, to show what a request costs and where it goes wrong, and once
    more when it is filed; what is said then is kept with the case.

    :param service: as the request was begun on it.
    :param answers: of the form, by field; before filing some may be missing.
    :param on: the day whose rules count.
    """


@hookspec(budget=30)
async def on_case_filed(ctx: Context, event: UUID, case: UUID, service: str, number: str) -> None:
    """A case now exists.

    :param case: its id.
    :param service: code of the service, which begins with the plugin's name.
    :param number: what the citizen quotes, e.g. ``1254/2569``.
    """


@hookspec(budget=30)
async def on_case_moved(
    ctx: Context, event: UUID, case: UUID, service: str, status: str, act: str
) -> None:
    """Something was done to a case.

    :param status: where it stands now.
    :param act: what was done, a value of ``kit.casework.Act``.
    """
