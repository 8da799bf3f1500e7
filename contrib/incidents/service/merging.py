"""Duplicates: one report is merged into another with all its voices, and can be parted again."""

from typing import Any
from uuid import UUID

from contrib.incidents.rules.states import OPEN, Act
from contrib.incidents.service.acting import check_right
from contrib.incidents.service.matters import hold, note, report_of_code
from contrib.incidents.service.moving import check_revision, move
from contrib.incidents.tables.reports import Photo, Report, Voice
from core.api import Conflict, Context, InvalidInput, NotFound, Text, audit, transaction

_ITSELF = Text("เลือกเรื่องอื่น ไม่ใช่เรื่องนี้เอง", "Choose another report, not this one itself.")
_NONE = Text("ไม่พบเรื่องเลขที่นี้ ตรวจเลขอีกครั้ง", "There is no report of this number.")
_ENDED = Text(
    "เรื่อง {code} ปิดหรือรวมกับเรื่องอื่นแล้ว เลือกเรื่องที่ยังเปิดอยู่",
    "Report {code} was closed or merged meanwhile. Choose one that is open.",
)
_WORDS = Text("รวมกับเรื่อง {code}", "Merged with {code}")


async def merge(ctx: Context, id: UUID, *, into: str, revision: int) -> None:
    """Merge a report into another that is open, with its voices.

    :param into: number of the other.
    :param revision: of the report that the officer had before them.
    :raises InvalidInput: it is itself, or there is none.
    :raises Conflict: either is no longer open, or somebody has changed the first meanwhile.
    """
    try:
        other = await report_of_code(ctx, into)
    except NotFound:
        raise InvalidInput({"into": _NONE}) from None
    if other["id"] == id:
        raise InvalidInput({"into": _ITSELF})
    async with transaction(ctx):
        held, target = await hold(ctx, id, other["id"])
        check_right(ctx, held, Act.MERGE)
        check_revision(held, revision)
        if target["state"] not in OPEN:
            raise Conflict(_ENDED.format(code=target["code"]))
        words = _WORDS.format(code=target["code"]).to("th")
        await move(ctx, held, Act.MERGE, {"merged_into": target["id"]}, words=words)
        # What was merged into it before follows: a merge leaves no chain behind.
        await Report.update({Report.merged_into: target["id"]}).where(
            Report.of(ctx), Report.merged_into == id
        )
        await _move_voices(ctx, id, target["id"], Voice.report_id == id)
        await note(ctx, target["id"], "joined", target["state"], words=held["code"])
        subject = f"report/{id}"
        await audit.record(ctx, "incidents.report.merged", subject, into=target["code"])


async def part(ctx: Context, id: UUID, *, words: str, revision: int) -> None:
    """Make a merged report one of its own again, with the voices that were sent to it.

    :raises Conflict: it is not merged, or somebody has changed it meanwhile.
    """
    async with transaction(ctx):
        [held] = await hold(ctx, id)
        check_right(ctx, held, Act.PART)
        check_revision(held, revision)
        await move(ctx, held, Act.PART, {"merged_into": None}, words=words)
        await _move_voices(ctx, held["merged_into"], id, Voice.sent_to == id)


async def _move_voices(ctx: Context, at: UUID, to: UUID, which: Any) -> None:
    """Let voices of a report speak of another; what they took a photo of goes with them."""
    async with transaction(ctx):
        moved = (
            await Voice.update({Voice.report_id: to})
            .where(Voice.of(ctx), which)
            .returning(Voice.id)
        )
        await Photo.update({Photo.report_id: to}).where(
            Photo.of(ctx),
            Photo.report_id == at,
            Photo.voice_id.is_in([voice["id"] for voice in moved]),
        )
