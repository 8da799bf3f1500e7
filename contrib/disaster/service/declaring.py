"""The notice of the area of a disaster (ประกาศเขตพื้นที่ประสบสาธารณภัย), issued as a paper.

Law: Disaster Prevention and Mitigation Act B.E. 2550 (the mayor is the local director), unverified.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from contrib.disaster.rules.events import KINDS
from contrib.disaster.service.events import get_event, zone_rows
from contrib.disaster.service.rights import COMMAND
from core.api import Conflict, Context, Text, audit, need, transaction
from kit.documents import General, Issued, Row, Stamp, issue, papers_of, read_pdf, signer
from kit.documents import Table as PaperTable
from kit.geo import subdistrict
from kit.thai import paper_day

_TEMPLATE, _SERIES = "general", "disaster.notice"
_NO_ZONES = Text(
    "กำหนดพื้นที่อย่างน้อย 1 แห่งก่อนออกประกาศ", "Set at least one zone before the notice is issued."
)
_LAW = "พ.ร.บ.ป้องกันและบรรเทาสาธารณภัย พ.ศ. 2550"


def subject_of(event: UUID) -> str:
    """Return what the papers of a disaster belong to."""
    return f"disaster/{event}"


async def declare(ctx: Context, event: UUID) -> Issued:
    """Issue the notice of the area as it stands now, signed by the actor.

    :raises Conflict: the disaster has no zone yet.
    """
    need(ctx, COMMAND)
    async with transaction(ctx):
        row, zones = await get_event(ctx, event), await zone_rows(ctx, event)
        if not zones:
            raise Conflict(_NO_ZONES)
        paper = await issue(
            ctx,
            _TEMPLATE,
            subject=subject_of(event),
            make=lambda stamp: _notice(ctx, row, zones, stamp),
            series=_SERIES,
        )
        subject = f"event/{event}"
        await audit.record(ctx, "disaster.event.declared", subject, number=paper.number)
    return paper


async def notices_of(ctx: Context, event: UUID) -> list[dict[str, Any]]:
    """Return the notices of a disaster, the oldest first."""
    return await papers_of(ctx, subject_of(event))


async def notice_pdf(ctx: Context, event: UUID, paper: UUID) -> tuple[bytes, str]:
    """Return the file of a notice and its name.

    :raises NotFound: the disaster has no such notice.
    """
    return await read_pdf(ctx, paper, subject=subject_of(event))


def _notice(
    ctx: Context, event: Mapping[str, Any], zones: Sequence[Mapping[str, Any]], stamp: Stamp
) -> General:
    kind, office = KINDS[event["kind"]].th, ctx.tenant.name.th
    begun = paper_day(event["begun_on"])
    why = f"ด้วยเกิด{kind}ในเขต{office} ตั้งแต่วันที่ {begun}"
    cause = f" {event['cause']}" if event["cause"] else ""
    return General(
        **stamp,
        title=f"ประกาศ{office} เรื่อง เขตพื้นที่ประสบสาธารณภัย ({kind})",
        rows=[Row("เหตุการณ์", event["title"]), Row("เกิดเหตุตั้งแต่", begun)],
        paragraphs=[
            f"{why}{cause} ก่อให้เกิดความเสียหายหรืออาจเกิดอันตรายแก่ชีวิต ร่างกาย และทรัพย์สินของประชาชน",
            f"อาศัยอำนาจตาม{_LAW} ผู้อำนวยการท้องถิ่นจึงประกาศให้พื้นที่ตามตารางเป็นเขตพื้นที่ประสบสาธารณภัย "
            "เพื่อให้ความช่วยเหลือผู้ประสบภัยตามระเบียบและหลักเกณฑ์ที่เกี่ยวข้อง",
        ],
        table=PaperTable(
            heads=("พื้นที่", "หมู่บ้านหรือชุมชน", "ตำบล"),
            rows=[_line(one) for one in zones],
            caption="เขตพื้นที่ประสบสาธารณภัย",
        ),
        signer=signer(ctx),
    )


def _line(zone: Mapping[str, Any]) -> tuple[str, str, str]:
    whole = subdistrict(zone["subdistrict"]) if zone["subdistrict"] else None
    outline = "ตามแผนที่ของเทศบาล" if zone["corners"] and not zone["villages"] else "–"
    villages = ", ".join(zone["villages"]) or outline
    return zone["name"], villages, f"{whole.name.th} ทั้งตำบล" if whole else "–"
