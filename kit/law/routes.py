"""The figures of law of a plugin at the desk: see them, set one from a day on, withdraw one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, SkipValidation
from litestar.response import Redirect

from core.api import AppError, Conflict, Ctx, Text, allow, page
from kit.forms import AnyRequest, Sheet, read_posted, read_sheet, revision_of, show_sheet
from kit.law import forms, reading, setting
from kit.law.reading import Dated, Setting
from kit.law.rulebook import Rulebook

_NOW = Text("ตอนนี้ใช้ {value} ตาม{law}", "It is {value} now.")
_FIXED = Text(
    "ข้อนี้ไม่มีตัวเลข กำหนดได้ว่าเป็นไปตามกฎหมายใด ตอนนี้อ้าง{law}",
    "This rule has no figure; what is set is the law it comes from.",
)
_NO_LAW = Text("ตอนนี้ใช้ {value}", "It is {value} now.")
_HEADING = Text("{group}: {title}", "{group}: {title}")


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """Where the figures of one plugin are set.

    :param permission: of the plugin; who holds it may set them.
    :param title: of the page with all of them.
    :param intro: what they are for, below that title.
    """

    book: Rulebook
    permission: str
    title: Text
    intro: Text

    @property
    def home(self) -> str:
        """The path of the page with all figures."""
        return f"/desk/{self.book.plugin}/figures"

    def sheet_to_set(self, known: Dated, revision: int) -> Sheet:
        """Return the form by which a figure is set."""
        words = _FIXED if known.named.kind.fixed else _NOW if known.now.law else _NO_LAW
        return Sheet(
            title=Text("กำหนดเกณฑ์", "Set the figure"),
            back=(f"{self.home}/{known.named.code}", known.named.title),
            groups=((self._heading(known), forms.asked_of(known)),),
            button=Text("บันทึกเกณฑ์", "Keep the figure"),
            intro=words.format(value=known.named.shown(known.now), law=known.now.law),
            hidden={"revision": str(revision)},
        )

    def sheet_to_withdraw(self, known: Dated, one: Setting) -> Sheet:
        """Return the form by which a figure that has not begun is withdrawn."""
        return Sheet(
            title=Text("ถอนค่าที่ยังไม่เริ่มใช้", "Withdraw what has not begun"),
            back=(f"{self.home}/{known.named.code}", known.named.title),
            groups=((self._heading(known), forms.WITHDRAWAL),),
            button=Text("ถอนค่านี้", "Withdraw this figure"),
            danger=True,
            intro=Text(
                "ถอนค่า {value} ที่รอเริ่มใช้ ค่าที่ใช้อยู่วันนี้ไม่เปลี่ยน ประวัติยังเก็บไว้",
                "The {value} that waits is withdrawn. What holds today stays; the history is kept.",
            ).format(value=known.named.shown(one.entry)),
        )

    def _heading(self, known: Dated) -> Text:
        group = self.book.group_of[known.named.code]
        return _HEADING.format(group=group.title, title=known.named.title)


# Given by the router of a plugin, and no data of the request: there is nothing to validate.
OfPlugin = NamedDependency[SkipValidation[Desk]]


@get()
async def show_figures(
    request: AnyRequest, ctx: Ctx, desk: OfPlugin, only: FromQuery[str] = ""
) -> Response[str]:
    """Show every figure that the rules use, in groups, or only those that nobody has read."""
    known = await reading.all_figures(ctx, desk.book)
    unread = [code for code, one in known.items() if not one.now.verified]
    return await page(
        request,
        ctx,
        "law/figures.html",
        desk=desk,
        known={code: known[code] for code in unread} if only == "unread" else known,
        unread=len(unread),
        only="unread" if only == "unread" else "",
    )


@get("/{code:str}")
async def show_figure(
    request: AnyRequest, ctx: Ctx, desk: OfPlugin, code: FromPath[str]
) -> Response[str]:
    """Show a figure: what holds today, what will, and all that the office has set."""
    known = await reading.get_figure(ctx, desk.book, code)
    return await page(request, ctx, "law/figure.html", desk=desk, known=known)


@get("/{code:str}/set")
async def show_set(
    request: AnyRequest,
    ctx: Ctx,
    desk: OfPlugin,
    code: FromPath[str],
    confirm: FromQuery[bool] = False,
) -> Response[str]:
    """Ask for a figure, filled in with that of now; to confirm that one, with its day too."""
    known = await reading.get_figure(ctx, desk.book, code)
    values = forms.values_of(known, known.now.since if confirm else ctx.today)
    return await show_sheet(request, ctx, desk.sheet_to_set(known, known.revision), values=values)


@post("/{code:str}/set")
async def set_figure(
    request: AnyRequest, ctx: Ctx, desk: OfPlugin, code: FromPath[str]
) -> Response[str] | Redirect:
    """Let a figure hold from a day on."""
    known = await reading.get_figure(ctx, desk.book, code)
    sheet = desk.sheet_to_set(known, revision := revision_of(await read_posted(request)))
    sent = await read_sheet(request, ctx, sheet)
    if sent.problems:
        return await show_sheet(request, ctx, sheet, reading=sent)
    facts = _facts(sent.values, known) | {"permission": desk.permission, "revision": revision}
    try:
        await setting.set_figure(ctx, desk.book, code, **facts)
    except AppError as refusal:
        if isinstance(refusal, Conflict):
            # The form stands on the figure of now: who saves again has seen it.
            known = await reading.get_figure(ctx, desk.book, code)
            sheet = desk.sheet_to_set(known, known.revision)
        return await show_sheet(request, ctx, sheet, reading=sent, refusal=refusal)
    return Redirect(f"{desk.home}/{code}", status_code=303)


def _facts(values: Mapping[str, Any], known: Dated) -> dict[str, Any]:
    return {
        "value": str(values.get("value", known.now.value)),
        "law": values.get("law", ""),
        "why": values["why"],
        "since": date.fromisoformat(values["since"]),
    }


@get("/{code:str}/{number:int}/withdraw")
async def show_withdraw(
    request: AnyRequest, ctx: Ctx, desk: OfPlugin, code: FromPath[str], number: FromPath[int]
) -> Response[str]:
    """Ask why a figure that has not begun is withdrawn."""
    known = await reading.get_figure(ctx, desk.book, code)
    one = await reading.get_setting(ctx, desk.book, code, number)
    return await show_sheet(request, ctx, desk.sheet_to_withdraw(known, one))


@post("/{code:str}/{number:int}/withdraw")
async def withdraw_figure(
    request: AnyRequest, ctx: Ctx, desk: OfPlugin, code: FromPath[str], number: FromPath[int]
) -> Response[str] | Redirect:
    """Withdraw a figure that has not begun."""
    known = await reading.get_figure(ctx, desk.book, code)
    sheet = desk.sheet_to_withdraw(known, await reading.get_setting(ctx, desk.book, code, number))
    sent = await read_sheet(request, ctx, sheet)
    if sent.problems:
        return await show_sheet(request, ctx, sheet, reading=sent)
    facts = {"permission": desk.permission, "why": sent.values["why"]}
    try:
        await setting.withdraw_figure(ctx, desk.book, code, number, **facts)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=sent, refusal=refusal)
    return Redirect(f"{desk.home}/{code}", status_code=303)


def figures_router(book: Rulebook, *, permission: str, title: Text, intro: Text) -> Router:
    """Return the pages on which officers see and set the figures of a plugin.

    They lie at ``/desk/<plugin>/figures``; the plugin gives them with its own routes.

    :param permission: of the plugin; who holds it may set them.
    :param title: of the page with all of them.
    :param intro: what they are for, below that title.
    """
    desk = Desk(book=book, permission=permission, title=title, intro=intro)
    return Router(
        desk.home,
        guards=[allow(permission)],
        dependencies={"desk": Provide(lambda: desk, sync_to_thread=False)},
        route_handlers=[
            show_figures,
            show_figure,
            show_set,
            set_figure,
            show_withdraw,
            withdraw_figure,
        ],
    )
