"""The form of a service, page by page; what is typed is kept at every step."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import Context, Ctx, Text, page, public
from kit.casework.routes.cookies import draft_token
from kit.casework.service import drafts, uploads
from kit.casework.service.drafts import OpenDraft
from kit.casework.service.examining import examine
from kit.casework.service.sending import send
from kit.forms import Place, Posted, describe, first, read, read_files, read_posted, shown

_UPLOADS = 130_000_000  # bytes: some files of the largest size at once, without a script

DOCUMENTS = Text("เอกสาร", "Documents")
CHECK = Text("ตรวจและยื่น", "Check and file")
PERSON = Text("ผู้ยื่นเรื่อง", "Who files")


async def _open(request: Request[Any, Any, Any], ctx: Context, draft: UUID) -> OpenDraft:
    return await drafts.open_draft(ctx, draft, draft_token(request))


def _titles(ctx: Context, draft: OpenDraft) -> list[str]:
    """Return the titles of all pages: the questions, the documents if any, the check."""
    titles = [(one.title or draft.service.title).to(ctx.language) for one in draft.pages]
    if draft.documents:
        titles.append(DOCUMENTS.to(ctx.language))
    return [*titles, CHECK.to(ctx.language)]


def _around(ctx: Context, draft: OpenDraft, number: int) -> dict[str, Any]:
    titles = _titles(ctx, draft)
    done = set(draft.content.done)
    steps = [
        (title, f"/apply/{draft.id}/{place}" if str(place) in done else None)
        for place, title in enumerate(titles, 1)
    ]
    return {"draft": draft, "number": number, "steps": steps, "title": titles[number - 1]}


@get("/apply/{draft:uuid}/{number:int}", guards=[public])
async def show_page(
    request: Request[Any, Any, Any], ctx: Ctx, draft: FromPath[UUID], number: FromPath[int]
) -> Response[str] | Redirect:
    """Show a page of the draft, filled with what was typed before."""
    opened = await _open(request, ctx, draft)
    if opened.case_id is not None:
        return Redirect("/track", status_code=303)
    return await _show(request, ctx, opened, number, {})


async def _show(
    request: Request[Any, Any, Any],
    ctx: Context,
    draft: OpenDraft,
    number: int,
    problems: Mapping[str, Text],
    status: int = 200,
) -> Response[str] | Redirect:
    last = len(_titles(ctx, draft))
    if not 1 <= number <= last:
        return Redirect(f"/apply/{draft.id}/1", status_code=303)
    around = _around(ctx, draft, number) | {
        "wrong": problems,
        "problems": {name: text.to(ctx.language) for name, text in problems.items()},
    }
    if number <= len(draft.pages):
        return await _show_questions(request, ctx, draft, around, status)
    if number < last:
        return await page(
            request,
            ctx,
            "casework/apply_documents.html",
            status_code=status,
            files=await uploads.of_draft(ctx, draft.id),
            broken_off=await uploads.broken_off(ctx, uploads.holder_of(draft)),
            **around,
        )
    answers = describe(draft.fields, draft.answers, ctx.language, masked=False)
    found = await examine(ctx, draft.service, draft.answers)
    around["problems"] = {
        name: text.to(ctx.language) for name, text in {**found.problems, **problems}.items()
    }
    return await page(
        request,
        ctx,
        "casework/apply_check.html",
        status_code=status,
        answers=answers,
        found=found,
        files=await uploads.of_draft(ctx, draft.id),
        page_of=_page_of(draft),
        **around,
    )


def _page_of(draft: OpenDraft) -> dict[str, int]:
    return {field.name: place for place, one in enumerate(draft.pages, 1) for field in one.fields}


async def _show_questions(
    request: Request[Any, Any, Any],
    ctx: Context,
    draft: OpenDraft,
    around: dict[str, Any],
    status: int,
) -> Response[str]:
    fields = draft.pages[around["number"] - 1].fields
    return await page(
        request,
        ctx,
        "casework/apply_questions.html",
        status_code=status,
        fields=shown(fields, draft.answers),
        typed=draft.content.typed,
        place=Place.of(ctx),
        **around,
    )


@post("/apply/{draft:uuid}/{number:int}", guards=[public], request_max_body_size=_UPLOADS)
async def save_page(
    request: Request[Any, Any, Any], ctx: Ctx, draft: FromPath[UUID], number: FromPath[int]
) -> Response[str] | Redirect:
    """Keep what was typed, and go on when nothing is wrong."""
    opened = await _open(request, ctx, draft)
    if opened.case_id is not None:
        return Redirect("/track", status_code=303)
    posted = await read_posted(request)
    if number > len(opened.pages):
        problems = await _take_documents(request, ctx, opened, posted)
    else:
        problems = _take_answers(ctx, opened, number, posted)
    if not problems:
        opened.content.done = sorted({*opened.content.done, str(number)})
    await drafts.save(ctx, opened)
    if first(posted, "do") == "later":
        return Redirect(f"/services/{opened.service.code}?saved=1", status_code=303)
    if problems:
        return await _show(request, ctx, opened, number, problems, status=422)
    if first(posted, "do") == "stay" or _leaves_out(posted):
        return Redirect(f"/apply/{draft}/{number}", status_code=303)
    return Redirect(f"/apply/{draft}/{number + 1}", status_code=303)


def _take_answers(ctx: Context, draft: OpenDraft, number: int, posted: Posted) -> dict[str, Text]:
    if not 1 <= number <= len(draft.pages):
        return {}
    fields = draft.pages[number - 1].fields
    content = draft.content
    reading = read(fields, posted, Place.of(ctx), known=draft.answers)
    for field in fields:
        content.values.pop(field.name, None)
        for control in field.controls:
            content.typed.pop(control, None)
    content.values.update(reading.values)
    content.typed.update(reading.typed)
    return reading.problems


async def _take_documents(
    request: Request[Any, Any, Any], ctx: Context, draft: OpenDraft, posted: Posted
) -> dict[str, Text]:
    problems = await uploads.take(
        ctx,
        uploads.holder_of(draft),
        new=await read_files(request),
        drop=posted.get("drop", []),
        throw_away=posted.get("throw_away", []),
    )
    # Who goes away for now, or does one thing only, misses nothing yet.
    if first(posted, "do") in ("later", "stay") or _leaves_out(posted):
        return problems
    return await uploads.missing(ctx, draft) | problems


def _leaves_out(posted: Posted) -> bool:
    return "drop" in posted or "throw_away" in posted


@post("/apply/{draft:uuid}/file", guards=[public])
async def file_draft(
    request: Request[Any, Any, Any], ctx: Ctx, draft: FromPath[UUID]
) -> Response[str] | Redirect:
    """File the draft; sent twice it is still one case."""
    opened = await _open(request, ctx, draft)
    posted = await read_posted(request)
    declared = first(posted, "declared") == "yes"
    sent = await send(ctx, opened, declared=declared, fee=first(posted, "fee"))
    if sent.filed is not None:
        return Redirect(f"/t/{sent.filed.track}?filed=1", status_code=303)
    number = sent.page or len(_titles(ctx, opened))
    return await _show(request, ctx, opened, number, sent.problems, status=422)


router = Router("/", route_handlers=[show_page, save_page, file_draft])
