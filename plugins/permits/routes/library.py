"""The library of standard plans at the desk: see it, add, change, withdraw."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Conflict, Ctx, NotFound, Text, allow, page
from kit.forms import AnyRequest, Sheet, read_posted, read_sheet, revision_of, show_sheet
from plugins.permits.forms import plan as forms
from plugins.permits.routes.giving import give
from plugins.permits.routes.plan_sheets import ids_of, read_plan, show_plan_sheet
from plugins.permits.rules.library import WHATS, WRONG_CODE, figure, is_code
from plugins.permits.service import library, plans
from plugins.permits.service.files import kept_files
from plugins.permits.service.plans import Offer
from plugins.permits.service.rights import PLANS

HOME = "/desk/permits/plans"
_UPLOADS = 110_000_000  # bytes: the largest files of a plan at once
_PLANS = allow(PLANS)
_ALL = Text("แบบบ้านมาตรฐาน", "Standard plans")
_NO_FILE = Text("ไม่พบไฟล์นี้", "There is no such file.")

_NEW = Sheet(
    title=Text("เพิ่มแบบบ้าน", "Add a plan"),
    back=(HOME, _ALL),
    groups=forms.NEW,
    button=Text("เพิ่มแบบบ้าน", "Add the plan"),
    intro=Text(
        "เมื่อเปิดให้เลือกแล้ว แบบนี้แก้ย้อนหลังไม่ได้ การแก้เป็นฉบับใหม่ที่เริ่มวันหลังจากนั้น",
        "Once it can be chosen it stays as it is: a change is a new version from a later day.",
    ),
)


def _change_sheet(offer: Offer) -> Sheet:
    latest = offer.latest
    return Sheet(
        title=Text("แก้แบบบ้าน", "Change the plan"),
        back=(f"{HOME}/{latest.plan.code}", latest.plan.title),
        groups=forms.CHANGED,
        button=Text("บันทึกเป็นฉบับใหม่", "Keep as a new version"),
        intro=Text(
            "ไฟล์ที่ไม่เปลี่ยนไม่ต้องแนบใหม่ ฉบับเดิมยังเก็บไว้ครบ",
            "Files that stay need not be sent again. The versions before are kept.",
        ),
        hidden={"revision": str(latest.number)},
    )


def _withdraw_sheet(offer: Offer) -> Sheet:
    latest = offer.latest
    return Sheet(
        title=Text("ถอนแบบบ้าน", "Withdraw the plan"),
        back=(f"{HOME}/{latest.plan.code}", latest.plan.title),
        groups=((latest.plan.title, forms.WITHDRAWAL),),
        button=Text("ถอนแบบนี้", "Withdraw this plan"),
        danger=True,
        intro=Text(
            "ผู้ที่ยื่นคำขอก่อนวันนั้นใช้แบบนี้ต่อได้ ถอนแล้วเปิดใช้อีกไม่ได้ ต้องเพิ่มเป็นแบบใหม่",
            "Who files before that day goes on with it. A withdrawn plan cannot come back; it is "
            "added as a new one.",
        ),
    )


@get(HOME, guards=[_PLANS])
async def show_library(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show all plans of the office, those offered first."""
    found = await plans.offers(ctx, ctx.today)
    order = {"offered": 0, "coming": 1, "gone": 2}
    return await page(
        request,
        ctx,
        "permits/library.html",
        offers=sorted(found, key=lambda one: (order[one.state], one.latest.plan.area)),
        figure=figure,
    )


