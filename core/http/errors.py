"""The only place where an error becomes an answer."""

import logging
from typing import Any

from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException
from litestar.status_codes import HTTP_500_INTERNAL_SERVER_ERROR, HTTP_503_SERVICE_UNAVAILABLE

from core import db
from core.context import Context
from core.errors import AppError, Expired, InvalidInput, NotSignedIn, Resting, TooMany
from core.http.forgery import token_of
from core.http.pages import bare_page, plain_page, wants_fragment
from core.http.reentry import PASSWORDS, send_to_sign_in
from core.http.shell import CONTEXT
from core.identity.cookies import CSRF, set_cookie
from core.text import Text

AnyRequest = Request[Any, Any, Any]

log = logging.getLogger(__name__)

_LOST = Text(
    "ระบบหยุดพักชั่วคราว รอสักครู่ ตรวจดูว่าบันทึกแล้วหรือยัง ถ้ายังให้ส่งอีกครั้ง",
    "The system is resting for a moment. Wait, look whether it was stored, and send again if not.",
)
_NO_TENANT = Text(
    "ไม่พบหน่วยงานของที่อยู่เว็บไซต์นี้ ตรวจที่อยู่อีกครั้ง",
    "No municipality has this address. Check the address.",
)
_SENTENCES = {
    400: Text(
        "ข้อมูลที่ส่งมาอ่านไม่ได้ ย้อนกลับแล้วลองส่งอีกครั้ง",
        "What was sent cannot be read. Go back and send it again.",
    ),
    401: Text("เข้าสู่ระบบก่อนใช้หน้านี้", "Sign in to use this page."),
    404: Text("ไม่พบหน้านี้ ตรวจที่อยู่อีกครั้ง", "There is no such page. Check the address."),
    405: Text(
        "หน้านี้เปิดด้วยวิธีนี้ไม่ได้ เริ่มใหม่จากหน้าแรก",
        "This page cannot be opened in this way. Begin at the start page.",
    ),
    413: Text(
        "ส่งมาใหญ่เกินที่รับได้ ย้อนกลับ ลดข้อความหรือไฟล์ แล้วส่งใหม่ ยังไม่มีอะไรถูกบันทึก",
        "More was sent than is taken. Go back, shorten the text or leave out files, and send "
        "again. Nothing was saved.",
    ),
    415: Text(
        "ข้อมูลที่ส่งมาไม่ใช่ชนิดที่หน้านี้รับ ย้อนกลับแล้วส่งจากแบบฟอร์มของหน้านี้",
        "What was sent is not of the kind that this page takes. Go back and send its own form.",
    ),
    429: Text("ส่งถี่เกินไป รอ 1 นาทีแล้วลองอีกครั้ง", "Too many requests. Wait a minute and try again."),
    500: Text(
        "ระบบขัดข้อง เรื่องของท่านยังไม่ถูกส่ง ลองอีกครั้ง หรือแจ้งรหัส {code}",
        "Something went wrong on our side; nothing was sent. Try again, or quote code {code}.",
    ),
}


def _wants_json(request: AnyRequest) -> bool:
    return request.url.path.startswith("/api/") or "json" in request.headers.get("accept", "")


def _show(
    request: AnyRequest, sentence: Text, status: int, problems: dict[str, Text] | None = None
) -> Response[Any]:
    ctx: Context | None = request.scope.get(CONTEXT)  # type: ignore[assignment]
    if ctx is None:
        return plain_page(_NO_TENANT, 404)
    if _wants_json(request):
        told = {"message": sentence.to(ctx.language), "code": ctx.request}
        fields = {name: text.to(ctx.language) for name, text in (problems or {}).items()}
        return Response(told | {"problems": fields}, status_code=status, media_type=MediaType.JSON)
    return bare_page(
        request,
        ctx,
        "core/error.html",
        fragment="problem",
        into="problem",
        status_code=status,
        sentence=sentence.to(ctx.language),
        problems={name: text.to(ctx.language) for name, text in (problems or {}).items()},
        status=status,
    )


def show_refusal(request: AnyRequest, refusal: AppError) -> Response[Any]:
    """Answer a refusal in the words it was raised with; strangers are sent to the sign-in page."""
    ctx: Context | None = request.scope.get(CONTEXT)  # type: ignore[assignment]
    if isinstance(refusal, NotSignedIn) and ctx is not None and not _wants_json(request):
        return send_to_sign_in(request, ctx)
    if isinstance(refusal, Resting) and ctx is not None:
        return _show_resting(request, ctx, refusal)
    problems = refusal.problems if isinstance(refusal, InvalidInput) else None
    if isinstance(refusal, Expired) and refusal.fields and ctx is not None:
        return _show_again(request, ctx, refusal)
    response = _show(request, refusal.sentence, refusal.status_code, problems)
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def _show_resting(request: AnyRequest, ctx: Context, refusal: Resting) -> Response[Any]:
    """Say why the municipality is suspended and where its office is."""
    if _wants_json(request) or wants_fragment(request):
        answer = _show(request, refusal.sentence, refusal.status_code)
    else:
        answer = bare_page(request, ctx, "core/suspended.html", status_code=refusal.status_code)
    answer.headers["Retry-After"] = "3600"
    return answer


def _show_again(request: AnyRequest, ctx: Context, refusal: Expired) -> Response[Any]:
    """Show what was filled in with a button that sends it, under the token of this answer."""
    answer = bare_page(
        request,
        ctx,
        "core/again.html",
        status_code=refusal.status_code,
        sentence=refusal.sentence.to(ctx.language),
        fields=[(name, text) for name, text in refusal.fields if name not in PASSWORDS],
        secret=any(name in PASSWORDS for name, _ in refusal.fields),
        files=refusal.files,
    )
    set_cookie(answer, ctx, CSRF, token_of(request), seconds=None)
    return answer


def show_http_error(request: AnyRequest, problem: HTTPException) -> Response[Any]:
    """Answer what the framework refused: no such page, a forged form, too much."""
    status = problem.status_code
    sentence = _SENTENCES.get(status, _SENTENCES[400 if status < 500 else 500])
    return _show(request, sentence.format(code=_code(request)), status)


def show_bug(request: AnyRequest, problem: Exception) -> Response[Any]:
    """Answer a fault of ours: logged whole, told in a sentence with a code to quote."""
    log.error("request %s failed", _code(request), exc_info=problem)
    if isinstance(problem, db.AWAY) and db.engine.was_lost():
        response = _show(request, _LOST, HTTP_503_SERVICE_UNAVAILABLE)
        response.headers["Retry-After"] = "10"
        return response
    sentence = _SENTENCES[500].format(code=_code(request))
    return _show(request, sentence, HTTP_500_INTERNAL_SERVER_ERROR)


def _code(request: AnyRequest) -> str:
    ctx: Context | None = request.scope.get(CONTEXT)  # type: ignore[assignment]
    return ctx.request if ctx else "-"
