"""The certificate of a victim (หนังสือรับรองผู้ประสบภัย), issued as a paper with its QR.

Law: Disaster Prevention and Mitigation Act B.E. 2550 (the local director certifies), unverified.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from contrib.disaster.rules.claims import HOUSES
from contrib.disaster.rules.events import KINDS
from contrib.disaster.service.claims import get_claim
from contrib.disaster.service.events import get_event
from contrib.disaster.service.households import get_household
from contrib.disaster.service.rights import CLAIMS, RESOLVE
from core.api import Conflict, Context, Text, audit, need, transaction
from kit.documents import Certificate, Issued, Row, Stamp, issue, papers_of, read_pdf, signer
from kit.thai import paper_day

_TEMPLATE, _SERIES = "certificate", "disaster.victim"
_NOT_FOUND_YET = Text(
    "ตรวจและประเมินความเสียหายก่อน จึงออกหนังสือรับรองได้",
    "The damage is inspected before it can be certified.",
)


def subject_of(claim: UUID) -> str:
    """Return what the certificates of a claim belong to."""
    return f"disaster-claim/{claim}"


async def certify(ctx: Context, id: UUID) -> Issued:
    """Certify that a household suffered from a disaster, signed by the actor.

    :raises Conflict: nobody has inspected the damage yet.
    """
    need(ctx, RESOLVE)
    async with transaction(ctx):
        claim = await get_claim(ctx, id)
        if claim["found"] is None:
            raise Conflict(_NOT_FOUND_YET)
        event = await get_event(ctx, claim["event_id"])
        home = await get_household(ctx, claim["household_id"])
        paper = await issue(
            ctx,
            _TEMPLATE,
            subject=subject_of(id),
            make=lambda stamp: _certificate(ctx, claim, event, home, stamp),
            series=_SERIES,
        )
        await audit.record(ctx, "disaster.claim.certified", f"claim/{id}", number=paper.number)
    return paper


async def certificates_of(ctx: Context, claim: UUID) -> list[dict[str, Any]]:
    """Return the certificates of a claim, the oldest first."""
    return await papers_of(ctx, subject_of(claim))


async def certificate_pdf(ctx: Context, claim: UUID, paper: UUID) -> tuple[bytes, str]:
    """Return the file of a certificate and its name.

    :raises NotFound: the claim has no such certificate.
    """
    need(ctx, CLAIMS)
    return await read_pdf(ctx, paper, subject=subject_of(claim))


def _certificate(
    ctx: Context,
    claim: Mapping[str, Any],
    event: Mapping[str, Any],
    home: Mapping[str, Any],
    stamp: Stamp,
) -> Certificate:
    kind, day = KINDS[event["kind"]].th, paper_day(event["begun_on"])
    rows = [
        ("เหตุการณ์", event["title"]),
        ("ที่อยู่", f"{home['address']} {home['village']}"),
        ("รหัสประจำบ้าน", home["house_code"]),
        ("ความเสียหาย", HOUSES[claim["found"]["house"]].th),
    ]
    return Certificate(
        **stamp,
        title="หนังสือรับรองผู้ประสบภัย",
        certifies=f"{claim['name']} เป็นผู้ประสบ{kind}ในเขต{ctx.tenant.name.th} ตั้งแต่วันที่ {day}",
        rows=[Row(label, value) for label, value in rows if value],
        paragraphs=[
            "หนังสือฉบับนี้ใช้เป็นหลักฐานขอรับความช่วยเหลือและขอเอกสารราชการแทนฉบับที่สูญหายหรือเสียหาย "
            "ตามพ.ร.บ.ป้องกันและบรรเทาสาธารณภัย พ.ศ. 2550"
        ],
        signer=signer(ctx),
    )
