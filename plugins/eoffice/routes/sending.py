"""A signed letter on its way: to agencies, sent anew, doubted, withdrawn; to who filed a case."""

from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from litestar import Response, Router, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, NotFound, allow
from kit.forms import AnyRequest, first, read_posted
from plugins.eoffice.routes.letters import PATH, show
from plugins.eoffice.service import answering, dispatches, outbox, petitions, posting, telling
from plugins.eoffice.service.access import get_letter
from plugins.eoffice.service.rights import REGISTER

_STEPS: Mapping[str, Callable[[Context, UUID], Awaitable[None]]] = {
    "again": outbox.try_again,
    "doubt": telling.doubt_number,
    "withdraw": telling.withdraw,
}


@post(PATH + "/send", guards=[allow(REGISTER)])
async def send(request: AnyRequest, ctx: Ctx, letter: FromPath[UUID]) -> Response[str] | Redirect:
    """Send a signed letter to one more agency, or to one anew that did not take it."""
    agency = _id(first(await read_posted(request), "agency"))

    async def do() -> None:
        if agency is not None:
            await posting.send_more(ctx, letter, agency)

    return await _do(request, ctx, letter, do)


@post(PATH + "/sent", guards=[allow(REGISTER)])
async def step(request: AnyRequest, ctx: Ctx, letter: FromPath[UUID]) -> Response[str] | Redirect:
    """Try again what could not be sent, doubt its receive number, or withdraw it."""
    posted = await read_posted(request)
    dispatch, act = _id(first(posted, "dispatch")), _STEPS.get(first(posted, "step"))

    async def do() -> None:
        own = {one["id"] for one in await dispatches.dispatches_of(ctx, letter)}
        if act is None or dispatch is None or dispatch not in own:
            raise NotFound(dispatches.NONE)
        await act(ctx, dispatch)

    return await _do(request, ctx, letter, do)


@post(PATH + "/number", guards=[allow(REGISTER)])
async def tell_number(
    request: AnyRequest, ctx: Ctx, letter: FromPath[UUID]
) -> Response[str] | Redirect:
    """Tell who sent a letter its receive number again."""

    async def do() -> None:
        await answering.tell_number(ctx, letter)

    return await _do(request, ctx, letter, do)


@post(PATH + "/give", guards=[allow(REGISTER)])
async def give(request: AnyRequest, ctx: Ctx, letter: FromPath[UUID]) -> Response[str] | Redirect:
    """Give a signed letter to who filed its case."""

    async def do() -> None:
        await petitions.give(ctx, letter)

    return await _do(request, ctx, letter, do)


async def _do(
    request: AnyRequest, ctx: Context, letter: UUID, do: Callable[[], Awaitable[None]]
) -> Response[str] | Redirect:
    row = await get_letter(ctx, letter)
    try:
        await do()
    except AppError as refusal:
        return await show(request, ctx, row, refusal=refusal)
    return Redirect(f"/desk/eoffice/letters/{letter}", status_code=303)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


router = Router("/", route_handlers=[send, step, tell_number, give])
