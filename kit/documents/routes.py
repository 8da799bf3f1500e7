"""The public page on which anybody checks a paper, by its code or by its file."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from core.api import AWAKE, Context, Ctx, Text, page, public
from kit.documents.codes import read_code
from kit.documents.files import LARGEST
from kit.documents.refusals import MEGABYTE, FileRefused
from kit.documents.signatures import SignatureFound, check_pdf_async
from kit.documents.standing import PaperStanding
from kit.documents.verifying import Verdict, digest_of, verify, verify_file

_NO_FILE = Text("เลือกไฟล์ PDF ที่ต้องการตรวจ", "Choose the PDF file to be checked.")


@get("/v", guards=[public], opt=AWAKE)
async def ask_for_code(
    request: Request[Any, Any, Any], ctx: Ctx, code: FromQuery[str] = ""
) -> Response[str] | Redirect:
    """Ask for a code or a file; a code that was typed leads to its page."""
    if (read := read_code(code)) is not None:
        return Redirect(f"/v/{read}", status_code=303)
    return await _show(request, ctx, None, typed=code)


@get("/v/{code:str}", guards=[public], opt=AWAKE)
async def show_verdict(
    request: Request[Any, Any, Any], ctx: Ctx, code: FromPath[str]
) -> Response[str]:
    """Say whether the paper is real and still counts, and show what must stand on it."""
    return await _show(request, ctx, await verify(ctx, code), typed=code)


@post("/v", guards=[public], opt=AWAKE, request_max_body_size=LARGEST + MEGABYTE)
async def check_file(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Say whether the office issued this very file, and who signed it; it is not kept."""
    form = await request.form()
    file, typed = form.get("file"), form.get("code")
    code = typed if isinstance(typed, str) else ""
    try:
        if not isinstance(file, UploadFile) or not file.filename:
            raise FileRefused(_NO_FILE)
        verdict = await verify_file(ctx, await digest_of(file.read), code)
    except FileRefused as refusal:
        return await _show(request, ctx, None, typed=code, wrong=refusal.sentence)
    return await _show(request, ctx, verdict, typed=code, file=file)


async def _signatures(
    ctx: Context, file: UploadFile | None
) -> tuple[Sequence[SignatureFound], Text | None]:
    """Return the signatures of a file, or why they cannot be told."""
    if file is None:
        return (), None
    await file.seek(0)
    try:
        return await check_pdf_async(ctx, await file.read()), None
    except FileRefused as refusal:
        return (), refusal.sentence


async def _standing(ctx: Context, verdict: Verdict) -> PaperStanding | None:
    """Return what the plugin that issued a genuine paper says of today; None where none does."""
    answers = await ctx.host.ask(
        ctx, "standing_for_paper", paper=verdict.paper, subject=verdict.subject
    )
    return next((one.value for one in answers if one.value is not None), None)


async def _show(
    request: Request[Any, Any, Any],
    ctx: Context,
    verdict: Verdict | None,
    *,
    typed: str,
    wrong: Text | None = None,
    file: UploadFile | None = None,
) -> Response[str]:
    unknown = verdict is not None and verdict.state == "unknown"
    now = await _standing(ctx, verdict) if verdict and verdict.state == "valid" else None
    found, unseen = await _signatures(ctx, file)
    return await page(
        request,
        ctx,
        "documents/verify.html",
        status_code=422 if wrong else 404 if unknown else 200,
        verdict=verdict,
        now=now,
        typed=typed,
        problems={"file": wrong.to(ctx.language)} if wrong else {},
        signatures=found,
        unseen=unseen,
    )


router = Router("/", route_handlers=[ask_for_code, show_verdict, check_file])
