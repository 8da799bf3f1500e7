"""Orders by which an officer acts in a post that is another's or nobody's."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath

from core.context import Context
from core.days import MONTHS
from core.errors import AppError, InvalidInput
from core.http.inject import Ctx
from core.identity import acting, people, roles
from core.identity.forms import REFUSALS, read_day, show_form, typed
from core.identity.routes.people import MAY, changed, officer_page
from core.text import Text

AnyRequest = Request[Any, Any, Any]

_DAYS = tuple(
    f"{day}.{part}" for day in ("order_on", "from_on", "to_on") for part in ("day", "month", "year")
)


@get("/desk/people/{officer:uuid}/acting", guards=[MAY])
async def show_acting_form(request: AnyRequest, ctx: Ctx, officer: FromPath[UUID]) -> Response[str]:
    """Show the form of an order to act for another."""
    return await _acting_form(request, ctx, officer)


async def _acting_form(
    request: AnyRequest,
    ctx: Context,
    officer: UUID,
    *,
    given: dict[str, str] | None = None,
    wrong: AppError | None = None,
) -> Response[str]:
    known = await people.names(ctx, [officer])
    return await show_form(
        request,
        ctx,
        "core/acting.html",
        typed=given or {},
        wrong=wrong,
        officer=officer,
        name=known.get(officer, ""),
        roles=await roles.list_roles(ctx),
        others=[row for row in await people.officers(ctx) if row["id"] != officer],
        modes=acting.MODES,
        months=MONTHS,
    )


@post("/desk/people/{officer:uuid}/acting", guards=[MAY])
async def appoint_acting(request: AnyRequest, ctx: Ctx, officer: FromPath[UUID]) -> Response[Any]:
    """Enter an order by which an officer acts for another."""
    given = await typed(request, "role", "unit", "post", "mode", "order_no", "principal", *_DAYS)
    try:
        await acting.appoint_acting(ctx, _read_order(officer, given))
    except REFUSALS as wrong:
        return await _acting_form(request, ctx, officer, given=given, wrong=wrong)
    return await changed(request, ctx, officer, "acting")


def _read_order(officer: UUID, given: dict[str, str]) -> acting.Order:
    problems: dict[str, Text] = {}
    read: dict[str, Any] = {name: given[name] for name in ("role", "post", "mode", "order_no")}
    for day in ("order_on", "from_on", "to_on"):
        try:
            read[day] = read_day(given, day, optional=day == "to_on")
        except InvalidInput as wrong:
            problems |= wrong.problems
    try:
        read["principal"] = UUID(given["principal"]) if given["principal"] else None
    except ValueError:
        problems["principal"] = Text("เลือกเจ้าของตำแหน่งจากรายการ", "Choose from the list.")
    if problems:
        raise InvalidInput(problems)
    return acting.Order(actor=officer, unit=given["unit"] or None, **read)


@post("/desk/people/{officer:uuid}/acting/{order:uuid}/end", guards=[MAY])
async def end_acting(
    request: AnyRequest, ctx: Ctx, officer: FromPath[UUID], order: FromPath[UUID]
) -> Response[Any]:
    """End an order from now on."""
    try:
        await acting.end_acting(ctx, order=order)
    except REFUSALS as wrong:
        return await officer_page(request, ctx, officer, wrong=wrong)
    return await changed(request, ctx, officer, "acting")