@get(f"{HOME}/new", guards=[_PLANS])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask about a new plan."""
    return await show_sheet(request, ctx, _NEW, values={"from_on": ctx.today.isoformat()})


@post(f"{HOME}/new", guards=[_PLANS], request_max_body_size=_UPLOADS)
async def add_plan(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Add a plan."""
    reading = await read_plan(request, ctx, _NEW)
    values = reading.values
    wrong = {} if is_code(values.get("code", "a")) else {"code": WRONG_CODE}
    if wrong or reading.problems:
        return await show_plan_sheet(request, ctx, _NEW, reading=reading, wrong=wrong)
    plan = forms.plan_of(values["code"], values)
    try:
        await library.add_plan(ctx, plan, **_begins(values))
    except AppError as refusal:
        return await show_plan_sheet(request, ctx, _NEW, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{plan.code}", status_code=303)


def _begins(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "from_on": date.fromisoformat(values["from_on"]),
        "files": ids_of(values),
        "why": values["why"],
    }


@get(f"{HOME}/{{code:str}}", guards=[_PLANS])
async def show_plan(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[str]:
    """Show a plan with its versions and their files."""
    offer = await plans.get_offer(ctx, code, ctx.today)
    return await page(
        request,
        ctx,
        "permits/library_plan.html",
        offer=offer,
        files={one.number: await kept_files(ctx, one.files) for one in offer.versions},
        figure=figure,
    )


@get(f"{HOME}/{{code:str}}/change", guards=[_PLANS])
async def show_change(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[str]:
    """Show the newest version of a plan, to be changed into the next."""
    offer = await plans.get_offer(ctx, code, ctx.today)
    begins = library.first_day_of_change(ctx.today)
    values = forms.values_of(offer.latest.plan) | {"from_on": begins.isoformat()}
    values |= {what: [str(id)] for what, id in offer.latest.files.items()}
    given = {name: value for name, value in values.items() if value != ""}
    return await show_plan_sheet(request, ctx, _change_sheet(offer), values=given)


@post(f"{HOME}/{{code:str}}/change", guards=[_PLANS], request_max_body_size=_UPLOADS)
async def change_plan(
    request: AnyRequest, ctx: Ctx, code: FromPath[str]
) -> Response[str] | Redirect:
    """Make a new version of a plan."""
    sheet = _change_sheet(await plans.get_offer(ctx, code, ctx.today))
    reading = await read_plan(request, ctx, sheet)
    based_on = revision_of(await read_posted(request))
    same = msgspec.structs.replace(sheet, hidden={"revision": str(based_on)})
    if reading.problems:
        return await show_plan_sheet(request, ctx, same, reading=reading)
    plan, begins = forms.plan_of(code, reading.values), _begins(reading.values)
    try:
        await library.change_plan(ctx, plan, based_on=based_on, **begins)
    except AppError as refusal:
        # After a conflict the form stands on the version of now: who saves again has seen it.
        shown = sheet if isinstance(refusal, Conflict) else same
        return await show_plan_sheet(request, ctx, shown, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{code}", status_code=303)


@get(f"{HOME}/{{code:str}}/withdraw", guards=[_PLANS])
async def show_withdraw(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[str]:
    """Ask from when a plan is offered no more, and why."""
    offer = await plans.get_offer(ctx, code, ctx.today)
    first = {"from_on": ctx.today.isoformat()}
    return await show_sheet(request, ctx, _withdraw_sheet(offer), values=first)


@post(f"{HOME}/{{code:str}}/withdraw", guards=[_PLANS])
async def withdraw_plan(
    request: AnyRequest, ctx: Ctx, code: FromPath[str]
) -> Response[str] | Redirect:
    """Offer a plan no more."""
    sheet = _withdraw_sheet(await plans.get_offer(ctx, code, ctx.today))
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    from_on, why = date.fromisoformat(reading.values["from_on"]), reading.values["why"]
    try:
        await library.withdraw_plan(ctx, code, from_on=from_on, why=why)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{code}", status_code=303)


@get(f"{HOME}/{{code:str}}/{{number:int}}/{{what:str}}", guards=[_PLANS])
async def open_file(
    request: AnyRequest, ctx: Ctx, code: FromPath[str], number: FromPath[int], what: FromPath[str]
) -> Response[bytes]:
    """Give a file of a version, also of one whose day has not come."""
    known = next((one for one in WHATS if one == what), None)
    if known is None:
        raise NotFound(_NO_FILE)
    kept = await plans.get_file(ctx, code, number, known, offered=False)
    return await give(ctx, kept, small="small" in request.query_params)


router = Router(
    "/",
    route_handlers=[
        show_library,
        show_new,
        add_plan,
        show_plan,
        show_change,
        change_plan,
        show_withdraw,
        withdraw_plan,
        open_file,
    ],
)
