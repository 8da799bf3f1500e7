"""Loans of documents: who has what, until when."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import Context, Ctx, NotFound, Text, officer, page
from kit.forms import AnyRequest, Sheet, show_sheet
from plugins.eoffice.forms import keeping as forms
from plugins.eoffice.routes.answering import pdf, take_sheet
from plugins.eoffice.rules.lending import STATES, TONES
from plugins.eoffice.service import keeping, keeping_papers, lending
from plugins.eoffice.service.lending import Which
from plugins.eoffice.service.rights import KEEP, LEND

HOME = "/desk/eoffice/keeping/loans"
_VIEWS: Mapping[str, Text] = {
    "open": Text("ที่ยืมอยู่", "Out"),
    "late": Text("เกินกำหนดคืน", "Overdue"),
    "asked": Text("รออนุญาต", "To be allowed"),
    "all": Text("ทั้งหมด", "All"),
}
_NO_PAGE = Text("ไม่พบหน้านี้", "There is no such page.")


@get(HOME, guards=[officer])
async def show_loans(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show loans: those that are out, overdue or asked for."""
    view = request.query_params.get("view", "open")
    view = view if view in _VIEWS else "open"
    return await page(
        request,
        ctx,
        "eoffice/loans.html",
        loans=await lending.loans(ctx, cast("Which", view)),
        view=view,
        views=[(title.to(ctx.language), f"{HOME}?view={one}") for one, title in _VIEWS.items()],
        here=f"{HOME}?view={view}",
        counts=await keeping.counts_of_loans(ctx),
        states=STATES,
        tones=TONES,
        today=ctx.today,
        may_keep=ctx.actor.may(KEEP),
        may_allow=ctx.actor.may(LEND),
    )


def _sheet(act: str) -> Sheet:
    back = HOME, Text("การยืมหนังสือ", "Loans")
    match act:
        case "allow":
            return forms.allowing(back)
        case "refuse":
            return forms.refusing(back)
        case "return":
            return forms.returning(back)
        case _:
            raise NotFound(_NO_PAGE)


def _about(row: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (row["subject"], row["name"], row["post"], row["agency"])))


@get(HOME + "/{loan:uuid}/{act:str}", guards=[officer])
async def show_act(
    request: AnyRequest, ctx: Ctx, loan: FromPath[UUID], act: FromPath[str]
) -> Response[str]:
    """Ask what is needed to allow or refuse a loan, or to end it."""
    row = await lending.get_loan(ctx, loan)
    return await show_sheet(request, ctx, _sheet(act), about=_about(row))


@post(HOME + "/{loan:uuid}/{act:str}", guards=[officer])
async def do_act(
    request: AnyRequest, ctx: Ctx, loan: FromPath[UUID], act: FromPath[str]
) -> Response[str] | Redirect:
    """Allow or refuse a loan, or take the document back."""
    row = await lending.get_loan(ctx, loan)

    async def do(values: Mapping[str, Any], _: int) -> None:
        await _act(ctx, loan, act, values)

    return await take_sheet(request, ctx, _sheet(act), do, about=_about(row))


async def _act(ctx: Context, loan: UUID, act: str, values: Mapping[str, Any]) -> None:
    match act:
        case "allow":
            await lending.allow(ctx, loan)
        case "refuse":
            await lending.refuse(ctx, loan, values["why"])
        case _:
            await lending.take_back(ctx, loan, values["brought_by"])


@get(HOME + "/{loan:uuid}/card.pdf", guards=[officer])
async def print_card(ctx: Ctx, loan: FromPath[UUID]) -> Response[bytes]:
    """Give the card of a loan."""
    return pdf(await keeping_papers.print_loan(ctx, loan), "loan")


router = Router("/", route_handlers=[show_loans, show_act, do_act, print_card])
