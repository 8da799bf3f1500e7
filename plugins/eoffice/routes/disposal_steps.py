"""The steps of a list, each on a page of its own: what it needs is asked, and then it is done."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import Context, Ctx, NotFound, Text, officer
from kit.forms import AnyRequest, Sheet, show_sheet
from plugins.eoffice.forms import disposing as forms
from plugins.eoffice.forms.keeping import Back, day
from plugins.eoffice.routes.answering import take_sheet
from plugins.eoffice.routes.disposing import DISSENT, HOME
from plugins.eoffice.rules.disposing import TITLES, Act, Dissent, members
from plugins.eoffice.service import disposal_acts as acts
from plugins.eoffice.service import disposals, disposing
from plugins.eoffice.service.kept import limits_today

Row = Mapping[str, Any]
Values = Mapping[str, Any]

_NO_PAGE = Text("ไม่พบหน้านี้", "There is no such page.")
_SHEETS: Mapping[str, Callable[[Back, Row], Sheet]] = {
    Act.REPORT: forms.reporting,
    Act.AGREE: forms.agreeing,
    Act.SEND: forms.sending,
    Act.ANSWER: forms.answering,
    Act.APPROVE: forms.approving,
    Act.CARRY_OUT: forms.carrying_out,
    Act.DROP: forms.dropping,
    DISSENT: forms.dissenting,
}


async def _sheet(ctx: Context, act: str, row: Row) -> Sheet:
    back = f"{HOME}/{row['id']}", TITLES[row["kind"]]
    if act == Act.APPOINT:
        least = (await limits_today(ctx))["destroy.committee"].whole
        return forms.appointing(back, row, least)
    if act not in _SHEETS:
        raise NotFound(_NO_PAGE)
    return _SHEETS[act](back, row)


def _first(act: str, row: Row) -> dict[str, Any]:
    """Return what stands in a form at first: the committee as it is."""
    if act != Act.APPOINT or not row["committee"]:
        return {}
    lines = [f"{one['name']} | {one['post']}" for one in row["committee"]]
    return {
        "committee": "\n".join(lines),
        "number": row["order_number"],
        "on": row["order_on"].isoformat(),
    }


@get(HOME + "/{disposal:uuid}/{act:str}", guards=[officer])
async def show_step(
    request: AnyRequest, ctx: Ctx, disposal: FromPath[UUID], act: FromPath[str]
) -> Response[str]:
    """Ask what the next step of a list needs."""
    row = await disposals.get_disposal(ctx, disposal)
    return await show_sheet(request, ctx, await _sheet(ctx, act, row), values=_first(act, row))


@post(HOME + "/{disposal:uuid}/{act:str}", guards=[officer])
async def take_step(
    request: AnyRequest, ctx: Ctx, disposal: FromPath[UUID], act: FromPath[str]
) -> Response[str] | Redirect:
    """Take the next step with a list."""
    row = await disposals.get_disposal(ctx, disposal)
    sheet = await _sheet(ctx, act, row)

    async def do(values: Values, revision: int) -> None:
        await _STEPS[act](ctx, row, values, revision)

    return await take_sheet(request, ctx, sheet, do)


async def _appoint(ctx: Context, row: Row, values: Values, revision: int) -> None:
    committee, on = members(values["committee"]), day(values["on"])
    await acts.appoint(ctx, row["id"], committee, number=values["number"], on=on, revision=revision)


async def _report(ctx: Context, row: Row, _: Values, revision: int) -> None:
    await acts.report(ctx, row["id"], revision=revision)


async def _agree(ctx: Context, row: Row, _: Values, revision: int) -> None:
    await acts.agree(ctx, row["id"], revision=revision)


async def _send(ctx: Context, row: Row, values: Values, revision: int) -> None:
    on = day(values["on"])
    await acts.send(ctx, row["id"], number=values["number"], on=on, revision=revision)


async def _answer(ctx: Context, row: Row, values: Values, revision: int) -> None:
    on, number = values.get("on"), values.get("number") or ""
    await acts.answer(
        ctx,
        row["id"],
        values["reply"],
        number=number,
        on=day(on) if on else None,
        revision=revision,
    )


async def _approve(ctx: Context, row: Row, _: Values, revision: int) -> None:
    await acts.approve(ctx, row["id"], revision=revision)


async def _carry_out(ctx: Context, row: Row, values: Values, revision: int) -> None:
    on = day(values["on"])
    await acts.carry_out(ctx, row["id"], on=on, method=values["method"], revision=revision)


async def _drop(ctx: Context, row: Row, values: Values, revision: int) -> None:
    await acts.drop(ctx, row["id"], values["why"], revision=revision)


async def _dissent(ctx: Context, row: Row, values: Values, _: int) -> None:
    said = Dissent(
        name=row["committee"][int(values["member"])]["name"],
        text=values["text"],
        about=values.get("about") or "",
        noted_by=ctx.actor.name,
    )
    await disposing.dissent(ctx, row["id"], said)


_STEPS: Mapping[str, Callable[[Context, Row, Values, int], Awaitable[None]]] = {
    Act.APPOINT: _appoint,
    Act.REPORT: _report,
    Act.AGREE: _agree,
    Act.SEND: _send,
    Act.ANSWER: _answer,
    Act.APPROVE: _approve,
    Act.CARRY_OUT: _carry_out,
    Act.DROP: _drop,
    DISSENT: _dissent,
}
router = Router("/", route_handlers=[show_step, take_step])
