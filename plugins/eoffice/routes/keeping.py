"""Keeping: what is to be done, and how one document is kept."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import Context, Ctx, NotFound, Text, allow, page, people
from kit.forms import AnyRequest, Sheet, show_sheet
from kit.law import figures_router
from kit.thai import buddhist_year
from plugins.eoffice.forms import keeping as forms
from plugins.eoffice.routes.answering import take_sheet
from plugins.eoffice.rules.book import BOOK
from plugins.eoffice.rules.disposing import Kind, due_on
from plugins.eoffice.rules.lending import STATES, TONES
from plugins.eoffice.rules.retention import STAGES
from plugins.eoffice.rules.retention import TONES as TONES_OF_STAGES
from plugins.eoffice.service import disposals, holds, keeping, lending, retention
from plugins.eoffice.service.access import get_letter
from plugins.eoffice.service.kept import is_everywhere, is_keeper, limits_today
from plugins.eoffice.service.lending import Borrowing
from plugins.eoffice.service.retention import Standing
from plugins.eoffice.service.rights import KEEP, READ, SETTINGS

HOME = "/desk/eoffice/keeping"
LETTER = "/desk/eoffice/letters/{letter:uuid}/keeping"
_KEEP, _READ = allow(KEEP), allow(READ)
_NO_PAGE = Text("ไม่พบหน้านี้", "There is no such page.")


@get(HOME, guards=[_KEEP])
async def show_keeping(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what is to be done about keeping."""
    whole = is_everywhere(ctx, KEEP)
    limits, year = await limits_today(ctx), buddhist_year(ctx.today)
    due = {kind: await disposals.count_due(ctx, kind) if whole else 0 for kind in Kind}
    return await page(
        request,
        ctx,
        "eoffice/keeping.html",
        counts=await keeping.counts(ctx),
        whole=whole,
        due=due,
        due_on={kind: due_on(kind, year, limits) for kind in Kind},
        may_set=ctx.actor.may(SETTINGS),
    )


