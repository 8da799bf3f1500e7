"""The figures of law at the desk: see them, set one from a day on, withdraw one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from core.api import AppError, Conflict, Ctx, Text, allow, page
from kit.forms import AnyRequest, Sheet, read_posted, read_sheet, revision_of, show_sheet
from plugins.permits.forms import figures as forms
from plugins.permits.rules.named import GROUP_OF, GROUPS, shown
from plugins.permits.service import figures
from plugins.permits.service.figures import Dated, Setting
from plugins.permits.service.rights import FIGURES

HOME = "/desk/permits/figures"
_FIGURES = allow(FIGURES)
_NOW = Text("ตอนนี้ใช้ {value} ตาม{law}", "It is {value} now.")
_FIXED = Text(
    "ข้อนี้ไม่มีตัวเลข กำหนดได้ว่าเป็นไปตามกฎหมายใด ตอนนี้อ้าง{law}",
    "This rule has no figure; what is set is the law it comes from.",
)
_NO_LAW = Text("ตอนนี้ใช้ {value}", "It is {value} now.")


def _sheet(known: Dated, revision: int) -> Sheet:
    words = _FIXED if known.named.kind.fixed else _NOW if known.now.law else _NO_LAW
    return Sheet(
        title=Text("กำหนดเกณฑ์", "Set the figure"),
        back=(f"{HOME}/{known.named.code}", known.named.title),
        groups=((_heading(known), forms.asked_of(known.named, bool(known.starting.law))),),
        button=Text("บันทึกเกณฑ์", "Keep the figure"),
        intro=words.format(value=shown(known.now), law=known.now.law),
        hidden={"revision": str(revision)},
    )


def _heading(known: Dated) -> Text:
    code, heading = known.named.code, Text("{group}: {title}", "{group}: {title}")
    return heading.format(group=GROUP_OF[code].title, title=known.named.title)


def _withdrawal(known: Dated, setting: Setting) -> Sheet:
    return Sheet(
        title=Text("ถอนค่าที่ยังไม่เริ่มใช้", "Withdraw what has not begun"),
        back=(f"{HOME}/{known.named.code}", known.named.title),
        groups=((_heading(known), forms.WITHDRAWAL),),
        button=Text("ถอนค่านี้", "Withdraw this figure"),
        danger=True,
        intro=Text(
            "ถอนค่า {value} ที่รอเริ่มใช้ ค่าที่ใช้อยู่วันนี้ไม่เปลี่ยน ประวัติยังเก็บไว้",
            "The {value} that waits is withdrawn. What holds today stays; the history is kept.",
        ).format(value=shown(setting.entry)),
    )


@get(HOME, guards=[_FIGURES])
async def show_figures(request: AnyRequest, ctx: Ctx, only: FromQuery[str] = "") -> Response[str]:
    """Show every figure that the rules use, in groups, or only those that nobody has read."""
    known = await figures.all_figures(ctx)
    unread = [code for code, one in known.items() if not one.now.verified]
    return await page(
        request,
        ctx,
        "permits/figures.html",
        groups=GROUPS,
        known={code: known[code] for code in unread} if only == "unread" else known,
        unread=len(unread),
        only="unread" if only == "unread" else "",
        shown=shown,
    )


@get(f"{HOME}/{{code:str}}", guards=[_FIGURES])
async def show_figure(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[str]:
    """Show a figure: what holds today, what will, and all that the office has set."""
    known = await figures.get_figure(ctx, code)
    return await page(
        request, ctx, "permits/figure.html", known=known, group=GROUP_OF[code], shown=shown
    )


@get(f"{HOME}/{{code:str}}/set", guards=[_FIGURES])
async def show_set(
    request: AnyRequest, ctx: Ctx, code: FromPath[str], confirm: FromQuery[bool] = False
) -> Response[str]:
    """Ask for a figure, filled in with that of now; to confirm that one, with its day too."""
    known = await figures.get_figure(ctx, code)
    sheet = _sheet(known, known.revision)
    since = known.now.since if confirm else ctx.today
    values = forms.values_of(known.now, known.named, since)
    return await show_sheet(request, ctx, sheet, values=values)


@post(f"{HOME}/{{code:str}}/set", guards=[_FIGURES])
async def set_figure(
    request: AnyRequest, ctx: Ctx, code: FromPath[str]
) -> Response[str] | Redirect:
    """Let a figure hold from a day on."""
    known = await figures.get_figure(ctx, code)
    revision = revision_of(await read_posted(request))
    sheet = _sheet(known, revision)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    try:
        await figures.set_figure(ctx, code, **_set(reading.values, known), revision=revision)
    except AppError as refusal:
        if isinstance(refusal, Conflict):
            # The form stands on the figure of now: who saves again has seen it.
            known = await figures.get_figure(ctx, code)
            sheet = _sheet(known, known.revision)
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{code}", status_code=303)


def _set(values: Mapping[str, Any], known: Dated) -> dict[str, Any]:
    return {
        "value": str(values.get("value", known.now.value)),
        "law": values.get("law", ""),
        "why": values["why"],
        "since": date.fromisoformat(values["since"]),
    }


@get(f"{HOME}/{{code:str}}/{{number:int}}/withdraw", guards=[_FIGURES])
async def show_withdraw(
    request: AnyRequest, ctx: Ctx, code: FromPath[str], number: FromPath[int]
) -> Response[str]:
    """Ask why a figure that has not begun is withdrawn."""
    known = await figures.get_figure(ctx, code)
    sheet = _withdrawal(known, await figures.get_setting(ctx, code, number))
    return await show_sheet(request, ctx, sheet)


@post(f"{HOME}/{{code:str}}/{{number:int}}/withdraw", guards=[_FIGURES])
async def withdraw_figure(
    request: AnyRequest, ctx: Ctx, code: FromPath[str], number: FromPath[int]
) -> Response[str] | Redirect:
    """Withdraw a figure that has not begun."""
    known = await figures.get_figure(ctx, code)
    sheet = _withdrawal(known, await figures.get_setting(ctx, code, number))
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    try:
        await figures.withdraw_figure(ctx, code, number, why=reading.values["why"])
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{code}", status_code=303)


router = Router(
    "/",
    route_handlers=[
        show_figures,
        show_figure,
        show_set,
        set_figure,
        show_withdraw,
        withdraw_figure,
    ],
)
