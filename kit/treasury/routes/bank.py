"""The desk of what banks send: import of files, what came of each, how banks are known."""

from typing import Any, BinaryIO, cast
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, InvalidInput, Text, allow, page
from kit.treasury.banking.statement import BANKS
from kit.treasury.banks import banks, get_bank
from kit.treasury.service import access, importing
from kit.treasury.service.suspense import REASONS

_READ, _ASSIGN, _BANK = allow("treasury.read"), allow("treasury.assign"), allow("treasury.settings")
STANDINGS = {
    "looking": (Text("กำลังตรวจ", "Being checked"), "run"),
    "looked": (Text("ตรวจแล้ว ยังไม่ลงบัญชี", "Checked, not posted"), "warn"),
    "waiting": (Text("รอตรวจ", "Waiting"), "run"),
    "posting": (Text("กำลังลงบัญชี", "Being posted"), "run"),
    "done": (Text("ลงบัญชีแล้ว", "Posted"), "ok"),
    "refused": (Text("ไม่รับ ยังไม่ลงบัญชี", "Refused"), "bad"),
}
_CHOOSE = Text("เลือกไฟล์สิ้นวันของธนาคาร", "Choose the bank's end-of-day file.")


@get("/desk/bank", guards=[_READ])
async def show_imports(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """List the files that were imported, and take another."""
    return await _imports(request, ctx, {})


@post("/desk/bank", guards=[_ASSIGN], request_max_body_size=importing.LARGEST + 100_000)
async def import_file(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str] | Redirect:
    """Import a file or only look at it, and lead to what came of it."""
    form = await request.form()
    sent, look = form.get("file"), form.get("do") == "look"
    try:
        if not isinstance(sent, UploadFile):
            raise InvalidInput({"file": _CHOOSE})
        file = await importing.take(ctx, cast(BinaryIO, sent.file), sent.filename, look=look)
    except InvalidInput as refusal:
        return await _imports(request, ctx, refusal.problems)
    except AppError as refusal:
        return await _imports(request, ctx, {"file": refusal.sentence}, refusal.status_code)
    return Redirect(f"/desk/bank/{file}", status_code=303)


async def _imports(
    request: Request[Any, Any, Any], ctx: Context, problems: dict[str, Text], status: int = 422
) -> Response[str]:
    return await page(
        request,
        ctx,
        "treasury/bank.html",
        status_code=status if problems else 200,
        problems={name: text.to(ctx.language) for name, text in problems.items()},
        files=await importing.list_files(ctx),
        standings=STANDINGS,
        banks=BANKS,
        may_import=ctx.actor.may("treasury.assign"),
    )


@get("/desk/bank/{file:uuid}", guards=[_READ])
async def show_import(
    request: Request[Any, Any, Any], ctx: Ctx, file: FromPath[UUID]
) -> Response[str]:
    """Show what came of a file, line by line where it was refused."""
    row = await importing.read_file(ctx, file)
    return await page(
        request,
        ctx,
        "treasury/bank_file.html",
        fragment="standing",
        file=row,
        lines=row["paid_count"] + row["reversed_count"],
        standings=STANDINGS,
        banks=BANKS,
        reasons=REASONS,
        may_import=ctx.actor.may("treasury.assign"),
    )


@post("/desk/bank/{file:uuid}", guards=[_ASSIGN])
async def order_posting(ctx: Ctx, file: FromPath[UUID]) -> Redirect:
    """Have a file posted that was only looked at."""
    await importing.order(ctx, file=file)
    return Redirect(f"/desk/bank/{file}", status_code=303)


@get("/desk/bank/access", guards=[_BANK])
async def show_access(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show by what each bank is known."""
    return await _access(request, ctx, {}, {})


@post("/desk/bank/access/{bank:str}", guards=[_BANK])
async def set_access(
    request: Request[Any, Any, Any], ctx: Ctx, bank: FromPath[str]
) -> Response[str] | Redirect:
    """Set the secret and the addresses of a bank."""
    form = await request.form()
    typed = {name: str(form.get(f"{bank}.{name}", "")) for name in ("secret", "sources")}
    try:
        await access.agree(
            ctx, get_bank(ctx, bank), secret=typed["secret"].strip(), sources=typed["sources"]
        )
    except InvalidInput as refusal:
        problems = {f"{bank}.{name}": text for name, text in refusal.problems.items()}
        return await _access(request, ctx, problems, {f"{bank}.sources": typed["sources"]})
    return Redirect("/desk/bank/access", status_code=303)


async def _access(
    request: Request[Any, Any, Any],
    ctx: Context,
    problems: dict[str, Text],
    typed: dict[str, str],
) -> Response[str]:
    known = await access.accesses(ctx)
    return await page(
        request,
        ctx,
        "treasury/bank_access.html",
        status_code=422 if problems else 200,
        banks=banks(ctx),
        known=known,
        typed=typed,
        least=access.SHORTEST,
        problems={name: text.to(ctx.language) for name, text in problems.items()},
    )


router = Router(
    "/",
    route_handlers=[
        show_imports,
        import_file,
        show_import,
        order_posting,
        show_access,
        set_access,
    ],
)
