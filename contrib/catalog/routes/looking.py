"""The pages on which a curator answers the checklist, and proposes a stop."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.catalog.forms.checklist import CHECKLIST
from contrib.catalog.forms.stopping import REASON
from contrib.catalog.service import moving
from contrib.catalog.service.doors import HOME
from contrib.catalog.service.looking import answer
from contrib.catalog.service.rights import CURATE
from contrib.catalog.service.submissions import read_submission
from core.api import AppError, Ctx, NotFound, Text, allow
from kit.forms import AnyRequest, Sheet, read_posted, read_sheet, revision_of, show_sheet

_MAY = allow(CURATE)
_SUBMISSION = Text("ปลั๊กอินที่ส่ง", "The submission")


def _checklist(id: UUID, revision: int) -> Sheet:
    return Sheet(
        title=Text("รายการตรวจ", "Checklist"),
        back=(f"{HOME}/{id}", _SUBMISSION),
        groups=CHECKLIST,
        button=Text("บันทึกรายการตรวจ", "Keep the checklist"),
        intro=Text(
            "บันทึกไว้ก่อนแล้วกลับมาตอบต่อได้ ตอบครบทุกข้อแล้วจึงเสนอผู้ตรวจคนที่สอง",
            "It may be kept and gone on with later. All points are answered before a second "
            "curator looks at it.",
        ),
        hidden={"revision": str(revision)},
    )


def _stop(id: UUID, revision: int) -> Sheet:
    return Sheet(
        title=Text("เสนอหยุดรุ่นนี้ทุกแห่ง", "Propose to stop this version everywhere"),
        back=(f"{HOME}/{id}", _SUBMISSION),
        groups=REASON,
        button=Text("เสนอหยุดรุ่นนี้", "Propose the stop"),
        intro=Text(
            "เมื่อผู้ตรวจสองคนลงลายมือชื่อและเผยแพร่ รุ่นนี้จะปิดในทุกหน่วยงานภายในไม่กี่นาที "
            "ข้อมูลยังอ่านได้ ทุกคนเห็นเหตุผลนี้",
            "Once two curators have signed and it is published, this version is off in every "
            "office within minutes; records stay readable, and everybody reads this reason.",
        ),
        hidden={"revision": str(revision)},
        danger=True,
    )


@get(f"{HOME}/{{submission:uuid}}/checklist", guards=[_MAY])
async def show_checklist(
    request: AnyRequest, ctx: Ctx, submission: FromPath[UUID]
) -> Response[str]:
    """Ask for what was looked at."""
    row = await read_submission(ctx, submission)
    sheet = _checklist(submission, row["revision"])
    return await show_sheet(request, ctx, sheet, values=row["checklist"], about=_name(row))


@post(f"{HOME}/{{submission:uuid}}/checklist", guards=[_MAY])
async def answer_checklist(
    request: AnyRequest, ctx: Ctx, submission: FromPath[UUID]
) -> Response[str] | Redirect:
    """Keep what was looked at."""
    revision = revision_of(await read_posted(request))
    sheet = _checklist(submission, revision)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    try:
        await answer(ctx, submission, reading.values, revision=revision)
    except NotFound:
        raise
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{submission}", status_code=303)


@get(f"{HOME}/{{submission:uuid}}/stop", guards=[_MAY])
async def show_stop(request: AnyRequest, ctx: Ctx, submission: FromPath[UUID]) -> Response[str]:
    """Ask why a version is stopped."""
    row = await read_submission(ctx, submission)
    sheet = _stop(submission, row["revision"])
    return await show_sheet(request, ctx, sheet, about=_name(row))


@post(f"{HOME}/{{submission:uuid}}/stop", guards=[_MAY])
async def propose_stop(
    request: AnyRequest, ctx: Ctx, submission: FromPath[UUID]
) -> Response[str] | Redirect:
    """Have a stop signed."""
    revision = revision_of(await read_posted(request))
    sheet = _stop(submission, revision)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    reason = Text(reading.values["reason_th"], reading.values["reason_en"])
    try:
        await moving.propose_stop(ctx, submission, reason, revision=revision)
    except NotFound:
        raise
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/signing", status_code=303)


def _name(row: dict[str, object]) -> str:
    return f"{row['plugin']} {row['version']}"


router = Router("/", route_handlers=[show_checklist, answer_checklist, show_stop, propose_stop])
