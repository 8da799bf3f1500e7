"""What officers enter into the register themselves: places of before, corrections, one setting."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Ctx, Text, allow
from kit.forms import AnyRequest, Sheet, first, read_posted, read_sheet, revision_of, show_sheet
from plugins.food_cert.forms.places import CORRECTION, EARLIER, earlier_of, facts_of, values_of
from plugins.food_cert.forms.positions import POSITIONS, decimals_of
from plugins.food_cert.routes.places import HOME
from plugins.food_cert.service import positions
from plugins.food_cert.service.correcting import correct
from plugins.food_cert.service.earlier import enter
from plugins.food_cert.service.places import get_place
from plugins.food_cert.service.rights import CARRY, FIGURES

_CARRY, _FIGURES = allow(CARRY), allow(FIGURES)
_REGISTER = (HOME, Text("ทะเบียนสถานที่อาหาร", "Register of food premises"))
_NEW = Sheet(
    title=Text("ลงทะเบียนสถานที่ที่มีเอกสารก่อนใช้ระบบ", "Enter a place that had its paper before"),
    back=_REGISTER,
    groups=EARLIER,
    button=Text("ลงทะเบียน", "Enter it"),
    intro=Text(
        "กรอกตามหนังสือรับรองหรือใบอนุญาตฉบับกระดาษ แล้วผู้ประกอบกิจการต่ออายุและแจ้งเรื่องต่อได้เหมือนแห่งอื่น "
        "เลขที่ของปีเดียวกันจะนับต่อจากใบที่ลงทะเบียน",
        "Fill it in from the paper. Its owner can then renew it and tell what comes "
        "after, as of all others, and the numbers of its year go on after it.",
    ),
)
_OPEN = Sheet(
    title=Text("ความละเอียดของตำแหน่งในข้อมูลเปิด", "How exactly open data tells positions"),
    back=_REGISTER,
    groups=POSITIONS,
    button=Text("บันทึก", "Save"),
    intro=Text(
        "ร้านเล็กหลายแห่งเป็นบ้านของผู้ประกอบกิจการ จึงปัดตำแหน่งไว้ก่อน ถ้าหน่วยงานพิจารณาแล้วว่าเปิดเผยได้ "
        "เลือกตำแหน่งละเอียด ที่อยู่ของร้านเปิดเผยอยู่แล้วทั้งสองแบบ",
        "Many a small place is its owner's home, so positions are rounded until the office has "
        "weighed it and chooses exact ones. Addresses are public either way.",
    ),
)


@get(f"{HOME}/new", guards=[_CARRY])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask about a place."""
    return await show_sheet(request, ctx, _NEW)


@post(f"{HOME}/new", guards=[_CARRY])
async def enter_new(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Enter a place."""
    reading = await read_sheet(request, ctx, _NEW)
    if reading.problems:
        return await show_sheet(request, ctx, _NEW, reading=reading)
    try:
        id = await enter(ctx, earlier_of(reading.values))
    except AppError as refusal:
        return await show_sheet(request, ctx, _NEW, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{id}", status_code=303)


def _correction(id: UUID, revision: str) -> Sheet:
    return Sheet(
        title=Text("แก้ข้อมูลสถานที่ให้ถูกต้อง", "Correct the facts of a place"),
        back=(f"{HOME}/{id}", Text("สถานที่นี้", "This place")),
        groups=CORRECTION,
        button=Text("บันทึกการแก้ไข", "Keep the correction"),
        intro=Text(
            "แก้เฉพาะข้อมูลที่บันทึกผิดหรือเปลี่ยนเล็กน้อย การเปลี่ยนพื้นที่ ผู้ประกอบกิจการ หรือที่ตั้ง ผู้ประกอบกิจการยื่นคำขอ",
            "Only what was noted wrongly or changed a little. Another area, holder or address is "
            "asked for by the owner.",
        ),
        hidden={"revision": revision},
    )


@get(f"{HOME}/{{id:uuid}}/correct", guards=[_CARRY])
async def show_correction(request: AnyRequest, ctx: Ctx, id: FromPath[UUID]) -> Response[str]:
    """Show the facts of a place to be corrected."""
    place = await get_place(ctx, id)
    sheet = _correction(id, str(place["revision"]))
    return await show_sheet(request, ctx, sheet, values=values_of(place), about=place["name"])


@post(f"{HOME}/{{id:uuid}}/correct", guards=[_CARRY])
async def correct_facts(
    request: AnyRequest, ctx: Ctx, id: FromPath[UUID]
) -> Response[str] | Redirect:
    """Correct the facts of a place."""
    place, posted = await get_place(ctx, id), await read_posted(request)
    sheet = _correction(id, first(posted, "revision"))
    reading = await read_sheet(request, ctx, sheet)
    refusal: AppError | None = None
    if not reading.problems:
        facts, why = facts_of(reading.values), reading.values["why"]
        try:
            await correct(ctx, id, facts, revision=revision_of(posted), why=why)
        except AppError as problem:
            refusal = problem
    if reading.problems or refusal:
        about = place["name"]
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal, about=about)
    return Redirect(f"{HOME}/{id}", status_code=303)


@get(f"{HOME}/positions", guards=[_FIGURES])
async def show_positions(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show how exactly everybody is told where places are."""
    return await show_sheet(request, ctx, _OPEN, values={"decimals": str(positions.decimals(ctx))})


@post(f"{HOME}/positions", guards=[_FIGURES])
async def set_positions(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Keep how exactly they are told."""
    reading = await read_sheet(request, ctx, _OPEN)
    if reading.problems:
        return await show_sheet(request, ctx, _OPEN, reading=reading)
    await positions.set_decimals(ctx, decimals_of(reading.values))
    return Redirect(HOME, status_code=303)


router = Router(
    "/",
    route_handlers=[
        show_new,
        enter_new,
        show_correction,
        correct_facts,
        show_positions,
        set_positions,
    ],
)
