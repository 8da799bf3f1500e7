"""The pages on which a register is taken over: send the file, look at it, take it."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, SkipValidation
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, InvalidInput, Text, allow, page
from kit.documents import LARGEST_TABLE
from kit.forms import AnyRequest, first, read_files, read_posted
from kit.registers.declaration import Register
from kit.registers.taking import (
    look_into,
    newest_imported,
    read_imported,
    report_csv,
    take_over,
)

SHOWN = 200
_CHOOSE = Text("เลือกไฟล์ก่อน", "Choose the file first.")
_WHICH = Text("เลือกว่านำเข้าแถวใด", "Choose which rows to take over.")

# Given by the router of a plugin, and no data of the request: there is nothing to validate.
OfPlugin = NamedDependency[SkipValidation[Register[Any]]]


@get()
async def show_import(request: AnyRequest, ctx: Ctx, register: OfPlugin) -> Response[str]:
    """Say what the file should look like, and ask for it."""
    return await _ask(request, ctx, register)


async def _ask(
    request: AnyRequest, ctx: Context, register: Register[Any], refusal: AppError | None = None
) -> Response[str]:
    return await page(
        request,
        ctx,
        "registers/import.html",
        status_code=refusal.status_code if refusal else 200,
        problems={"file": refusal.in_short.to(ctx.language)} if refusal else {},
        files=await newest_imported(ctx, register),
        register=register,
    )


@post(request_max_body_size=LARGEST_TABLE + 100_000)
async def look(request: AnyRequest, ctx: Ctx, register: OfPlugin) -> Response[str] | Redirect:
    """Look into the file that was sent."""
    files = (await read_files(request)).get("file", [])
    try:
        if not files:
            raise InvalidInput({"file": _CHOOSE})
        id = await look_into(ctx, register, await files[0].read(), files[0].filename)
    except AppError as refusal:
        return await _ask(request, ctx, register, refusal)
    return Redirect(f"{register.path}/{id}", status_code=303)


@get("/{file:uuid}")
async def show_file(
    request: AnyRequest, ctx: Ctx, register: OfPlugin, file: FromPath[UUID]
) -> Response[str]:
    """Show what a file holds, what must be corrected in it, what was taken over."""
    return await _show(request, ctx, register, file)


async def _show(
    request: AnyRequest,
    ctx: Context,
    register: Register[Any],
    id: UUID,
    refusal: AppError | None = None,
) -> Response[str]:
    return await page(
        request,
        ctx,
        register.template,
        status_code=refusal.status_code if refusal else 200,
        file=await read_imported(ctx, register, id),
        refusal=refusal.in_short.to(ctx.language) if refusal else None,
        register=register,
        shown=SHOWN,
    )


@post("/{file:uuid}")
async def take(
    request: AnyRequest, ctx: Ctx, register: OfPlugin, file: FromPath[UUID]
) -> Response[str] | Redirect:
    """Take over the file that was looked into."""
    which = first(await read_posted(request), "which")
    try:
        if which not in ("all", "good"):
            raise InvalidInput({"which": _WHICH})
        await take_over(ctx, register, file, only_good=which == "good")
    except AppError as refusal:
        return await _show(request, ctx, register, file, refusal)
    return Redirect(f"{register.path}/{file}", status_code=303)


@get("/{file:uuid}/report.csv")
async def give_report(ctx: Ctx, register: OfPlugin, file: FromPath[UUID]) -> Response[bytes]:
    """Give what must be corrected as a table."""
    headers = {"Content-Disposition": 'attachment; filename="report.csv"'}
    headers["Cache-Control"] = "no-store"
    data = await report_csv(ctx, register, file)
    return Response(data, media_type="text/csv; charset=utf-8", headers=headers)


def register_router(register: Register[Any]) -> Router:
    """Return the pages at ``register.path``, on which officers take the register over.

    The plugin gives them with its own routes; who holds ``register.permission`` sees them.
    """
    return Router(
        register.path,
        guards=[allow(register.permission)],
        dependencies={"register": Provide(lambda: register, sync_to_thread=False)},
        route_handlers=[show_import, look, show_file, take, give_report],
    )