@get(f"{HOME}/holds", guards=[_KEEP])
async def show_holds(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show which documents are held."""
    return await page(
        request, ctx, "eoffice/holds.html", held=await holds.held_now(ctx), most=holds.MOST
    )


@get(LETTER, guards=[_READ])
async def show_letter(request: AnyRequest, ctx: Ctx, letter: FromPath[UUID]) -> Response[str]:
    """Show how a document is kept."""
    row = await get_letter(ctx, letter)
    stands = await retention.standing_of(ctx, row)
    return await page(
        request,
        ctx,
        "eoffice/kept.html",
        letter=row,
        stands=stands,
        stages=STAGES,
        tones=TONES_OF_STAGES,
        loans=await lending.loans_of(ctx, letter),
        loan_states=STATES,
        loan_tones=TONES,
        may_keep=is_keeper(ctx, row["unit"]) and row["state"] in retention.RECORDS,
    )


def _back(row: Mapping[str, Any]) -> forms.Back:
    return f"/desk/eoffice/letters/{row['id']}/keeping", Text("การเก็บหนังสือฉบับนี้", "Keeping")


async def _sheet(ctx: Context, act: str, row: Mapping[str, Any]) -> Sheet:
    back = _back(row)
    match act:
        case "class":
            return forms.classing(back, await limits_today(ctx))
        case "hold":
            return forms.holding(back)
        case "audit":
            return forms.auditing(back)
        case "place":
            return forms.filing(back)
        case "lend":
            some = await people.officers(ctx)
            words = [(str(one["id"]), f"{one['name']} {one['post']}".strip()) for one in some]
            return forms.lending(back, [(id, Text(name, name)) for id, name in words])
        case _:
            raise NotFound(_NO_PAGE)


def _first(act: str, row: Mapping[str, Any], stands: Standing) -> dict[str, Any]:
    """Return what stands in a form at first."""
    kept = stands.row or {}
    match act:
        case "class":
            return {"code": stands.code} | ({"until": str(stands.last)} if stands.last else {})
        case "place":
            known = {name: kept[name] for name in ("file_code", "place") if kept.get(name)}
            return known | {"paper": kept.get("paper", row["way"] == "in")}
        case _:
            return {}


@get(LETTER + "/{act:str}", guards=[_READ])
async def show_act(
    request: AnyRequest, ctx: Ctx, letter: FromPath[UUID], act: FromPath[str]
) -> Response[str]:
    """Ask what is needed to keep a document in another way."""
    row = await get_letter(ctx, letter)
    sheet = await _sheet(ctx, act, row)
    values = _first(act, row, await retention.standing_of(ctx, row))
    return await show_sheet(request, ctx, sheet, values=values, about=row["subject"])


@post(LETTER + "/{act:str}", guards=[_READ])
async def do_act(
    request: AnyRequest, ctx: Ctx, letter: FromPath[UUID], act: FromPath[str]
) -> Response[str] | Redirect:
    """Keep a document in another way."""
    row = await get_letter(ctx, letter)

    async def do(values: Mapping[str, Any], _: int) -> None:
        await _act(ctx, letter, act, values)

    sheet = await _sheet(ctx, act, row)
    return await take_sheet(request, ctx, sheet, do, about=row["subject"])


async def _act(ctx: Context, letter: UUID, act: str, values: Mapping[str, Any]) -> None:
    match act:
        case "class":
            until = forms.whole(values, "until")
            await retention.set_class(ctx, letter, values["code"], values["why"], until=until)
        case "hold":
            await holds.hold(ctx, letter, ordered_by=values["ordered_by"], why=values["why"])
        case "audit":
            await retention.keep_for_audit(ctx, letter, values["keeper"])
        case "place":
            await retention.file_away(
                ctx,
                letter,
                file_code=values.get("file_code") or "",
                place=values.get("place") or "",
                paper=bool(values.get("paper")),
            )
        case _:
            await lending.lend(ctx, letter, _borrowing(values))


def _borrowing(values: Mapping[str, Any]) -> Borrowing:
    account = values.get("account")
    texts = {name: values.get(name) or "" for name in ("agency", "name", "post", "purpose")}
    return Borrowing(
        due_on=forms.day(values["due_on"]), account=UUID(account) if account else None, **texts
    )


@get(LETTER + "/lift/{hold:uuid}", guards=[_READ])
async def show_lift(
    request: AnyRequest, ctx: Ctx, letter: FromPath[UUID], hold: FromPath[UUID]
) -> Response[str]:
    """Ask why a hold is lifted."""
    row = await get_letter(ctx, letter)
    await holds.demand_hold(ctx, letter, hold)
    return await show_sheet(request, ctx, forms.lifting(_back(row)), about=row["subject"])


@post(LETTER + "/lift/{hold:uuid}", guards=[_READ])
async def lift(
    request: AnyRequest, ctx: Ctx, letter: FromPath[UUID], hold: FromPath[UUID]
) -> Response[str] | Redirect:
    """Lift a hold."""
    row = await get_letter(ctx, letter)
    await holds.demand_hold(ctx, letter, hold)

    async def do(values: Mapping[str, Any], _: int) -> None:
        await holds.lift(ctx, letter, hold, why=values["why"])

    return await take_sheet(request, ctx, forms.lifting(_back(row)), do, about=row["subject"])


figures = figures_router(
    BOOK,
    permission=SETTINGS,
    title=Text("เกณฑ์การเก็บและทำลายหนังสือ", "Figures of keeping"),
    intro=Text(
        "อายุการเก็บ กำหนดเวลา และเลขแบบ ใช้ค่าของวันที่จัดทำบัญชี",
        "Terms, time limits and numbers of forms, as they hold on the day a list is drawn.",
    ),
)
router = Router(
    "/",
    route_handlers=[
        show_keeping,
        show_holds,
        show_letter,
        show_act,
        do_act,
        show_lift,
        lift,
        figures,
    ],
)
