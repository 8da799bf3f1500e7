"""Keys of other programs at the desk: given out, shown once, withdrawn."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.incidents.service import keys
from contrib.incidents.service.rights import KEYS
from core.api import Context, Ctx, Text, allow
from kit.forms import AnyRequest, Email, Line, Place, Reading, form_page, read, read_posted

HOME = "/desk/incidents/keys"
_KEYS = allow(KEYS)
_FIELDS = (
    Line(
        "holder",
        Text("โปรแกรมใด ของใคร", "Which program, and whose"),
        longest=200,
        help=Text("เช่น แอปแจ้งเหตุของจังหวัดเชียงใหม่", "e.g. the app of the province"),
    ),
    Email("email", Text("อีเมลผู้ดูแลโปรแกรม", "E-mail of who looks after it"), personal=False),
)


@get(HOME, guards=[_KEYS])
async def show_keys(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the keys that were given out."""
    return await _show(request, ctx, Reading({}, {}, {}))


async def _show(
    request: AnyRequest, ctx: Context, reading: Reading, fresh: str = ""
) -> Response[str]:
    return await form_page(
        request,
        ctx,
        "incidents/keys.html",
        keys=await keys.all_keys(ctx),
        fresh=fresh,
        fields=_FIELDS,
        typed=reading.typed,
        wrong=reading.problems,
    )


@post(HOME, guards=[_KEYS], status_code=200)
async def give(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Give out a key, and show it this once."""
    reading = read(_FIELDS, await read_posted(request), Place.of(ctx))
    if reading.problems:
        return await _show(request, ctx, reading)
    key = await keys.give(ctx, **reading.values)
    answer = await _show(request, ctx, Reading({}, {}, {}), key)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@post(f"{HOME}/{{key:uuid}}/withdraw", guards=[_KEYS])
async def withdraw(ctx: Ctx, key: FromPath[UUID]) -> Redirect:
    """Withdraw a key."""
    await keys.withdraw(ctx, key)
    return Redirect(HOME, status_code=303)


router = Router("/", route_handlers=[show_keys, give, withdraw])
