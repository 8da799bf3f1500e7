"""Notices: filing gives the receipt that lets somebody begin, and starts the clock of the office.

Law: that of the service, e.g. Public Health Act B.E. 2535, s. 48.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.api import Context, write_now
from kit.casework.declaration import Service
from kit.casework.service import receipts
from kit.casework.service.acting import Open
from kit.casework.service.passages import begin_step
from kit.casework.states import Status
from kit.casework.tables import Case
from kit.thai import calendar_of, due


def begun(ctx: Context, service: Service) -> dict[str, Any]:
    """Return the columns of a notice that is filed today: it is being checked at once."""
    first = service.steps[0]
    return {
        "status": Status(first.status),
        "step": first.code,
        "waits_for": first.by,
        "complete_on": ctx.today,
        "due_on": due(ctx.today, service.within, calendar_of(ctx.tenant)),
    }


async def confirm(ctx: Context, service: Service, row: Mapping[str, Any]) -> UUID:
    """Issue the receipt of a notice in the transaction that files it, and return the paper.

    :param row: of the case, left to be written with the commit.
    """
    opened = Open(Case(**row), service)
    await write_now()  # the case, to which its first step belongs
    await begin_step(ctx, opened, service.steps[0])
    return await receipts.issue_notice(ctx, opened)
