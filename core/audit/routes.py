"""The page on which an office reads its own audit trail."""

import calendar
import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.params import FromQuery

from core.audit.browsing import PAGE, PERMISSION, Sought, entries, months
from core.audit.words import titles
from core.errors import InvalidInput
from core.http.guards import allow
from core.http.inject import Ctx
from core.http.pages import page
from core.text import Text

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_DAY = re.compile(r"[1-9]|[12]\d|3[01]")
_LONGEST = 200


@get("/desk/audit", guards=[allow(PERMISSION)])
async def show_trail(
    request: Request[Any, Any, Any], ctx: Ctx, before: FromQuery[UUID | None] = None
) -> Response[str]:
    """Show the trail, the newest first, narrowed by day, person, action or subject."""
    asked = _asked(request.query_params)
    found = await entries(ctx, read_sought(asked), before=before)
    older = None
    if len(found) == PAGE:
        older = "/desk/audit?" + urlencode(asked | {"before": str(found[-1].id)})
    return await page(
        request,
        ctx,
        "core/audit.html",
        entries=found,
        asked=asked,
        older=older,
        begun=before is None,
        months=await months(ctx),
        titles=titles(ctx),
    )


def _asked(query: Mapping[str, str]) -> dict[str, str]:
    names = ("month", "day", "q", "action", "subject")
    typed = {name: query.get(name, "") for name in names}
    return {
        name: "".join(sign for sign in text if sign.isprintable())[:_LONGEST].strip()
        for name, text in typed.items()
    }


def read_sought(asked: Mapping[str, str]) -> Sought:
    """Return what is looked for; a month or day that no page of ours sends does not count.

    :param asked: ``month`` as ``2026-11``, ``day`` within it, ``q`` a part of a name,
        ``action`` and ``subject`` as they are stored; "" for what does not matter.
    :raises InvalidInput: the month has no such day.
    """
    since = until = None
    if match := _MONTH.fullmatch(asked["month"]):
        year, month = int(match[1]), int(match[2])
        length = calendar.monthrange(year, month)[1]
        since, until = date(year, month, 1), date(year, month, length)
        if _DAY.fullmatch(asked["day"]):
            if int(asked["day"]) > length:
                raise InvalidInput({"day": _no_such_day(int(asked["day"]), length)})
            since = until = date(year, month, int(asked["day"]))
    return Sought(
        since=since,
        until=until,
        actor=asked["q"],
        action=asked["action"],
        subject=asked["subject"],
    )


def _no_such_day(day: int, length: int) -> Text:
    return Text(
        f"เดือนนี้มี {length} วัน ไม่มีวันที่ {day} เลือกวันใหม่",
        f"That month has {length} days and no day {day}. Choose another.",
    )


router = Router("/", route_handlers=[show_trail])
