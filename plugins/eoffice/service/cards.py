"""What stands of letters on the page of a case: for officers, and for who filed it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.api import Card, Context, Text, transaction
from kit.thai import said_day
from plugins.eoffice.service import registers
from plugins.eoffice.service.access import SEEN, seeing
from plugins.eoffice.service.petitions import KIND, given_files, letter_of
from plugins.eoffice.service.rights import DRAFT, REGISTER

_OF_CASE = (
    "SELECT l.* FROM eoffice.letter l WHERE l.tenant_id = $1 AND l.case_id = $6 AND "  # noqa: S608 - our own words
    + SEEN
    + " ORDER BY l.id"
)


async def cards_for(ctx: Context, case: UUID, area: str, track: str) -> Sequence[Card]:
    """Return what stands on the page of a case, for officers or for who follows it."""
    return await (_desk(ctx, case) if area == "desk" else _followed(ctx, case, track))


async def _desk(ctx: Context, case: UUID) -> list[Card]:
    """Return what officers see: the letters, and the ways to write one and to take it in."""
    cards = []
    if ctx.actor.may(DRAFT):
        cards += [_card(one) for one in (await _letters_of_case(ctx, case))[-5:]]
        cards.append(
            Card(
                Text("หนังสือราชการของเรื่องนี้", "Letters about this case"),
                Text("ร่างหนังสือถึงหน่วยงานอื่น คำตอบจะกลับมาที่เรื่องนี้", "An answer will come back here."),
                f"/desk/eoffice/drafts/new?case={case}",
                Text("ร่างหนังสือ", "Draft a letter"),
                order=80,
            )
        )
    if ctx.actor.may(REGISTER) and await letter_of(ctx, case) is None:
        cards.append(
            Card(
                Text("คำขอนี้เป็นหนังสือรับ", "This request as a letter"),
                Text("รับเข้าทะเบียนหนังสือ เสนอผู้บริหารสั่งการ", "Enter it in the register of letters."),
                f"/desk/eoffice/petitions/{case}",
                Text("รับเป็นหนังสือ", "Take it in"),
                order=81,
            )
        )
    return cards


async def _letters_of_case(ctx: Context, case: UUID) -> Sequence[Mapping[str, Any]]:
    """Return the letters of a case that the actor may see, the first first."""
    values = await seeing(ctx)
    async with transaction(ctx) as connection:
        return list(await connection.fetch(_OF_CASE, *values, case))


def _card(letter: Mapping[str, Any]) -> Card:
    if letter["way"] == "out":
        title = Text("หนังสือที่ออก", "A letter")
    elif letter["kind"] == KIND:
        title = Text("คำขอที่รับเป็นหนังสือ", "The request as a letter")
    else:
        title = Text("หนังสือตอบ", "An answer")
    return Card(
        title,
        Text(*[f"{letter['subject']} {letter['number']}".strip()] * 2),
        f"/desk/eoffice/letters/{letter['id']}",
        Text("เปิดหนังสือ", "Open it"),
        order=79,
    )


async def _followed(ctx: Context, case: UUID, track: str) -> list[Card]:
    """Return what who filed a case sees: its receive number, and the letters they were given."""
    cards = []
    asked = await letter_of(ctx, case)
    if asked is not None and asked["secrecy"] == "normal":
        entries = await registers.entries_of(ctx, asked["id"])
        cards += [_entered(ctx, entry) for entry in entries[:1]]
    return cards + [_given(one, track) for one in await given_files(ctx, case)]


def _entered(ctx: Context, entry: Mapping[str, Any]) -> Card:
    day = entry["entered_at"].astimezone(ctx.tenant.zone).date()
    return Card(
        Text("ลงทะเบียนรับเป็นหนังสือแล้ว", "Registered as a letter"),
        Text("เลขรับ {number} วันที่ {day}", "Receive number {number}, {day}").format(
            number=registers.quoted(entry), day=said_day(day)
        ),
        "",
        Text("", ""),
        order=79,
    )


def _given(file: Mapping[str, Any], track: str) -> Card:
    signed = file["role"] == "signed"
    words = f"{file['subject']} {file['number']}" if signed else file["name"]
    return Card(
        Text("หนังสือถึงท่าน", "A letter to you") if signed else Text("สิ่งที่ส่งมาด้วย", "Enclosed with it"),
        Text(words, words),
        f"/eoffice/given/{track}/{file['file']}",
        Text("เปิดอ่าน", "Read it"),
        order=80,
    )
