"""Messages to those who speak of a report, and to officers about what is late."""

from collections.abc import Mapping
from typing import Any

from contrib.incidents.rules.categories import CATEGORIES
from contrib.incidents.rules.states import State
from contrib.incidents.tables.reports import Voice
from core.api import Context, Message, Recipient, Text, notifications, transaction

MESSAGES = (
    Message(
        "incidents.received",
        Text("รับแจ้งเหตุแล้ว เลขเรื่อง {code}", "Your report {code} was received"),
        Text(
            "{office}รับแจ้งเรื่อง{category}แล้ว เลขเรื่อง {code} ติดตามด้วยรหัส {track}",
            "{office} has received your report ({category}), {code}. Follow it by {track}.",
        ),
    ),
    Message(
        "incidents.done",
        Text("เรื่อง {code} เสร็จสิ้นแล้ว", "Report {code} is done"),
        Text(
            "เรื่อง{category} เลขเรื่อง {code} ดำเนินการเสร็จแล้ว ดูรูปหลังทำ ให้คะแนน หรือขอให้ทำต่อได้",
            "Your report ({category}), {code}, is done. See the photos, rate it, or reopen it.",
        ),
    ),
    Message(
        "incidents.refused",
        Text("เรื่อง {code} ไม่อยู่ในอำนาจหน้าที่", "Report {code} is not for this office"),
        Text(
            "เรื่อง{category} เลขเรื่อง {code} {office}ไม่ได้ดำเนินการ ดูเหตุผลในหน้าติดตาม",
            "Your report ({category}), {code}, is not taken up by {office}. The page says why.",
        ),
    ),
    Message(
        "incidents.passed",
        Text("เรื่อง {code} ส่งต่อแล้ว", "Report {code} was passed on"),
        Text(
            "เรื่อง{category} เลขเรื่อง {code} ส่งต่อหน่วยงานที่รับผิดชอบแล้ว ดูหน่วยงานในหน้าติดตาม",
            "Your report ({category}), {code}, was passed on. The page says to whom.",
        ),
    ),
    Message(
        "incidents.late",
        Text("มีเรื่องแจ้งเหตุเกินเวลา {count} เรื่อง", "Incidents that are late: {count}"),
        Text(
            "มีเรื่องแจ้งเหตุที่เกินเวลามาตรฐาน {count} เรื่อง เปิดรายการเพื่อดำเนินการ",
            "{count} reports of incidents are late. Open the list to carry them on.",
        ),
    ),
)
_TOLD = {State.DONE: "done", State.REFUSED: "refused", State.PASSED: "passed"}


async def tell(ctx: Context, report: Mapping[str, Any], state: State) -> None:
    """Tell all who speak of a report where it stands now, where that is of use to them.

    :param report: as it was before, whose revision tells one message from the next.
    """
    what = _TOLD.get(state)
    if what is None:
        return
    async with transaction(ctx):
        voices = await Voice.select().where(Voice.of(ctx), Voice.report_id == report["id"])
        for voice in voices:
            await _send(ctx, report, voice, what)


async def tell_received(ctx: Context, report: Mapping[str, Any], voice: Mapping[str, Any]) -> None:
    """Tell who sent or joined a report that it came."""
    async with transaction(ctx):
        await _send(ctx, report, voice, "received")


async def _send(
    ctx: Context, report: Mapping[str, Any], voice: Mapping[str, Any], what: str
) -> None:
    to = Recipient(
        account=voice["account"], email=voice["email"] or None, phone=voice["phone"] or None
    )
    if not (to.account or to.email or to.phone):
        return
    facts: dict[str, Any] = {
        "code": report["code"],
        "category": CATEGORIES[report["category"]].title,
        "office": ctx.tenant.name,
        "track": voice["track"],
    }
    await notifications.send(
        ctx,
        to=to,
        template=f"incidents.{what}",
        key=f"incidents/{voice['id']}/{what}/{report['revision']}",
        href=f"/incidents/t/{voice['track']}",
        **facts,
    )
