"""Batches of payments: made, given to the bank as a file, settled by what the bank says."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.disaster.routes.claims import words
from contrib.disaster.service import events, paying
from contrib.disaster.service.rights import PAY
from core.api import AppError, Context, Ctx, InvalidInput, Text, allow, page
from kit.documents import LARGEST_TABLE, Fault
from kit.forms import AnyRequest, first, read_files, read_posted

HOME = "/desk/disaster/batches"
_PAY = allow(PAY)
_CHOOSE = Text("เลือกไฟล์ผลการโอนก่อน", "Choose the file of the bank first.")
_WHICH = Text("เลือกเหตุการณ์ก่อน", "Choose the disaster first.")


@get(HOME, guards=[_PAY])
async def show_batches(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the batches with what became of them."""
    return await _list(request, ctx)


async def _list(
    request: AnyRequest, ctx: Context, refusal: AppError | None = None
) -> Response[str]:
    return await page(
        request,
        ctx,
        "disaster/batches.html",
        status_code=refusal.status_code if refusal else 200,
        refusal=refusal.in_short.to(ctx.language) if refusal else None,
        batches=await paying.read_batches(ctx),
        events=await events.read_events(ctx),
    )


@post(HOME, guards=[_PAY])
async def make(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Make a batch of all that is approved in a disaster."""
    known = {str(one["id"]): one["id"] for one in await events.read_events(ctx)}
    event = known.get(first(await read_posted(request), "event"))
    try:
        if event is None:
            raise InvalidInput({"event": _WHICH})
        id = await paying.make_batch(ctx, event)
    except AppError as refusal:
        return await _list(request, ctx, refusal)
    return Redirect(f"{HOME}/{id}", status_code=303)


@get(f"{HOME}/{{batch:uuid}}", guards=[_PAY])
async def show_batch(request: AnyRequest, ctx: Ctx, batch: FromPath[UUID]) -> Response[str]:
    """Show a batch with each of its payments."""
    return await _show(request, ctx, batch)


async def _show(
    request: AnyRequest,
    ctx: Context,
    id: UUID,
    refusal: AppError | None = None,
    faults: Sequence[Fault] = (),
) -> Response[str]:
    return await page(
        request,
        ctx,
        "disaster/batch.html",
        status_code=refusal.status_code if refusal else 422 if faults else 200,
        refusal=refusal.in_short.to(ctx.language) if refusal else None,
        batch=await paying.get_batch(ctx, id),
        payments=await paying.payments_of(ctx, id),
        faults=faults,
        **words(ctx),
    )


@post(f"{HOME}/{{batch:uuid}}", guards=[_PAY], request_max_body_size=LARGEST_TABLE + 100_000)
async def settle(request: AnyRequest, ctx: Ctx, batch: FromPath[UUID]) -> Response[str] | Redirect:
    """Take the file in which the bank says what it did."""
    files = (await read_files(request)).get("file", [])
    try:
        if not files:
            raise InvalidInput({"file": _CHOOSE})
        _, faults = await paying.settle(ctx, batch, await files[0].read())
    except AppError as refusal:
        return await _show(request, ctx, batch, refusal)
    if faults:
        return await _show(request, ctx, batch, faults=faults)
    return Redirect(f"{HOME}/{batch}", status_code=303)


@get(f"{HOME}/{{batch:uuid}}/bank.csv", guards=[_PAY])
async def give_file(ctx: Ctx, batch: FromPath[UUID]) -> Response[bytes]:
    """Give the file for the bank."""
    number = (await paying.get_batch(ctx, batch))["number"]
    headers = {"Content-Disposition": f'attachment; filename="batch-{number}.csv"'}
    headers["Cache-Control"] = "no-store"
    data = await paying.bank_file(ctx, batch)
    return Response(data, media_type="text/csv; charset=utf-8", headers=headers)


router = Router("/", route_handlers=[show_batches, make, show_batch, settle, give_file])
